import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { UsageError } from '../exit.ts';
import { type Verdict, verdictSchema } from '../judge/verdict.ts';
import { digestOn } from '../scenario/catalogue/digest.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { compareReleases } from '../scenario/releases/range.ts';
import { parseJson } from '../text/json.ts';
import { writeWhole } from './folder.ts';
import type { CheckResult } from './report.ts';

/**
 * The published result of one release: the part of a report that is the same in each run. It has only verdicts, so that a difference
 * between two of these files is a difference of the gateway or of a scenario.
 */
const publishedSchema = z.strictObject({
  version: z.string(),
  /** The command that writes this file. */
  command: z.string(),
  /** By scenario id, sorted. */
  scenarios: z.record(
    z.string(),
    z.strictObject({
      /** The digest of the scenario as it was played. If it differs from `digestOn` now, the scenario must be played again. */
      digest: z.string(),
      /** By check name, in the order of the scenario file. */
      checks: z.record(z.string(), verdictSchema),
    }),
  ),
});
export type Published = z.infer<typeof publishedSchema>;

/** The fields of a check's result that published results are made from. */
type Result = Pick<CheckResult, 'scenario' | 'name' | 'verdict' | 'holds'>;

/** The folder of the published results, below the root of Postern. */
export const PUBLISHED = path.join('results', 'published');

const fileOf = (root: string, version: string): string => path.join(root, PUBLISHED, `${version}.json`);

/** The published result of a release; without scenarios if there is no file. Throws UsageError if the file is invalid. */
export function readPublished(root: string, version: string): Published {
  const file = fileOf(root, version);
  const command = `npx postern matrix --publish --gateway ${version}`;
  if (!existsSync(file)) return { version, command, scenarios: {} };
  const parsed = publishedSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!parsed.success)
    throw new UsageError(
      `${file} is not a published result: ${z.prettifyError(parsed.error)}`,
      'Remove it, and run `postern matrix --publish`.',
    );
  return parsed.data;
}

/** The published results of all releases, oldest release first. */
export function readAllPublished(root: string): Published[] {
  const folder = path.join(root, PUBLISHED);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readPublished(root, name.replace(/\.json$/, '')))
    .sort((a, b) => compareReleases(a.version, b.version));
}

/** Whether the release has a result of the scenario as it is written now. */
export function isPublished({ version, scenarios }: Published, loaded: LoadedScenario): boolean {
  return scenarios[loaded.scenario.id]?.digest === digestOn(version, loaded);
}

/** The verdicts of a scenario on the release, by check name; empty if the release has no result of the scenario as it is written now. */
export function verdictsOn(published: Published, loaded: LoadedScenario): Record<string, Verdict> {
  return isPublished(published, loaded) ? (published.scenarios[loaded.scenario.id]?.checks ?? {}) : {};
}

/**
 * Merges the results of a run into the published result of a release, and drops scenarios that no longer exist. A scenario is merged if all
 * of its checks hold; `left` has the ids of played scenarios with a check that does not.
 */
export function published(
  before: Published,
  results: readonly Result[],
  all: readonly LoadedScenario[],
): { now: Published; left: string[] } {
  const left: string[] = [];
  const scenarios: Published['scenarios'] = {};
  for (const loaded of all) {
    const { id } = loaded.scenario;
    const checks = results.filter((check) => check.scenario === id);
    const isPlayed = checks.length > 0 && checks.every(({ verdict }) => verdict !== 'skipped');
    const holds = checks.every((check) => check.holds);
    if (isPlayed && !holds) left.push(id);
    const old = before.scenarios[id];
    if (isPlayed && holds)
      scenarios[id] = { digest: digestOn(before.version, loaded), checks: verdictsOf(loaded, checks) };
    else if (old !== undefined) scenarios[id] = old;
  }
  return { now: { ...before, scenarios }, left };
}

function verdictsOf({ checks }: LoadedScenario, results: readonly Result[]): Record<string, Verdict> {
  const verdicts = new Map(results.map(({ name, verdict }) => [name, verdict]));
  return Object.fromEntries(
    checks.flatMap(({ name }) => {
      const verdict = verdicts.get(name);
      return verdict === undefined ? [] : [[name, verdict]];
    }),
  );
}

/** Writes the published result of a release. Gives the path below `root`. Throws the errors of `node:fs`. */
export function writePublished(root: string, results: Published): string {
  mkdirSync(path.join(root, PUBLISHED), { recursive: true });
  writeWhole(fileOf(root, results.version), `${JSON.stringify(results, null, 1)}\n`);
  return path.join(PUBLISHED, `${results.version}.json`);
}
