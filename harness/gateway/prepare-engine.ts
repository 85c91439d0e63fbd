import { type Base, ensureBase } from './base-image.ts';
import { type Engine, shareWithTestcontainers } from './engine.ts';
import { ensureHelperImage } from './image.ts';
import { reapAbandoned } from './reaper.ts';

/** What stages of every release stand on: the image that all others are built on, and the tag of the one for relays and proxies. */
export type PreparedEngine = { base: Base; helperImage: string };

/**
 * Makes an engine ready for stages: what runs left behind that were killed is removed, testcontainers is led to the same engine, and
 * the images that no release is part of are there. `say` gets a line before anything slow, and one for what was removed. Throws
 * EnvironmentError where the engine fails or an image cannot be built.
 */
export async function prepareEngine(engine: Engine, say: (line: string) => void): Promise<PreparedEngine> {
  shareWithTestcontainers(engine);
  const { containers, networks, volumes } = await reapAbandoned(engine);
  if (containers + networks + volumes > 0)
    say(
      `Removed what a run that was killed had left: ${containers} containers, ${networks} networks, ${volumes} volumes.`,
    );
  const base = await ensureBase(engine, { say });
  const helper = await ensureHelperImage(engine, { base, say });
  return { base, helperImage: helper.tag };
}
