import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { compareReports, type Known, readKnown } from '../compare/compare-reports.ts';
import { onlyOf, runGate } from '../compare/gate.ts';
import { EnvironmentError, EXIT, type ExitCode } from '../exit.ts';
import { connectEngine } from '../gateway/engine/engine.ts';
import { withTestBed } from '../gateway/stage/test-bed.ts';
import { worst } from '../judge/verdict.ts';
import { GATE_FUZZED_KNOCKS } from '../limits.ts';
import { wholeTable } from '../pairwise/table-part.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import type { Output } from '../report/terminal/output.ts';
import { writeWhole } from '../results/folder.ts';
import { type Report, TABLE_ID } from '../results/report.ts';
import { ROOT } from '../root.ts';
import type { Selection } from '../scenario/catalogue/select.ts';
import { freshSeed } from '../seed.ts';
import { runSuite } from '../suite/run.ts';
import { tableWithoutRechecks } from '../suite/run-request.ts';
import { duration } from '../text/format.ts';
import type { Chunk } from './ast.ts';
import { changesOf } from './changed-chunks.ts';
import { chunksOf, ensureMutantImage, mutantTag, removeMutantImage } from './image.ts';
import type { MutantBuild } from './mutant.ts';
import {
  describeTableResult,
  exitCodeOfTable,
  renderTableResults,
  type TableFate,
  type TableResult,
} from './table-result.ts';

export type TableSelftestRequest = {
  builds: readonly MutantBuild[];
  /** The folder of the reports and of the result. */
  folder: string;
  out: Output;
};

/** The decision table alone, without scenarios and surveys. */
const TABLE_ALONE: Selection = { only: [TABLE_ID], classes: [], tags: [], profile: null };
const QUICK = wholeTable('quick', { path: null, runs: GATE_FUZZED_KNOCKS });

/**
 * Plays the quick decision table on each requested mutant and once on each unchanged release, and writes which mutants a gate notices by the table
 * alone. Gives the exit code. Throws UsageError, before anything boots, for a mutant that does not apply to its release, and EnvironmentError if the
 * table of an unchanged release cannot be played.
 */
export async function tableSelftest({ builds, folder, out }: TableSelftestRequest): Promise<ExitCode> {
  mkdirSync(folder, { recursive: true });
  const images = await imagesOf(builds, out);
  const known = readKnown(ROOT, null);
  const results: TableResult[] = [];
  try {
    for (const [release, own] of Map.groupBy(images, ({ build }) => build.release)) {
      const base = await tableOf(release, { folder, out });
      for (const { build, tag } of own) {
        const began = performance.now();
        const result = { build, fate: await fateOf(base, tag, known, { folder, out }) };
        results.push(result);
        out.say(describeTableResult(result, duration(performance.now() - began)));
        if (result.fate.kind === 'interrupted') return EXIT.interrupted;
      }
    }
  } finally {
    const engine = await connectEngine();
    for (const { tag } of images) await removeMutantImage(engine, tag);
  }
  const file = path.join(folder, 'table.md');
  writeWhole(file, renderTableResults(results));
  out.say(`Wrote ${file}.`);
  return worst(results.map(exitCodeOfTable));
}

/** Makes the images of the mutants. */
function imagesOf(builds: readonly MutantBuild[], out: Output): Promise<{ build: MutantBuild; tag: string }[]> {
  return withTestBed(
    {
      runId: `selftest-table-${process.pid.toString(36)}-${Date.now().toString(36)}`,
      secretRegistry: createSecretRegistry(),
      say: out.say,
    },
    'Run the same command again.',
    async (bed) => {
      const made: { build: MutantBuild; tag: string }[] = [];
      for (const version of new Set(builds.map(({ release }) => release))) {
        const image = await bed.image(version);
        const changed: ReadonlyMap<MutantBuild, Chunk[]> = changesOf(
          builds,
          version,
          await chunksOf(bed.engine, image),
        );
        for (const [build, chunks] of changed) {
          await ensureMutantImage(bed.engine, image, chunks);
          made.push({ build, tag: mutantTag(image, chunks) });
        }
      }
      return made;
    },
  );
}

type Means = Pick<TableSelftestRequest, 'folder' | 'out'>;

/** What all plays of the table have in common. What they say is in their reports. */
const played = ({ folder, out }: Means) => ({
  ...{ selection: TABLE_ALONE, surveys: false, ownScenarios: null, shard: null, disclosure: 'full' as const },
  reports: path.join(folder, 'table'),
  command: 'postern selftest --table',
  out: { ...out, say: () => {}, show: () => {} },
});

/** The report of the table on an unchanged release. */
async function tableOf(release: string, means: Means): Promise<Report> {
  const began = performance.now();
  const { report, exitCode, folder } = await runSuite({
    ...played(means),
    ...{ purpose: 'run', gateways: [release], files: [], leavesOut: null, seed: freshSeed() },
    table: tableWithoutRechecks({ part: QUICK, save: false }),
    ...{ comparison: null, evidenceIn: null, prune: false, whileKept: null },
  });
  if (exitCode !== EXIT.holds && exitCode !== EXIT.failed && exitCode !== EXIT.stale)
    throw new EnvironmentError(
      `the table of the unchanged ${release} ended with exit code ${exitCode}`,
      `Read ${folder}, and run the same command again.`,
    );
  means.out.say(`${release} unchanged: played in ${duration(performance.now() - began)}.`);
  return report;
}

/** What a gate says of a mutant by the table alone. */
async function fateOf(base: Report, tag: string, known: Known, means: Means): Promise<TableFate> {
  const head = `image:${tag}`;
  const { report, exitCode, folder } = await runGate({
    ...played(means),
    ...{ base: { kind: 'report', report: base }, head, table: 'quick', seed: base.run.seed },
  });
  switch (exitCode) {
    case EXIT.interrupted:
      return { kind: 'interrupted' };
    case EXIT.environment:
    case EXIT.usage:
      return { kind: 'not-known', report: folder };
    case EXIT.holds:
    case EXIT.failed:
    case EXIT.stale:
    case EXIT.weakened: {
      const today = report.run.startedAt.slice(0, 10);
      const { findings, standings } = compareReports(base, onlyOf(report, head), known, { today, already: [] });
      return {
        kind: exitCode === EXIT.weakened ? 'weaker' : exitCode === EXIT.failed ? 'broken' : 'not-noticed',
        findings: findings.map(({ harm }) => harm),
        properties: standings.filter(({ standing }) => standing === 'regressed').map(({ id }) => id),
      };
    }
  }
}
