import { cellId } from '../pairwise/cell.ts';
import type { TablePart } from '../pairwise/table-part.ts';
import { type Report, surveyId } from '../results/report.ts';

/**
 * The part of a stored report that this run asked of the head: the scenarios and surveys that were selected and not left out, and the cells of `part` (null for no table).
 * The selection alone decides that, before the head is played: a check that was asked and has no verdict on the head stays in the base.
 */
export function askedPart(base: Report, head: Report, part: TablePart | null): Report {
  const selected = new Set(head.scenarios.map(({ id }) => id));
  const leftOut = new Set(head.checks.flatMap(({ id, verdict }) => (verdict === 'skipped' ? [id] : [])));
  const cells = new Set(part?.cells.map(cellId));
  return {
    ...base,
    checks: base.checks.filter(({ id, scenario }) => selected.has(scenario) && !leftOut.has(id)),
    table: base.table.filter(({ id }) => cells.has(id)),
    surveys: (base.surveys ?? []).filter(({ survey }) => selected.has(surveyId(survey))),
  };
}
