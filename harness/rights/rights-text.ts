import { differenceLines, findingLines } from '../survey/survey-text.ts';
import { count, listed } from '../text/format.ts';
import { CALLERS } from './callers.ts';
import { leastCallersOf, showsLeastCallers } from './least-callers.ts';
import { fromStored, type Matrix } from './matrix.ts';
import type { RightsReport } from './report.ts';
import { sayAbsence } from './say-absence.ts';
import { sayCallers } from './say-callers.ts';

/** How many rows that show it have each set of least callers, the most frequent first. */
export function countsByLeast({ rows }: Pick<Matrix, 'rows'>): [least: string, rows: number][] {
  const groups = Map.groupBy(rows.filter(showsLeastCallers), (row) => listed(leastCallersOf(row)));
  return [...groups].map(([least, { length }]): [string, number] => [least, length]).sort((a, b) => b[1] - a[1]);
}

/** The result of `postern rights` for a terminal: who may call how many methods, the findings, and the comparison. */
export function printRights(report: RightsReport): string {
  const matrix = fromStored(report.matrix);
  const admitted = CALLERS.filter(({ id }) => matrix.callers[id]?.kind === 'admitted');
  const calls = matrix.rows.reduce((sum, { answers }) => sum + Object.keys(answers).length, 0);
  return [
    `openclaw ${matrix.version}: ${count(calls, 'call')} of ${count(matrix.rows.length, 'row')} by ${count(admitted.length, 'caller')} in ${Math.round(report.seconds)} s, seed ${report.seed}`,
    ...countsByLeast(matrix).map(([least, rows]) => `  ${`${rows}`.padStart(4)}  ${least}`),
    ...absences(matrix),
    ...findingLines(
      report.findings.map(({ property, where, callers, seen }) => `${property}: ${where}: ${seen}${by(callers)}`),
      report.withheld,
    ),
    ...comparisonLines(report),
  ].join('\n');
}

function absences({ callers }: Matrix): string[] {
  const told = CALLERS.flatMap(({ id }) => {
    const state = callers[id];
    const why = state === undefined ? null : sayAbsence(state);
    return why === null ? [] : [`  ${id}: ${why}`];
  });
  return told.length === 0 ? [] : ['', 'Callers that this release does not have:', ...told];
}

const by = (callers: readonly string[]): string => (callers.length === 0 ? '' : ` (${sayCallers(callers)})`);

function comparisonLines({ comparison }: RightsReport): string[] {
  if (comparison === null) return [];
  const { rows, admitted, notAdmitted, newCallers } = comparison;
  const lines = rows.map(({ kind, row, gained, lost }) =>
    [
      `  ${kind.padEnd(9)}  ${row}`,
      ...(gained.length > 0 && kind !== 'new' ? [`             now  ${sayCallers(gained)}`] : []),
      ...(lost.length > 0 && kind !== 'gone' ? [`             no longer  ${sayCallers(lost)}`] : []),
    ].join('\n'),
  );
  const callers = [
    ...admitted.map((id) => `  weakened   ${id} is admitted, and was not`),
    ...notAdmitted.map((id) => `  tightened  ${id} is no longer admitted`),
    ...newCallers.map((id) => `  new        ${id}`),
  ];
  return differenceLines(
    comparison,
    [...callers, ...lines].map((line) => [line]),
  );
}
