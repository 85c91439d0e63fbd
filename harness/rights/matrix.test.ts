import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byText } from '../text/by-text.ts';
import { ALLOWED, matrixWith, ROWS } from './matrix.fixture.ts';
import { fromStored, type Matrix, nameOfRow, storedMatrixSchema, toStored } from './matrix.ts';

test('rows with the same answers are stored once, with the callers of each answer', () => {
  const [first] = ROWS;
  if (first === undefined) throw new Error('the fixture has no rows');
  const row = (method: string) => ({ ...first, method, answers: { 'remote/read': ALLOWED, 'local/node': ALLOWED } });
  const matrix: Matrix = { version: '1', callers: {}, effects: [], rows: [row('b'), row('a')] };
  expect(toStored(matrix)).toEqual({
    version: '1',
    callers: {},
    effects: [],
    groups: [
      {
        found: ['hello', 'table'],
        declared: 'operator.read',
        needs: ['operator.read'],
        answers: [{ answer: { kind: 'allowed' }, callers: ['local/node', 'remote/read'] }],
        rows: ['a', 'b'],
      },
    ],
  });
});

const answers = fc.dictionary(
  fc.constantFrom('local/node', 'remote/read', 'remote/admin'),
  fc.constantFrom(
    ALLOWED,
    { kind: 'denied-scope', scope: 'operator.read' } as const,
    { kind: 'closed', code: 1008 } as const,
  ),
  { noNullPrototype: true },
);
const rows = fc.uniqueArray(
  fc.record({
    method: fc.stringMatching(/^[a-z]{1,6}(\.[a-zA-Z]{1,6})?$/),
    given: fc.option(fc.stringMatching(/^[a-z (){}]{1,10}$/)),
    found: fc.constantFrom<Matrix['rows'][number]['found'][]>(['hello'], ['table'], ['hello', 'table']),
    declared: fc.option(fc.constantFrom('node', 'operator.read')),
    needs: fc.option(fc.constant('operator.read').map((scope) => [scope])),
    answers,
  }),
  { selector: nameOfRow },
);

test('a stored matrix is valid, and has every row with its answers', () => {
  fc.assert(
    fc.property(rows, (played) => {
      const matrix: Matrix = { version: '1', callers: {}, effects: [], rows: played };
      const stored = toStored(matrix);
      expect(storedMatrixSchema.parse(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
      expect(fromStored(stored)).toEqual({
        ...matrix,
        rows: played.toSorted((a, b) => byText(nameOfRow(a), nameOfRow(b))),
      });
    }),
  );
});

test('the stored form does not depend on the order of the rows', () => {
  const matrix = matrixWith();
  expect(toStored({ ...matrix, rows: matrix.rows.toReversed() })).toEqual(toStored(matrix));
});
