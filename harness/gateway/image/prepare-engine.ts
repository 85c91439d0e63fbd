import { type Base, ensureBase } from '../engine/base-image.ts';
import { type Engine, shareWithTestcontainers } from '../engine/engine.ts';
import { reapAbandoned } from '../engine/reaper.ts';
import { ensureHelperImage } from './image.ts';

/** The images that every stage needs: the base of all other images, and the tag of the helper image for relays and proxies. */
export type PreparedEngine = { base: Base; helperImage: string };

/**
 * Prepares an engine for stages: removes what killed runs left, makes testcontainers use the same engine, and builds the base and the
 * helper image if they are missing. `say` gets a line before each slow operation, and one about what was removed. Throws EnvironmentError
 * if the engine fails or an image cannot be built.
 */
export async function prepareEngine(engine: Engine, say: (line: string) => void): Promise<PreparedEngine> {
  shareWithTestcontainers(engine);
  const { containers, networks, volumes } = await reapAbandoned(engine);
  if (containers + networks + volumes > 0)
    say(`Removed what killed runs had left: ${containers} containers, ${networks} networks, ${volumes} volumes.`);
  const base = await ensureBase(engine, { say });
  const helper = await ensureHelperImage(engine, { base, say });
  return { base, helperImage: helper.tag };
}
