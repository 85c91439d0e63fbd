import { IMAGE_LABEL } from '../engine/build.ts';
import type { Engine } from '../engine/engine.ts';
import { isolated } from '../engine/isolated.ts';

/** A program that reads files of an image: its command line, and how long and in how many processes it may run. */
export type PackageSearch = { command: readonly string[]; withinMs: number; processes: number };

const MEMORY_BYTES = 256 * 1024 ** 2;

/**
 * Gives what a program of an image prints about its files. Null if it does not start or takes too long, as in images that Postern did not build and
 * that lack the program. It runs in a container without a network or capabilities, which is removed afterwards.
 */
export async function searchPackage(
  engine: Engine,
  image: string,
  { command, withinMs, processes }: PackageSearch,
): Promise<string | null> {
  const container = await engine.docker.createContainer({
    Image: image,
    Entrypoint: [...command],
    Cmd: [],
    // With a terminal the engine adds no bytes of its own to the output.
    Tty: true,
    Labels: IMAGE_LABEL,
    NetworkDisabled: true,
    HostConfig: isolated(MEMORY_BYTES, processes),
  });
  try {
    await container.start();
    await container.wait({ abortSignal: AbortSignal.timeout(withinMs) });
    const printed = await container.logs({ stdout: true, stderr: false });
    return printed.toString('utf8');
  } catch {
    return null;
  } finally {
    await container.remove({ force: true, v: true });
  }
}
