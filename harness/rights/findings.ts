import { provenBy } from './call-answer.ts';
import { breachesOf, type CallerFinding } from './caller-property.ts';
import type { RightsComparison } from './compare.ts';
import { type Matrix, nameOfRow } from './matrix.ts';
import { RIGHTS_PROPERTIES } from './properties.ts';

/** Gives the breaches of all properties that are claimed for the version of the gateway. */
export const findingsOf = (matrix: Matrix): CallerFinding[] => breachesOf(RIGHTS_PROPERTIES, matrix);

/** The id of the finding about a new method that needs no scope. */
const OPEN_AT_ONCE = 'new-methods-need-a-scope';

/** Gives the methods that only the head has and that an operator without a scope may call. */
export function newOpenMethods({ rows }: RightsComparison, head: Matrix): CallerFinding[] {
  const fresh = new Set(rows.filter(({ kind }) => kind === 'new').map(({ row }) => row));
  return head.rows
    .filter((row) => fresh.has(nameOfRow(row)))
    .flatMap((row) => {
      const callers = ['local/none', 'remote/none'].filter((id) => {
        const answer = row.answers[id];
        return answer !== undefined && provenBy(answer) === 'may';
      });
      if (callers.length === 0) return [];
      const statement = 'A method that the base does not have is denied to an operator without a scope.';
      return [{ property: OPEN_AT_ONCE, statement, where: nameOfRow(row), callers, seen: 'allowed' }];
    });
}

/** The matrix without the rows and effects that findings are about, for output that others may read. */
export function withoutFindings(matrix: Matrix, findings: readonly CallerFinding[]): Matrix {
  const named = new Set(findings.map(({ where }) => where));
  return { ...matrix, rows: matrix.rows.filter((row) => !named.has(nameOfRow(row))), effects: [] };
}
