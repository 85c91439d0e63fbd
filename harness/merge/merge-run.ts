import { readKnown } from '../compare/compare-reports.ts';
import { type Base, concludeGate } from '../compare/gate.ts';
import { EXIT, type ExitCode, messageOf, UsageError } from '../exit.ts';
import { loadDeviations } from '../judge/deviation.ts';
import { declaredChecks } from '../pairwise/declared.ts';
import { readReport } from '../results/read.ts';
import type { Report } from '../results/report.ts';
import { ROOT } from '../root.ts';
import { loadScenariosWith } from '../scenario/catalogue/load.ts';
import { concludeRun, type JudgedRun } from '../suite/report-run.ts';
import { openRunRecord } from '../suite/run-record.ts';
import type { RunRequest } from '../suite/run-request.ts';
import { posternCommit, posternVersion } from '../version.ts';
import { copyLogs } from './copy-logs.ts';
import { type MergedRun, mergeShards } from './merge-shards.ts';
import { shardSetOf } from './shard-set.ts';

export type MergeRequest = Pick<RunRequest, 'reports' | 'disclosure' | 'ownScenarios' | 'out'> & {
  /** The report folders of all shards of a run, in any order. */
  folders: readonly string[];
  /** The stored report of the base, if the shards are those of a gate with one; else null. */
  baseReport: Report | null;
};

/**
 * Merges the reports of all shards of a run into one report folder, with the comparison of a gate. Gives the exit code that the run would have had
 * on one machine. Throws UsageError if a report cannot be read, if they are not all shards of one run, or if the base is missing, given twice or of another seed.
 */
export function mergeRun({ folders, ownScenarios, baseReport, ...request }: MergeRequest): ExitCode {
  const suite = { version: posternVersion(), commit: posternCommit() };
  const shards = shardSetOf(
    folders.map((folder) => ({ folder, report: readReport(folder) })),
    suite,
  );
  const deviations = loadDeviations(ROOT, declaredChecks(loadScenariosWith(ROOT, ownScenarios)));
  const merged = mergeShards(shards, { root: ROOT, deviations });
  const comparison = comparisonOf(merged, baseReport, ownScenarios, request);
  const { startedAt } = merged.run;
  const record = { ...openRunRecord(request), startedAt: new Date(startedAt), today: startedAt.slice(0, 10) };
  for (const { text, exitCode } of merged.problems) record.problem(text, exitCode);
  try {
    copyLogs(shards, record.folder);
  } catch (error) {
    record.problem(`the logs of the shards could not be copied: ${messageOf(error)}`, EXIT.environment);
  }
  const { purpose, command, seed, engine, wallMs } = merged.run;
  return concludeRun(record, {
    about: { purpose, command, seed, engine, scenarios: merged.scenarios },
    ...{ comparison, results: merged.results, out: request.out, disclosure: request.disclosure },
    evidenceIn: null,
    shard: null,
    ofShard: [],
    taken: () => ({ wallMs, effort: merged.effort }),
  }).exitCode;
}

/** How the gateways of the merged run are compared, if it is a gate that nobody interrupted; null if they are not. */
function comparisonOf(
  { run, gateways, problems, asked }: MergedRun,
  baseReport: Report | null,
  ownScenarios: string | null,
  { disclosure }: Pick<MergeRequest, 'disclosure'>,
): JudgedRun['comparison'] {
  const { base, head } = gatewaysOf({ run, gateways }, baseReport);
  const isInterrupted = problems.some(({ exitCode }) => exitCode === EXIT.interrupted);
  if (base === null || head === undefined || isInterrupted) return null;
  return { conclude: concludeGate(base, head, readKnown(ROOT, ownScenarios), { disclosure, asked }) };
}

/** Base and head of the merged run; no base (null) if it is no gate. */
function gatewaysOf(
  { run, gateways }: Pick<MergedRun, 'run' | 'gateways'>,
  baseReport: Report | null,
): { base: Base | null; head: string | undefined } {
  const [first, second] = gateways;
  const playedBoth = second !== undefined;
  if (baseReport !== null && (run.purpose !== 'gate' || playedBoth))
    throw new UsageError(
      '--base-report is given, and the shards are not those of a gate with a stored base',
      'Leave out --base-report.',
    );
  if (run.purpose !== 'gate' || first === undefined) return { base: null, head: first };
  if (playedBoth) return { base: { kind: 'gateway', reference: first }, head: second };
  if (baseReport === null)
    throw new UsageError(
      'the shards are those of a gate with a stored base, which is not given',
      'Give it with --base-report, as each shard had it.',
    );
  if (baseReport.run.seed !== run.seed)
    throw new UsageError(
      `the report of the base has seed ${baseReport.run.seed}, and the shards were played with seed ${run.seed}`,
      'Give the report that each shard had.',
    );
  return { base: { kind: 'report', report: baseReport }, head: first };
}
