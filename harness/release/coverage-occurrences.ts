import type { Verdict } from '../judge/verdict.ts';
import { shortList } from '../report/comparison/finding-words.ts';
import { TABLE_ID } from '../results/report.ts';
import { shellWord } from '../shell-word.ts';
import { listed } from '../text/format.ts';
import type { JudgedBaseline } from './baselines.ts';
import { type DeclaredCheck, type Occurrence, occurrence, type PlayedGate } from './evidence.ts';

/** Whether a check with this verdict was carried out. An error says nothing about the gateway. */
const WAS_RUN: Record<Verdict, boolean> = {
  error: false,
  fail: true,
  reproduced: true,
  'not-testable': true,
  'unexpected-pass': true,
  flaky: true,
  'known-deviation': true,
  skipped: false,
  'not-applicable': true,
  pass: true,
};

/**
 * The ids of declared checks that have no verdict on one of the gateways of a gate. If public output left something out of the report, only those
 * that it has count: the others may be what was left out.
 */
export function notRunIn({ base, candidate }: PlayedGate, declared: readonly DeclaredCheck[]): string[] {
  return declared
    .filter(({ id }) =>
      [base, candidate].some(({ checks, withheld }) => {
        const check = checks.find((each) => each.id === id);
        return check === undefined ? withheld === 0 : !WAS_RUN[check.verdict];
      }),
    )
    .map(({ id }) => id);
}

/** Scenarios that were not run for one reason, with their checks. */
type NotRun = { why: string; scenarios: string[]; ids: string[] };

/** The checks without a verdict in a gate, by the reason in the words of its report, so that one reason is told once. */
function notRunGroups(gate: PlayedGate, declared: readonly DeclaredCheck[]): NotRun[] {
  const scenarioOf = new Map(declared.map(({ id, scenario }) => [id, scenario]));
  const byScenario = Map.groupBy(notRunIn(gate, declared), (id) => scenarioOf.get(id) ?? id);
  const whys = [...byScenario].map(([scenario, ids]) => ({ scenario, ids, why: listed(whyNotRun(gate, ids)) }));
  return [...Map.groupBy(whys, ({ why }) => why)].map(([why, group]) => ({
    why,
    scenarios: group.map(({ scenario }) => scenario),
    ids: group.flatMap(({ ids }) => ids),
  }));
}

/** The reasons why checks have no verdict in a gate, a clause for each. */
function whyNotRun({ base, candidate, compared }: PlayedGate, ids: readonly string[]): string[] {
  const clauses = [base, candidate].flatMap(({ checks, run }, side) => {
    const on = side === 0 ? compared.base.version : 'the candidate';
    return ids.flatMap((id) => {
      const check = checks.find((each) => each.id === id);
      if (check === undefined)
        return [`the report of gate ${run.id} does not have it, so its selection, profile or Postern lacks it`];
      return WAS_RUN[check.verdict] ? [] : [check.because ?? `no verdict on ${on}`];
    });
  });
  return [...new Set(clauses)];
}

/** Scenarios that one command names; more are played by the whole gate. */
const NAMED_IN_COMMAND = 6;

/** The command that plays these scenarios on both gateways, and the table only if it is among them. */
function gateCommand({ compared }: PlayedGate, candidate: string, scenarios: readonly string[]): string {
  const gate = `npx postern gate --profile release --base ${shellWord(compared.base.reference)} --head ${shellWord(candidate)}`;
  if (scenarios.length > NAMED_IN_COMMAND) return gate;
  const table = scenarios.includes(TABLE_ID) ? '' : ' --table none';
  return `${gate}${table}${scenarios.map((id) => ` --only ${id}`).join('')}`;
}

/** What was not run: baselines, and in each gate declared checks, one occurrence for each reason; and what a report lacks. Pure. */
export function coverageOccurrences(
  gates: readonly PlayedGate[],
  declared: readonly DeclaredCheck[],
  baselines: readonly JudgedBaseline[],
  candidate: string,
): Occurrence[] {
  const known = new Map(declared.map((check) => [check.id, check]));
  return [
    ...baselines.flatMap(({ name, reason, release, state }) =>
      state !== 'not-run' || release === null
        ? []
        : [
            occurrence({
              outcome: 'not-run',
              id: name,
              text: `the candidate was not compared with ${release}: ${reason}`,
              command: `npx postern gate --profile release --base ${release} --head ${shellWord(candidate)}`,
            }),
          ],
    ),
    ...gates.flatMap((gate) => [
      ...notRunGroups(gate, declared).map(({ why, scenarios, ids }) =>
        occurrence({
          outcome: 'not-run',
          id: shortList(scenarios),
          text: `${why}: ${shortList(ids)}`,
          against: [gate.compared.base.version],
          command: gateCommand(gate, candidate, scenarios),
          classes: [...new Set(ids.flatMap((id) => known.get(id)?.class ?? []))],
          checks: ids,
        }),
      ),
      ...(gate.candidate.withheld === 0
        ? []
        : [
            occurrence({
              outcome: 'withheld',
              id: gate.candidate.run.id,
              text: `the report lacks what public output leaves out, so that it cannot be judged whole; play the gate again with --disclosure full where only maintainers can read it`,
              against: [gate.compared.base.version],
              command: gate.candidate.run.command,
            }),
          ]),
    ]),
  ];
}
