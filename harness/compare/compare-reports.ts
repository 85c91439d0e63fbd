import { worst } from '../judge/verdict.ts';
import { declaredChecks } from '../pairwise/declared.ts';
import type { ExitReason, ExplainedComparison } from '../results/explained-comparison.ts';
import { type Published, readAllPublished } from '../results/published.ts';
import type { Report } from '../results/report.ts';
import { type LoadedScenario, loadScenariosWith } from '../scenario/catalogue/load.ts';
import { type Accepted, accept, loadAccepted } from './accepted-weakenings.ts';
import { diffReports } from './diff.ts';
import { exitReasonsOf } from './exit-reasons.ts';
import { explainChanges } from './findings/explain-changes.ts';

/** What a comparison is judged and explained by besides its two reports. */
export type Known = {
  accepted: readonly Accepted[];
  scenarios: readonly LoadedScenario[];
  published: readonly Published[];
};

/**
 * Reads accepted weakenings, scenarios and published results below the root of Postern, and the scenarios of a folder of the user (null for none).
 * Throws UsageError for a file that is wrong.
 */
export function readKnown(root: string, ownScenarios: string | null): Known {
  const scenarios = loadScenariosWith(root, ownScenarios);
  return { scenarios, accepted: loadAccepted(root, declaredChecks(scenarios)), published: readAllPublished(root) };
}

/**
 * Compares two reports of one gateway each, applies the accepted weakenings as of `today` (YYYY-MM-DD), and explains the changes. `already` has the
 * reasons for an exit code that are known without the comparison, such as the problems of a run. Throws UsageError if the two cannot be compared.
 */
export function compareReports(
  base: Report,
  head: Report,
  { accepted, scenarios, published }: Known,
  { today, already }: { today: string; already: readonly ExitReason[] },
): ExplainedComparison {
  const compared = accept(diffReports(base, head), accepted, today);
  const reasons = [...exitReasonsOf(compared), ...already];
  return {
    ...compared,
    findings: explainChanges(compared, { base, head, scenarios, published }),
    reasons,
    exitCode: worst(reasons.map(({ exitCode }) => exitCode)),
    withheld: 0,
  };
}
