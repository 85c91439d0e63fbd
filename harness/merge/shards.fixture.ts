import { admitted, type Gateway, isHere, pairing, waits } from '../compare/findings/played-table.fixture.ts';
import { holds, type Purpose } from '../judge/verdict.ts';
import { cellId, cellOfProbe, PROBES, reportedValues } from '../pairwise/cell.ts';
import { cellsOf } from '../pairwise/covering-array.ts';
import { ROUTES } from '../pairwise/dimensions.ts';
import { TABLE_PROPERTIES, tableCheck } from '../pairwise/properties.ts';
import type { CheckResult, Report, Subject, TableCell } from '../results/report.ts';
import { sampleReport } from '../results/sample.fixture.ts';
import { ROOT } from '../root.ts';
import { type JudgedGateway, type Problem, type RunResult, reportOf, slowestOf } from '../suite/build-report.ts';
import { propertyChecks } from '../suite/property-checks.ts';
import { cellFromReport } from '../suite/reported-cell.ts';
import { TABLE_INFO } from '../suite/table-run.ts';
import { posternCommit, posternVersion } from '../version.ts';
import type { ReadReport } from './shard-set.ts';

/** A part of the quick table, so that a test can judge it many times. */
const CELLS = cellsOf('quick').filter((_, place) => place % 23 === 0);

/** A gateway that lets every device with the secret in, without a decision. */
export const OPEN: Gateway = (cell) =>
  cell.credential === 'secret' ? admitted(['operator.read']) : waits('not-paired');
/** A gateway that asks an operator about each device that is not on its own machine. */
export const STRICT: Gateway = pairing(isHere);

/** The cells of a gateway. Every fifth was observed twice, and answered as `OPEN` does the second time if the gateway is `fickle`. */
function tableOf(gateway: Gateway, reference: string, fickle: boolean): TableCell[] {
  const looksOf = (of: Gateway, cell: (typeof CELLS)[number]): TableCell['looks'] =>
    PROBES.map((look) => ({
      look,
      vantage: ROUTES[cell.route].from,
      observation: of(cellOfProbe(cell, look)),
      transcript: null,
      logLines: [`a line about ${look}`],
      pairingList: null,
    }));
  return CELLS.map((cell, place) => ({
    gateway: reference,
    id: cellId(cell),
    values: reportedValues(cell),
    flaky: false,
    unreached: null,
    repeat: `npx postern replay ${cellId(cell)}`,
    looks: looksOf(gateway, cell),
    ...(place % 5 === 0 ? { second: { unreached: null, looks: looksOf(fickle ? OPEN : gateway, cell) } } : {}),
  }));
}

/** A run of two gateways, as parts of it are played: scenarios, and the cells of the table. */
export type Played = { purpose: Purpose; gateways: { subject: Subject; checks: CheckResult[]; table: TableCell[] }[] };

/** Two gateways with the checks of the sample and a part of the table: 2026.4.1 answers as given, and 2026.9.6 is strict. */
export function playedWith(old: Gateway, purpose: Purpose, fickle = false): Played {
  const { subjects, checks } = sampleReport(undefined, purpose);
  return {
    purpose,
    gateways: subjects.slice(0, 2).map((subject, place) => ({
      subject,
      checks: checks.filter(({ gateway }) => gateway === subject.reference),
      table: tableOf(place === 0 ? old : STRICT, subject.reference, fickle),
    })),
  };
}

/** The problems of each machine; the first is the same on all. */
const problemsOn = (index: number): Problem[] => [
  { text: 'the clock is wrong', exitCode: 1 },
  { text: `machine ${index} was slow`, exitCode: 1 },
];

type Part = { index: number; has(id: string): boolean; problems: readonly Problem[] };

