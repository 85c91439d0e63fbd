import { readKnown } from '../compare/compare-reports.ts';
import { type Base, concludeGate } from '../compare/gate.ts';
import { EXIT, type ExitCode, messageOf } from '../exit.ts';
import { loadDeviations } from '../judge/deviation.ts';
import { declaredChecks } from '../pairwise/declared.ts';
import { readReport } from '../results/read.ts';
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
};

/**
 * Merges the reports of all shards of a run into one report folder, with the comparison of a gate. Gives the exit code that the run would have had
 * on one machine. Throws UsageError if a report cannot be read, or if they are not all shards of one run.
 */
export function mergeRun({ folders, ownScenarios, ...request }: MergeRequest): ExitCode {
  const suite = { version: posternVersion(), commit: posternCommit() };
  const shards = shardSetOf(
    folders.map((folder) => ({ folder, report: readReport(folder) })),
    suite,
  );
  const deviations = loadDeviations(ROOT, declaredChecks(loadScenariosWith(ROOT, ownScenarios)));
  const merged = mergeShards(shards, { root: ROOT, deviations });
  const comparison = comparisonOf(merged, ownScenarios, request);
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
  { run, gateways, problems }: MergedRun,
  ownScenarios: string | null,
  { disclosure }: Pick<MergeRequest, 'disclosure'>,
): JudgedRun['comparison'] {
  const [base, head] = gateways;
  const isInterrupted = problems.some(({ exitCode }) => exitCode === EXIT.interrupted);
  if (run.purpose !== 'gate' || base === undefined || head === undefined || isInterrupted) return null;
  const played: Base = { kind: 'gateway', reference: base };
  return { conclude: concludeGate(played, head, readKnown(ROOT, ownScenarios), { disclosure, part: null }) };
}
