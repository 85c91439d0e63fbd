import { ERROR_CODES_CHARACTERS, ERROR_CODES_MS } from '../../limits.ts';
import type { Engine } from '../engine/engine.ts';
import { INSTALLED } from './image.ts';
import { searchPackage } from './search-package.ts';

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
 * Reads the codes from the output of `grep`, sorted: the entries of the first table whose value equals their name.
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
  const printed = await searchPackage(engine, image, { command: SEARCH, withinMs: ERROR_CODES_MS, processes: 16 });
  const codes = printed === null ? [] : errorCodesIn(printed.slice(0, ERROR_CODES_CHARACTERS));
  return codes.length === 0 ? null : codes;
}
