import { cellsViolating } from '../pairwise/cell-violations.ts';
import { tableCheck } from '../pairwise/properties.ts';
import { isUnpublished, type Withheld } from '../results/disclosure.ts';
import type { ExplainedComparison } from '../results/explained-comparison.ts';
import type { Report } from '../results/report.ts';

/**
 * What public output of a comparison leaves out, because the base has it as well, or alone, and nobody has published it: violations of the base and
 * those of the head that the base has too, cells in which the base violates a property, and findings in which the head mends a property and that no
 * scenario plays. What only the head weakens is never left out. Pure.
 */
export function withheldFrom(compared: ExplainedComparison, base: Report, head: Report): Withheld {
  const ofBase = base.checks.filter(isUnpublished);
  const known = new Set(ofBase.map(({ id }) => id));
  const ofBoth = head.checks.filter((check) => known.has(check.id) && isUnpublished(check));
  const findings = compared.findings.filter(
    ({ mended, scenarios }) => scenarios.length === 0 && mended.some(({ id }) => known.has(tableCheck(id))),
  );
  return { checks: [...ofBase, ...ofBoth], cells: cellsViolating(base, known), findings };
}

/** The comparison without what is withheld, and with the number of findings and checks that are. Pure. */
export function publicComparison(compared: ExplainedComparison, { checks, findings }: Withheld): ExplainedComparison {
  const ids = new Set(checks.map(({ id }) => id));
  return {
    ...compared,
    findings: compared.findings.filter((finding) => !findings.includes(finding)),
    standings: compared.standings.filter(({ id, standing }) => standing !== 'red-on-both' || !ids.has(id)),
    withheld: findings.length + ids.size,
  };
}