/** The report of a part of a run, made as a run makes it. */
function reportOfPart({ purpose, gateways }: Played, part: Part, shard: RunResult['shard']): Report {
  const sample = sampleReport();
  const results = gateways.map(({ subject, checks, table }): JudgedGateway => {
    const cells = table.filter(({ id }) => part.has(id));
    const observed = cells.flatMap((cell) => cellFromReport(cell) ?? []);
    const properties = TABLE_PROPERTIES.filter((property) =>
      shard === null ? true : observed.some(({ first }) => property.appliesTo(first.cell)),
    );
    const context = {
      ...{ gateway: subject.reference, version: subject.judgedAs, purpose, skipped: null, deviations: [] },
      ...{ today: '2026-11-21', redact: (text: string): string => text },
    };
    return {
      subject,
      table: cells,
      surveys: [],
      checks: [
        ...checks
          .filter(({ scenario }) => part.has(scenario))
          .map((check) => ({ ...check, holds: holds(check.verdict, purpose) })),
        ...propertyChecks(properties, observed, ROOT, context),
      ],
      stages: [
        {
          id: 'shared-1',
          gateway: subject.reference,
          scenarios: [],
          bootMs: 9_000,
          log: `logs/${subject.version}/shared-1.log`,
        },
      ],
    };
  });
  const report = reportOf({
    id: `run-${part.index}`,
    purpose,
    command: `postern ${purpose}${shard === null ? '' : ` --shard ${shard.index}/${shard.of}`} --seed 7`,
    seed: 7,
    startedAt: new Date(`2026-11-21T09:3${part.index}:00.000Z`),
    wallMs: 60_000 + part.index,
    engine: { kind: 'docker', version: '20.10.24' },
    problems: part.problems,
    shard,
    effort: {
      ...{ boots: 2, bootMs: 18_000, longestChainMs: 9_000 + part.index, knocks: 30, peakMemoryBytes: part.index },
      slowest: slowestOf([{ scenario: `slow/${part.index}`, gateway: '2026.4.1', ms: part.index }]),
    },
    scenarios: [...sample.scenarios.filter(({ id }) => part.has(id)), TABLE_INFO],
    results,
  });
  return { ...report, run: { ...report.run, suite: { version: posternVersion(), commit: posternCommit() } } };
}

/** The report of the whole run, with the problems of as many machines. */
export function wholeReport(played: Played, machines: number): Report {
  const problems = Array.from({ length: machines }, (_, place) => problemsOn(place + 1)).flat();
  const each = [...new Map(problems.map((problem) => [problem.text, problem])).values()];
  return reportOfPart(played, { index: 1, has: () => true, problems: each }, null);
}

/** The reports of the shards of a run, each with the scenarios and cells that `shardOf` gives its number, which begins at 1. */
export function shardReports(played: Played, of: number, shardOf: (id: string) => number): ReadReport[] {
  const { scenarios, checks } = wholeReport(played, of);
  const [first] = played.gateways;
  const about = {
    of,
    gateways: played.gateways.map(({ subject }) => subject.reference),
    checks: [
      ...scenarios.flatMap(({ id }) =>
        checks
          .filter((check) => check.scenario === id && check.gateway === first?.subject.reference)
          .map((check) => check.id),
      ),
    ],
    cells: CELLS.map(cellId),
  };
  return Array.from({ length: of }, (_, place) => {
    const index = place + 1;
    const part = { index, has: (id: string): boolean => shardOf(id) === index, problems: problemsOn(index) };
    return {
      folder: `reports/shard-${index}`,
      report: reportOfPart(played, part, { ...about, index, problems: problemsOn(index) }),
    };
  });
}

/** The ids of the scenarios and cells of a run. */
export function partsOf({ gateways }: Played): string[] {
  const all = gateways.flatMap(({ checks, table }) => [
    ...checks.map(({ scenario }) => scenario),
    ...table.map(({ id }) => id),
  ]);
  return [...new Set(all)];
}

/** The ids of the checks that are judged by the cells of the table. */
export const PROPERTY_CHECKS = TABLE_PROPERTIES.map(({ id }) => tableCheck(id));
