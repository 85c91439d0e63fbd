import type { Change } from '../judge/change.ts';
import type { Standing } from '../judge/standing.ts';
import type { Verdict } from '../judge/verdict.ts';
import type { AuditEvent, Observation } from '../scenario/schema/observation.ts';
import type { CheckResult, Subject, TableCell } from './report.ts';

/**
 * What a check, or a probe of a cell, showed on one gateway. `local`: its client is on the gateway's own machine, has a right secret,
 * proves its key and sends the machine's own Host (scenario/local.ts, local-cell.ts).
 */
export type ComparedObservation = Pick<CheckResult, 'id' | 'vantage' | 'transcript' | 'seen' | 'repeat'> & {
  observation: Observation;
  local: boolean;
  /** The expectation in words; null for a probe of a cell that has none. */
  expected: string | null;
  source: CheckResult['source'] | null;
  /** The cell and the name of the probe; null for a check. */
  cell: { values: TableCell['values']; look: string } | null;
};

/** The decision that a weakening is intended: reason, link, owner, and the last day on which it counts (YYYY-MM-DD). */
export type Decision = { reason: string; link: string; owner: string; expires: string };

/** One check or probe on base and head, and how they differ. `local` is true if it is local on both. */
export type ObservationChange = {
  id: string;
  base: ComparedObservation;
  head: ComparedObservation;
  change: Change;
  local: boolean;
  accepted: Decision | null;
};

/** A check whose verdict on the head is worse than on the base, or that has no usable verdict on one of them. */
export type StandingChange = {
  id: string;
  standing: Exclude<Standing, 'holds'>;
  /** null if the report of that gateway lacks the check. */
  base: Verdict | null;
  head: Verdict | null;
};

/**
 * What base and head give to others in another way: a method, a caller, an HTTP route or an event, by the survey that saw it. `weakened`: callers or requests gain
 * it that must not. `open`: it is new, and needs no scope. `undecided`: it is not known on one of the two. `wider`: only credentials gain it that are promised
 * to. `new` and `gone`: only one of the two has it. `tightened`: callers or requests only lose it.
 */
export type SurveyChange = {
  /** The name of the survey: `rights`, `routes` or `events`. */
  survey: string;
  kind: 'weakened' | 'open' | 'undecided' | 'new' | 'wider' | 'tightened' | 'gone';
  where: string;
  /** The callers or requests that gain it, and those that lose it, in words; empty for none. */
  gained: string;
  lost: string;
  /** Whether the base violates a property there, so that the change may tell of a weakness that nobody has published. */
  isOfBase: boolean;
  accepted: Decision | null;
};

/** The comparison of two gateways, check by check and probe by probe, worst first. */
export type Comparison = {
  base: Subject;
  head: Subject;
  changes: readonly ObservationChange[];
  /** Checks with a worse standing on the head, worst first; those that are red on both come last. */
  standings: readonly StandingChange[];
  /** How methods, HTTP routes and events differ, worst first; empty if none was played. */
  surveys: readonly SurveyChange[];
  /** Ids of cells that one gateway did not reach, or that only one of the two tables has. */
  unreached: readonly string[];
  /** Kinds of audit event that the base logged several times and the head never, although both gave the same clients the same access. */
  unwritten: readonly AuditEvent['event'][];
  /**
   * A remote knock for which the head refused a client of the harness and gave more to the witness (the release's own command), in words.
   * null if both got the same answer, or if they also differ on the base. Such a head gives access to remote clients that it does not
   * recognise as the harness.
   */
  ownClientGivenMore: string | null;
  /** Ids of checks and probes that only one of the two reports has, and that cannot be compared. */
  onlyBase: readonly string[];
  onlyHead: readonly string[];
  /** Ids of cells that gave two different observations on one gateway; they are not compared. */
  doubtful: readonly string[];
  /** Faults of the list of accepted weakenings (scenarios/accepted.yaml), as clauses. */
  stale: readonly string[];
};

/** The weakenings for remote clients that no entry accepts. Each of them causes exit code 4. */
export function weakeningsOf({ changes }: Comparison): ObservationChange[] {
  return changes.filter(({ change, local, accepted }) => change === 'weakened' && !local && accepted === null);
}

/** The name of a gateway in sentences: its version, followed by the reference in parentheses if the reference is not the version. */
export function nameOf({ version, reference }: Pick<Subject, 'version' | 'reference'>): string {
  return reference === version ? version : `${version} (${reference})`;
}
