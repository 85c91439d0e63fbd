import { cellId } from '../pairwise/cell.ts';
import { checksOfPart, type TablePart } from '../pairwise/table-part.ts';
import { type Report, surveyId, TABLE_ID } from '../results/report.ts';

/** What a run asked of the decision table: the ids of its checks and of its cells. */
export type AskedTable = { checks: ReadonlySet<string>; cells: ReadonlySet<string> };

/** What a run that plays `part` asks of the table; nothing if it plays no part (null). */
export function askedTable(part: TablePart | null): AskedTable {
  return { checks: new Set(part === null ? [] : checksOfPart(part)), cells: new Set(part?.cells.map(cellId)) };
}

/**
 * The part of a stored report that this run asked of the head: the scenarios and surveys that were selected and not left out, and its part of the table.
 *
 * The selection alone decides that, before the head is played: a check that was asked and has no verdict on the head stays in the base.
 */
export function askedPart(base: Report, head: Report, table: AskedTable): Report {
  const selected = new Set(head.scenarios.map(({ id }) => id));
  const leftOut = new Set(head.checks.flatMap(({ id, verdict }) => (verdict === 'skipped' ? [id] : [])));
  const isAsked = ({ id, scenario }: { id: string; scenario: string }): boolean =>
    selected.has(scenario) && !leftOut.has(id) && (scenario !== TABLE_ID || table.checks.has(id));
  return {
    ...base,
    checks: base.checks.filter(isAsked),
    table: base.table.filter(({ id }) => table.cells.has(id)),
    surveys: (base.surveys ?? []).filter(({ survey }) => selected.has(surveyId(survey))),
  };
}
