import type { Verdict } from '../judge/verdict.ts';
import { shortList } from '../report/comparison/finding-words.ts';
import { shellWord } from '../shell-word.ts';
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

/** What was not run: baselines, and in each gate declared checks, one occurrence for each scenario; and what a report lacks. Pure. */
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
      ...[...Map.groupBy(notRunIn(gate, declared), (id) => known.get(id)?.scenario ?? id)].map(([scenario, ids]) =>
        occurrence({
          outcome: 'not-run',
          id: scenario,
          text: `no verdict on one of the two gateways: ${shortList(ids)}`,
          against: [gate.compared.base.version],
          classes: [known.get(ids[0] ?? '')?.class ?? ''],
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
