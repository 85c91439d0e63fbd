import type { Observation } from '../scenario/observation.ts';
import type { CheckResult, Subject, TableCell } from './report.ts';

/** What became of one knock, call or step from the base gateway to the head, worst first. */
export const CHANGES = ['weakened', 'broke', 'changed', 'tightened', 'recovered', 'same'] as const;
export type Change = (typeof CHANGES)[number];

/**
 * A check, or a look at a cell of the table, as it was seen on one gateway. `local`: whoever it is about came from the gateway's own
 * machine. A step that is nobody's, such as a count of rows, is not local: nothing says that only local clients are touched.
 */
export type Sight = Pick<CheckResult, 'id' | 'vantage' | 'transcript' | 'seen' | 'repeat'> & {
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
export type SightChange = {
  id: string;
  base: Sight;
  head: Sight;
  change: Change;
  local: boolean;
  accepted: Decision | null;
};

/** Two gateways, sight by sight, worst first. */
export type Comparison = {
  base: Subject;
  head: Subject;
  changes: readonly SightChange[];
  /** What was seen on one of them alone: what only one was asked is no comparison. */
  onlyBase: readonly string[];
  onlyHead: readonly string[];
  /** Cells that showed one thing and then another on one of them: nothing is said of those. */
  doubtful: readonly string[];
  /** What is wrong with the list of what was decided, in sentences. */
  stale: readonly string[];
};

/** The changes that let somebody further in who is not on the gateway's own machine, and that nobody decided on: each of them is exit 4. */
export function weakeningsOf({ changes }: Comparison): SightChange[] {
  return changes.filter(({ change, local, accepted }) => change === 'weakened' && !local && accepted === null);
}
