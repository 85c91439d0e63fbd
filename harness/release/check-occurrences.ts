import type { Verdict } from '../judge/verdict.ts';
import { replayCommand } from '../replay-command.ts';
import type { StandingChange } from '../results/comparison.ts';
import { isUnpublished } from '../results/disclosure.ts';
import type { RuledOutcome } from '../results/release-outcomes.ts';
import type { CheckResult } from '../results/report.ts';
import { type DeclaredCheck, type Occurrence, occurrence, type PlayedGate } from './evidence.ts';
import { TABLE_CLASS } from './policy-schema.ts';

/**
 * What the checks of a gate say about the candidate: those that are wrong on it, those that no longer apply to it, those that could not be decided
 * on one of the two gateways, and those that are better than declared. Checks without a verdict are in coverage-occurrences.ts. Pure.
 */
export function checkOccurrences(gate: PlayedGate, declared: ReadonlyMap<string, DeclaredCheck>): Occurrence[] {
  const seen = new Map(gate.candidate.checks.map((check) => [check.id, check]));
  const hidden = new Set(gate.withheld.checks.map(({ id }) => id));
  const about = (id: string, outcome: RuledOutcome, text: string): Occurrence => {
    const check = seen.get(id);
    const scenario = declared.get(id)?.scenario ?? id.slice(0, id.lastIndexOf('/'));
    return occurrence({
      outcome,
      id,
      text,
      against: [gate.compared.base.version],
      command: check?.repeat ?? replayCommand(id, { gateways: [gate.compared.head.reference] }),
      unpublished: gate.compared.head.source === 'published' && check !== undefined && isUnpublished(check),
      classes: [declared.get(id)?.class ?? scenario.slice(0, scenario.indexOf('/'))],
      checks: [id],
      isWithheld: hidden.has(id),
    });
  };
  const isBlocker = (id: string): boolean => declared.get(id)?.blocker ?? id.startsWith(`${TABLE_CLASS}/`);
  return [
    ...gate.compared.standings.flatMap((change) => {
      const outcome = outcomeOf(change, isBlocker(change.id));
      return outcome === null ? [] : [about(change.id, outcome, describe(change, seen.get(change.id)))];
    }),
    ...gate.candidate.checks
      .filter(({ verdict }) => verdict === 'unexpected-pass')
      .map((check) => about(check.id, 'unexpected-pass', `it is declared to fail, and passes: ${check.seen}`)),
  ];
}

/** The outcome of a check by its standing; null if it has no verdict on one of the gateways. */
function outcomeOf({ standing, base, head }: StandingChange, isBlocker: boolean): RuledOutcome | null {
  switch (standing) {
    case 'regressed':
      return isBlocker ? 'blocker-regressed' : 'check-regressed';
    case 'red-on-both':
      return isBlocker ? 'blocker-red-on-both' : 'check-red-on-both';
    case 'lost':
      return head === 'not-applicable' ? 'verdict-lost' : null;
    case 'untold':
      return undecidedOutcome([head, base]);
  }
}

function undecidedOutcome(verdicts: readonly (Verdict | null)[]): RuledOutcome | null {
  if (verdicts.includes('flaky')) return 'flaky';
  return verdicts.includes('not-testable') ? 'undecided' : null;
}

function describe({ standing, base, head }: StandingChange, check: CheckResult | undefined): string {
  switch (standing) {
    case 'regressed':
    case 'red-on-both':
      return `expected: ${check?.expected ?? 'a verdict'}; seen: ${check?.seen ?? 'nothing'}`;
    case 'lost':
      return `the candidate does not have what it is about, and the baseline does`;
    case 'untold':
      return [
        `it is ${base ?? 'not in the report'} on the baseline and ${head ?? 'not in the report'} on the candidate`,
        ...(check?.because == null ? [] : [check.because]),
      ].join(': ');
  }
}
