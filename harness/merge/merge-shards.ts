import type { AskedTable } from '../compare/asked-part.ts';
import { EXIT } from '../exit.ts';
import { type Deviation, staleDeviations } from '../judge/deviation.ts';
import { holds, type Purpose } from '../judge/verdict.ts';
import { TABLE_PROPERTIES, tableCheck } from '../pairwise/properties.ts';
import type { Report, ReportedShard, ScenarioInfo, Subject } from '../results/report.ts';
import { type JudgedGateway, lostChecks, type Problem, slowestOf } from '../suite/build-report.ts';
import { propertyChecks } from '../suite/property-checks.ts';
import { cellFromReport } from '../suite/reported-cell.ts';
import type { ShardReport } from './shard-set.ts';

/** The shards of a run as one run. */
export type MergedRun = {
  run: Pick<Report['run'], 'purpose' | 'command' | 'seed' | 'startedAt' | 'wallMs' | 'engine'>;
  effort: Report['effort'];
  scenarios: ScenarioInfo[];
  results: JudgedGateway[];
  /** The problems of the shards, each once, and those that only the checks of all shards show. */
  problems: Problem[];
  /** The references of the run, including those of gateways that no shard began; the base of a gate comes first, unless it is a stored report. */
  gateways: readonly string[];
  /** What the run asked of the decision table. */
  asked: AskedTable;
};

/** What the checks are judged again by: the root of Postern, which reports point into, and its deviations. */
export type JudgedBy = { root: string; deviations: readonly Deviation[] };

