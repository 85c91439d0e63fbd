import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { verdictSchema } from '../judge/verdict.ts';
import { writeWhole } from '../results/folder.ts';
import type { CheckResult } from '../results/report.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { observationSchema } from '../scenario/schema/observation.ts';
import { parseJson } from '../text/json.ts';

/** The result of a check on one gateway, with everything that a comparison with another gateway needs. */
const keptCheckSchema = z.strictObject({
  id: z.string(),
  verdict: verdictSchema,
  /** The observation, in words. */
  seen: z.string(),
  observation: observationSchema.nullable(),
});
export type CachedCheck = z.infer<typeof keptCheckSchema>;

/** The results of one gateway, by scenario id, each with the digest of the scenario that was played. */
const keptSchema = z.strictObject({
  /** The tag of the image, which contains a hash of everything in the image. */
  tag: z.string(),
  scenarios: z.record(z.string(), z.strictObject({ digest: z.string(), checks: z.array(keptCheckSchema) })),
});
export type CachedResults = z.infer<typeof keptSchema>;

/**
 * Reads the cached results of the image with this tag, so that a selftest continues where it stopped. Returns no results if the file is
 * missing, is of another image, or cannot be read; then everything is played again.
 */
export function readCache(file: string, tag: string): CachedResults {
  const none: CachedResults = { tag, scenarios: {} };
  if (!existsSync(file)) return none;
  const kept = keptSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  return kept.success && kept.data.tag === tag ? kept.data : none;
}

/**
 * The scenarios of `wanted` that have no cached result with their current digest. One that the environment failed has none: the same command, once more, must
 * be able to play it.
 */
export function notCached({ scenarios }: CachedResults, wanted: readonly LoadedScenario[]): LoadedScenario[] {
  return wanted.filter(({ scenario, digest }) => {
    const kept = scenarios[scenario.id];
    return kept?.digest !== digest || kept.checks.some(({ verdict }) => verdict === 'error');
  });
}

/** The cache with the new results in place of the older ones of the same scenarios. `results` are already redacted. */
export function withPlayed(
  kept: CachedResults,
  played: readonly LoadedScenario[],
  results: readonly CheckResult[],
): CachedResults {
  const fresh = played.map(({ scenario: { id }, digest }) => {
    const checks = results
      .filter((result) => result.scenario === id)
      .map(({ id, verdict, seen, observation }): CachedCheck => ({ id, verdict, seen, observation }));
    return [id, { digest, checks }] as const;
  });
  return { ...kept, scenarios: { ...kept.scenarios, ...Object.fromEntries(fresh) } };
}

export function writeCache(file: string, kept: CachedResults): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeWhole(file, `${JSON.stringify(kept, null, 1)}\n`);
}

/** The cached results of the checks of these scenarios, by check id. */
export function cachedChecksOf(
  { scenarios }: CachedResults,
  wanted: readonly LoadedScenario[],
): Map<string, CachedCheck> {
  return new Map(
    wanted.flatMap(({ scenario }) => scenarios[scenario.id]?.checks ?? []).map((check) => [check.id, check]),
  );
}
