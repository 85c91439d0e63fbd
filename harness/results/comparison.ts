import type { Change } from '../judge/change.ts';
import type { Standing } from '../judge/standing.ts';
import type { Verdict } from '../judge/verdict.ts';
import type { AuditEvent, Observation } from '../scenario/observation.ts';
import type { CheckResult, Subject, TableCell } from './report.ts';

/**
 * A check, or a look at a cell of the table, as it was seen on one gateway. `local`: it is about a client on the gateway's own machine with
 * a right secret, a proof and its own Host (scenario/local.ts, local-cell.ts).
 */
export type ComparedObservation = Pick<CheckResult, 'id' | 'vantage' | 'transcript' | 'seen' | 'repeat'> & {
  observation: Observation;
  local: boolean;
  /** What is right, where somebody has said it. */
  expected: string | null;
  source: CheckResult['source'] | null;
  /** The cell that it is a look at; null for a check. */
  cell: { values: TableCell['values']; look: string } | null;
};

/** Who decided that a weakening is meant, why, and the last day on which that counts (YYYY-MM-DD). */
export type Decision = { reason: string; link: string; owner: string; expires: string };

/** What became of one sight from the base to the head. It is local where it was and is. */
export type ObservationChange = {
  id: string;
  base: ComparedObservation;
  head: ComparedObservation;
  change: Change;
  local: boolean;
  accepted: Decision | null;
};

/** A check whose verdict on the head is not as good as on the base, or of which one of them tells nothing. */
export type StandingChange = {
  id: string;
  standing: Exclude<Standing, 'holds'>;
  /** null where the report of the gateway does not have the check. */
  base: Verdict | null;
  head: Verdict | null;
};

/** Two gateways, sight by sight, worst first. */
export type Comparison = {
  base: Subject;
  head: Subject;
  changes: readonly ObservationChange[];
  /** Checks that stand worse on the head, worst first; those that are as red on both come last. */
  standings: readonly StandingChange[];
  /** Cells that one of them was not brought to, or that stand in one table alone. */
  unreached: readonly string[];
  /** Kinds of event that the base wrote down several times, and the head never, where it let the same clients in as far. */
  unwritten: readonly AuditEvent['event'][];
  /**
   * What the release's own command was told on the head where a client of the harness was refused, from another machine; null where the two
   * were told the same, or on the base too were not. Such a head lets remote clients in that do not look like the harness.
   */
  ownClientGivenMore: string | null;
  /** What was seen on one of them alone: what only one was asked is no comparison. */
  onlyBase: readonly string[];
  onlyHead: readonly string[];
  /** Cells that showed one thing and then another on one of them: nothing is said of those. */
  doubtful: readonly string[];
  /** What is wrong with the list of what was decided, in sentences. */
  stale: readonly string[];
};

/** The changes that let somebody further in who is not on the gateway's own machine, and that nobody decided on: each of them is exit 4. */
export function weakeningsOf({ changes }: Comparison): ObservationChange[] {
  return changes.filter(({ change, local, accepted }) => change === 'weakened' && !local && accepted === null);
}

/** What a gateway is called in sentences: its version, with the reference where that says more. */
export function nameOf({ version, reference }: Subject): string {
  return reference === version ? version : `${version} (${reference})`;
}
