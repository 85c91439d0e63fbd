import type { Withheld } from '../results/disclosure.ts';
import type { ExplainedComparison } from '../results/explained-comparison.ts';
import type { ReleaseReason } from '../results/release-verdict.ts';
import type { Report } from '../results/report.ts';

/** A gate of the candidate that was played: both parts of its report, and the comparison of the two. */
export type PlayedGate = {
  base: Report;
  candidate: Report;
  compared: ExplainedComparison;
  /** Problems of the run that its comparison does not show, worst first. */
  problems: readonly { text: string; of: 'gateway' | 'run' }[];
  /** What public output leaves out of the comparison. */
  withheld: Withheld;
  /** SHA-256 of report.json, in hex. */
  sha256: string;
};

/** A check that must have a verdict, and what its scenario says. */
export type DeclaredCheck = { id: string; scenario: string; class: string; blocker: boolean };

/** Something that was seen of the candidate, before the policy decides about it. */
export type Occurrence = Pick<ReleaseReason, 'outcome' | 'id' | 'text' | 'against' | 'command' | 'unpublished'> & {
  /** The classes of the scenarios that show it, and the ids of their checks, by which a rule may be narrowed. */
  classes: readonly string[];
  checks: readonly string[];
  /** Whether public output leaves it out. */
  isWithheld: boolean;
};

/** An occurrence that is about no gate, no scenario and no check, and that is public, except for the given fields. */
export function occurrence(given: Pick<Occurrence, 'outcome' | 'id' | 'text'> & Partial<Occurrence>): Occurrence {
  return { against: [], command: null, unpublished: false, classes: [], checks: [], isWithheld: false, ...given };
}
