import { cellsViolating } from '../pairwise/cell-violations.ts';
import { isUnpublished, type Withheld } from '../results/disclosure.ts';
import type { Report } from '../results/report.ts';

/**
 * What public output of a run without a comparison leaves out: violations that nobody has published, and the cells that show them. Whether a
 * released gateway has them too is not known, so they count as if it had. Pure.
 */
export function withheldFromRun(report: Report): Withheld {
  const checks = report.checks.filter(isUnpublished);
  return { checks, cells: cellsViolating(report, new Set(checks.map(({ id }) => id))), findings: [] };
}
