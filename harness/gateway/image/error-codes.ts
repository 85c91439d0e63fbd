import { ERROR_CODES_BYTES, ERROR_CODES_MS } from '../../limits.ts';
import { IMAGE_LABEL } from '../engine/build.ts';
import type { Engine } from '../engine/engine.ts';
import { isolated } from '../engine/isolated.ts';
import { INSTALLED } from './image.ts';

/** The command that prints the lines of the package's code from the beginning of its table of connect error codes. */
const SEARCH = [
  'grep',
  '-rhs',
  '--include=*.js',
  '--include=*.mjs',
  '--max-count=1',
  '-A',
  '80',
  'ConnectErrorDetailCodes = {$',
  `${INSTALLED}/dist`,
];

/**
 * Reads the codes from the output of `grep`, sorted: the entries of the first table whose value equals their name. The engine puts eight
 * bytes of its own before each line of a log, so no entry is at the beginning of its line.
 */
export function errorCodesIn(printed: string): string[] {
  const table = /ConnectErrorDetailCodes = \{([^}]*)\}/.exec(printed)?.[1] ?? '';
  return [...table.matchAll(/\b([A-Z][A-Z0-9_]{2,60}): "\1"/g)].flatMap(([, code]) => code ?? []).sort();
}

/**
 * The codes with which the gateway in an image refuses a connection (`error.details.code`), from the table in its own package. Returns
 * null if the package has no such table or it cannot be read, as in releases before 2026.3 and in images that Postern did not build. The
 * search runs in a container without a network or capabilities, and executes none of the package's code.
 */
export async function shippedErrorCodes(engine: Engine, image: string): Promise<string[] | null> {
  const container = await engine.docker.createContainer({
    Image: image,
    Entrypoint: SEARCH,
    Cmd: [],
    Labels: IMAGE_LABEL,
    NetworkDisabled: true,
    HostConfig: isolated(256 * 1024 ** 2, 16),
  });
  try {
    await container.start();
    await container.wait({ abortSignal: AbortSignal.timeout(ERROR_CODES_MS) });
    const printed = await container.logs({ stdout: true, stderr: false });
    const codes = errorCodesIn(printed.subarray(0, ERROR_CODES_BYTES).toString('utf8'));
    return codes.length === 0 ? null : codes;
  } catch {
    return null; // the image has no grep, or the search takes too long
  } finally {
    await container.remove({ force: true, v: true });
  }
}
