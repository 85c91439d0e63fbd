import { cellsViolating } from '../pairwise/cell-violations.ts';
import type { ObservationChange, SurveyChange } from '../results/comparison.ts';
import { isUnpublished, type Withheld } from '../results/disclosure.ts';
import type { ExplainedComparison } from '../results/explained-comparison.ts';
import { everyFinding, type Finding, type Harm } from '../results/finding.ts';
import type { Report } from '../results/report.ts';
import { cellIdIn } from './findings/cell-groups.ts';

/** Harms of findings that may show what only the base gives to remote clients. Every other one is about what the head does. */
const OF_THE_BASE: readonly Harm[] = ['remote-loss', 'other'];

/**
 * A finding alone, without cells in which the base violates a property that nobody has published; null if nothing is left of it. A finding that a scenario
 * shows is published.
 */
function publicPart(finding: Finding, cells: ReadonlySet<string>): Finding | null {
  const { harm, scenarios, changes, consequences } = finding;
  if (!OF_THE_BASE.includes(harm) || scenarios.length > 0) return { ...finding, mended: [], also: [] };
  const isShown = (change: ObservationChange): boolean => change.base.cell === null || !cells.has(cellIdIn(change));
  const shown = changes.filter(isShown);
  const [example] = shown;
  if (example === undefined) return null;
  return {
    ...finding,
    id: example.id,
    example,
    changes: shown,
    consequences: consequences.filter(isShown),
    mended: [],
    also: [],
  };
}

/** What is public of a finding and of those of the same cause: the worst of these leads. Empty if nothing is. */
function publicCause(finding: Finding, cells: ReadonlySet<string>): Finding[] {
  const [lead, ...also] = everyFinding([finding]).flatMap((each) => publicPart(each, cells) ?? []);
  return lead === undefined ? [] : [{ ...lead, also }];
}

/**
 * What public output of a comparison leaves out, because the base has it as well, or alone, and nobody has published it: violations of the base and
 * those of the head that the base has too, cells in which the base violates a property, and findings about such cells alone, if the head only gives
 * less there. What the head weakens is never left out. Pure.
 */
export function withheldFrom(compared: ExplainedComparison, base: Report, head: Report): Withheld {
  const ofBase = base.checks.filter(isUnpublished);
  const known = new Set(ofBase.map(({ id }) => id));
  const ofBoth = head.checks.filter((check) => known.has(check.id) && isUnpublished(check));
  const cells = cellsViolating(base, known);
  const findings = everyFinding(compared.findings).filter((finding) => publicPart(finding, cells) === null);
  return { checks: [...ofBase, ...ofBoth], cells, findings };
}

/** Whether a change of a method or a route tells nothing of a weakness that the base alone, or the base as well, has. */
function isShown({ kind, isOfBase }: SurveyChange): boolean {
  return !isOfBase || kind === 'weakened' || kind === 'open';
}

/** The comparison without what is withheld, and with the number of findings and checks that are. Pure. */
export function publicComparison(
  compared: ExplainedComparison,
  { checks, cells, findings }: Withheld,
): ExplainedComparison {
  const ids = new Set(checks.map(({ id }) => id));
  return {
    ...compared,
    findings: compared.findings.flatMap((finding) => publicCause(finding, cells)),
    surveys: compared.surveys.filter(isShown),
    standings: compared.standings.filter(({ id, standing }) => standing !== 'red-on-both' || !ids.has(id)),
    withheld: findings.length + ids.size + compared.surveys.filter((change) => !isShown(change)).length,
  };
}