/** The path of a log of a shard in the folder of the merged report. */
export function mergedLog(log: string, index: number): string {
  return log.replace(/^logs\//, `logs/shard-${index}/`);
}

/**
 * Makes one run of its shards, as if it had been played on one machine. The properties of the decision table are judged again by the cells of all
 * shards. Boots, knocks and boot times are sums; wall time, memory and the longest chain are those of the shard that took most; the start is the
 * earliest. Stages and logs are marked with the number of their shard. A check or a cell that no shard has is a problem with exit code 3. Pure but
 * for the lines of the source that checks point to.
 */
export function mergeShards(shards: readonly ShardReport[], { root, deviations }: JudgedBy): MergedRun {
  const [first] = shards;
  if (first === undefined) throw new Error('a run has at least one shard');
  const { checks, cells, gateways } = first.shard;
  const { purpose, seed } = first.report.run;
  const startedAt = shards.map(({ report }) => report.run.startedAt).sort()[0] ?? first.report.run.startedAt;
  const today = startedAt.slice(0, 10);
  const merged = gateways.flatMap((gateway) => {
    const subject = subjectOf(shards, gateway);
    if (subject === null) return [];
    const { missing, ...judgement } = judged(shards, subject, first.shard, { purpose, today, root, deviations });
    const surveys = shards.flatMap(({ report }) => (report.surveys ?? []).filter((each) => each.gateway === gateway));
    return [{ missing, result: { subject, ...judgement, surveys, stages: stagesOf(shards, gateway) } }];
  });
  const results = merged.map(({ result }) => result);
  const known = results.flatMap((result) => result.checks);
  const begun = results.map(({ subject }) => subject.reference);
  const text = (lost: readonly string[], gateway: string): string =>
    `${lost.length} of ${cells.length} cells of the table were not observed on ${gateway}, first ${lost[0]}`;
  return {
    run: {
      ...{ purpose, seed, startedAt },
      command: first.report.run.command.replace(/ --shard[ =]\S+/, ''),
      wallMs: Math.max(...shards.map(({ report }) => report.run.wallMs)),
      engine: engineOf(shards),
    },
    effort: effortOf(shards),
    scenarios: scenariosOf(shards, checks),
    results,
    gateways,
    asked: { checks: new Set(checks), cells: new Set(cells) },
    problems: [
      ...problemsOf(shards),
      ...staleDeviations(deviations, known, today),
      ...lostChecks(begun, checks, known),
      ...merged.flatMap(({ missing, result: { subject } }): Problem[] =>
        missing.length === 0 ? [] : [{ text: text(missing, subject.reference), exitCode: EXIT.environment }],
      ),
    ],
  };
}

/** The gateway as all shards have it; null if none began it. */
function subjectOf(shards: readonly ShardReport[], gateway: string): Subject | null {
  const parts = shards.flatMap(({ report }) => report.subjects.filter(({ reference }) => reference === gateway));
  const [first] = parts;
  if (first === undefined) return null;
  const protocol = parts.map((part) => part.protocol).find((known) => known !== null) ?? null;
  return { ...first, protocol, digest: distinct(parts.map(({ digest }) => digest)) };
}

/** The checks and cells of a gateway in the order of a report, with the properties judged again, and the ids of the cells that no shard has. */
function judged(
  shards: readonly ShardReport[],
  { reference: gateway, judgedAs: version }: Subject,
  asked: Pick<ReportedShard, 'checks' | 'cells'>,
  { purpose, today, root, deviations }: JudgedBy & { purpose: Purpose; today: string },
): Pick<JudgedGateway, 'checks' | 'table'> & { missing: string[] } {
  const properties = TABLE_PROPERTIES.filter(({ id }) => asked.checks.includes(tableCheck(id)));
  const ofProperty = new Set(properties.map(({ id }) => tableCheck(id)));
  const played = shards
    .flatMap(({ report }) => report.checks)
    .filter((check) => check.gateway === gateway && !ofProperty.has(check.id))
    // The comparison of a shard says which of its checks hold; that of the whole run says it anew.
    .map((check) => ({ ...check, holds: holds(check.verdict, purpose) }));
  const table = inOrder(
    shards.flatMap(({ report }) => report.table.filter((cell) => cell.gateway === gateway)),
    asked.cells,
  );
  const observed = new Map(
    table.flatMap((cell) => {
      const cellResult = cellFromReport(cell);
      return cellResult === null ? [] : [[cell.id, cellResult] as const];
    }),
  );
  const missing = asked.cells.filter((id) => !observed.has(id));
  const context = { gateway, version, purpose, skipped: null, deviations, today, redact: asIs };
  // While cells are missing, that no cell violates a property proves nothing about it.
  const again = propertyChecks(properties, [...observed.values()], root, context).filter(
    ({ verdict }) => missing.length === 0 || verdict !== 'pass',
  );
  return { table, missing, checks: inOrder([...played, ...again], asked.checks) };
}

/** The reports of shards have no secrets. */
const asIs = (text: string): string => text;

/** Things with an id, in the order of the ids. */
function inOrder<T extends { id: string }>(things: readonly T[], ids: readonly string[]): T[] {
  const rank = new Map(ids.map((id, index) => [id, index]));
  return things.toSorted((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0));
}

function stagesOf(shards: readonly ShardReport[], gateway: string): Report['stages'] {
  return shards.flatMap(({ report, shard: { index } }) =>
    report.stages
      .filter((stage) => stage.gateway === gateway)
      .map((stage) => ({ ...stage, id: `shard-${index}.${stage.id}`, log: mergedLog(stage.log, index) })),
  );
}

/** The problems of all shards, each once. A problem that names a log names it as it is in the folder of the merged report. */
function problemsOf(shards: readonly ShardReport[]): Problem[] {
  const all = shards.flatMap(({ report, shard }) =>
    shard.problems.map(({ text, exitCode }): Problem => {
      const renamed = report.stages.reduce((now, { log }) => now.replaceAll(log, mergedLog(log, shard.index)), text);
      return { text: renamed, exitCode: Object.values(EXIT).find((code) => code === exitCode) ?? EXIT.environment };
    }),
  );
  return [...new Map(all.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function scenariosOf(shards: readonly ShardReport[], checks: readonly string[]): ScenarioInfo[] {
  const all = new Map(shards.flatMap(({ report }) => report.scenarios.map((info) => [info.id, info] as const)));
  const inRun = new Set(checks.map((id) => id.slice(0, id.lastIndexOf('/'))));
  return [...inRun].flatMap((id) => all.get(id) ?? []);
}

function effortOf(shards: readonly ShardReport[]): Report['effort'] {
  const efforts = shards.map(({ report }) => report.effort);
  const sum = (of: (effort: Report['effort']) => number): number => efforts.map(of).reduce((a, b) => a + b, 0);
  return {
    boots: sum(({ boots }) => boots),
    bootMs: sum(({ bootMs }) => bootMs),
    longestChainMs: Math.max(...efforts.map(({ longestChainMs }) => longestChainMs)),
    knocks: sum(({ knocks }) => knocks),
    peakMemoryBytes: Math.max(...efforts.map(({ peakMemoryBytes }) => peakMemoryBytes)),
    slowest: slowestOf(efforts.flatMap(({ slowest }) => slowest)),
  };
}

/** The engines of the machines, each once; null if none answered. */
function engineOf(shards: readonly ShardReport[]): Report['run']['engine'] {
  const engines = shards.flatMap(({ report }) => report.run.engine ?? []);
  if (engines.length === 0) return null;
  return { kind: distinct(engines.map(({ kind }) => kind)), version: distinct(engines.map(({ version }) => version)) };
}

const distinct = (texts: readonly string[]): string => [...new Set(texts)].join(', ');
