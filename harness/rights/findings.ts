import { z } from 'zod';
import { inRange, isVersion } from '../scenario/releases/range.ts';
import { provenBy } from './call-answer.ts';
import type { RightsComparison } from './compare.ts';
import { type Matrix, nameOfRow } from './matrix.ts';
import { RIGHTS_PROPERTIES } from './properties.ts';

/** A breach of a property on a gateway: where, by which callers, and what was seen. */
export const rightsFindingSchema = z.strictObject({
  property: z.string(),
  statement: z.string(),
  where: z.string(),
  callers: z.array(z.string()),
  seen: z.string(),
});
export type Finding = z.infer<typeof rightsFindingSchema>;

/** Gives the breaches of all properties that are claimed for the version; one that cannot be read, such as "dev", counts as the newest. */
export function findingsOf(matrix: Matrix): Finding[] {
  return RIGHTS_PROPERTIES.filter(
    ({ releases }) => !isVersion(matrix.version) || inRange(matrix.version, releases),
  ).flatMap(({ id, statement, breaches }) =>
    breaches(matrix).map((breach) => ({ property: id, statement, ...breach, callers: [...breach.callers] })),
  );
}

/** The id of the finding about a new method that needs no scope. */
const OPEN_AT_ONCE = 'new-methods-need-a-scope';

/** Gives the methods that only the head has and that an operator without a scope may call. */
export function newOpenMethods({ rows }: RightsComparison, head: Matrix): Finding[] {
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
export function withoutFindings(matrix: Matrix, findings: readonly Finding[]): Matrix {
  const named = new Set(findings.map(({ where }) => where));
  return { ...matrix, rows: matrix.rows.filter((row) => !named.has(nameOfRow(row))), effects: [] };
}
