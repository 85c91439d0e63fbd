import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { UsageError } from '../exit.ts';
import { type Verdict, verdictSchema } from '../judge/verdict.ts';
import { digestOn } from '../scenario/digest.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import { compareReleases } from '../scenario/range.ts';
import { parseJson } from '../text/json.ts';
import { writeWhole } from './folder.ts';
import type { CheckResult } from './report.ts';

/**
 * What the scenarios showed on one release: the part of a report that stays the same when it is run again. Only verdicts, so that
 * a difference between two of these files is a difference of the gateway or of a scenario.
 */
const publishedSchema = z.strictObject({
  version: z.string(),
  /** The command that makes this file. */
  command: z.string(),
  /** By scenario, in the order of their ids. */
  scenarios: z.record(
    z.string(),
    z.strictObject({
      /** Of what was played: what is played otherwise now must be played again (`digestOn`). */
      digest: z.string(),
      /** By check name, in the order of the file. */
      checks: z.record(z.string(), verdictSchema),
    }),
  ),
});
export type Published = z.infer<typeof publishedSchema>;

/** What of a check's result is kept. */
type Result = Pick<CheckResult, 'scenario' | 'name' | 'verdict' | 'holds'>;

/** Where published results lie, below the root of Postern. */
export const PUBLISHED = path.join('reports', 'published');

const fileOf = (root: string, version: string): string => path.join(root, PUBLISHED, `${version}.json`);

/** The published results of a release; nothing played yet where there are none. Throws UsageError where the file cannot be read. */
export function readPublished(root: string, version: string): Published {
  const file = fileOf(root, version);
  const command = `npx postern matrix --publish --gateway ${version}`;
  if (!existsSync(file)) return { version, command, scenarios: {} };
  const parsed = publishedSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!parsed.success)
    throw new UsageError(
      `${file} holds no published results: ${z.prettifyError(parsed.error)}`,
      'Remove it, and run `postern matrix --publish`.',
    );
  return parsed.data;
}

/** Every release with published results, oldest first. */
export function readAllPublished(root: string): Published[] {
  const folder = path.join(root, PUBLISHED);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readPublished(root, name.replace(/\.json$/, '')))
    .sort((a, b) => compareReleases(a.version, b.version));
}

/** Whether a scenario was played on the release as it is written now. */
export function isPublished({ version, scenarios }: Published, loaded: LoadedScenario): boolean {
  return scenarios[loaded.scenario.id]?.digest === digestOn(version, loaded);
}

/** The verdicts of a scenario on the release, by check name; none where it was not played there as it is written now. */
export function verdictsOn(published: Published, loaded: LoadedScenario): Record<string, Verdict> {
  return isPublished(published, loaded) ? (published.scenarios[loaded.scenario.id]?.checks ?? {}) : {};
}

/**
 * Takes over what a run showed on one release, and drops scenarios that are gone. A scenario is taken over when each of its checks
 * is as declared; `left` names the others, which were not.
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

/** Writes the results of a release. Gives the path, below `root`. */
export function writePublished(root: string, results: Published): string {
  mkdirSync(path.join(root, PUBLISHED), { recursive: true });
  writeWhole(fileOf(root, results.version), `${JSON.stringify(results, null, 1)}\n`);
  return path.join(PUBLISHED, `${results.version}.json`);
}
