import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { verdictSchema } from '../judge/verdict.ts';
import { writeWhole } from '../results/folder.ts';
import type { CheckResult } from '../results/report.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import { observationSchema } from '../scenario/observation.ts';
import { parseJson } from '../text/json.ts';

/** What a check showed on one gateway: enough to compare it with what it shows on another. */
const keptCheckSchema = z.strictObject({
  id: z.string(),
  verdict: verdictSchema,
  /** What was seen, in words. */
  seen: z.string(),
  observation: observationSchema.nullable(),
});
export type CachedCheck = z.infer<typeof keptCheckSchema>;

/** What was played on one gateway, by scenario, each as it was written then. */
const keptSchema = z.strictObject({
  /** The image, whose tag is a hash over all that is in it. */
  tag: z.string(),
  scenarios: z.record(z.string(), z.strictObject({ digest: z.string(), checks: z.array(keptCheckSchema) })),
});
export type CachedResults = z.infer<typeof keptSchema>;

/**
 * What is kept of a gateway of this tag, so that a selftest goes on where it stopped. Nothing where there is no such file, where it is
 * of another image, or where it cannot be read: then it is played again.
 */
export function readCache(file: string, tag: string): CachedResults {
  const none: CachedResults = { tag, scenarios: {} };
  if (!existsSync(file)) return none;
  const kept = keptSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  return kept.success && kept.data.tag === tag ? kept.data : none;
}

/** Those of the scenarios that are not kept as they are written now. */
export function notCached({ scenarios }: CachedResults, wanted: readonly LoadedScenario[]): LoadedScenario[] {
  return wanted.filter(({ scenario, digest }) => scenarios[scenario.id]?.digest !== digest);
}

/** With what was played now in the place of what was kept of it before. Results are redacted already. */
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

/** What the checks of these scenarios showed, by id. */
export function cachedChecksOf(
  { scenarios }: CachedResults,
  wanted: readonly LoadedScenario[],
): Map<string, CachedCheck> {
  return new Map(
    wanted.flatMap(({ scenario }) => scenarios[scenario.id]?.checks ?? []).map((check) => [check.id, check]),
  );
}
