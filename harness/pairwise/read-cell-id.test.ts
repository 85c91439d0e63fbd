import { describe, expect, test } from 'vitest';
import { UsageError } from '../exit.ts';
import { cellId, PLAIN } from './cell.ts';
import { cellsOf } from './covering-array.ts';
import { readCellId } from './read-cell-id.ts';

test('the id of every cell of the table names that cell', () => {
  const cells = cellsOf('quick');
  expect(cells.map((cell) => readCellId(cellId(cell)))).toEqual(cells.map((cell) => ({ cell, probe: null })));
});

test.each<[string, ReturnType<typeof readCellId>]>([
  ['plain', { cell: PLAIN, probe: null }],
  ['table/plain/elsewhere', { cell: PLAIN, probe: 'elsewhere' }],
  ['loopback/again', { cell: { ...PLAIN, route: 'loopback' }, probe: 'again' }],
  ['table/asks-admin+loopback/knock', { cell: { ...PLAIN, route: 'loopback', asks: 'asks-admin' }, probe: 'knock' }],
])('%s names a cell, with its probe if it has one', (text, named) => {
  expect(readCellId(text)).toEqual(named);
});

test.each(['', 'stale-scopes', 'host-header/dns-rebinding', 'boundary/table/strangers-wait', 'loopback/later'])(
  '"%s" names no cell',
  (text) => {
    expect(readCellId(text)).toBeNull();
  },
);

describe('a cell that cannot be', () => {
  test.each([
    [
      'loopback+wrong-secet',
      '"wrong-secet" in loopback+wrong-secet is no value of the decision table',
      'Did you mean wrong-secret? harness/pairwise/dimensions.ts has every value.',
    ],
    ['loopback+proxy', 'loopback+proxy has two values of the dimension route: loopback and proxy', 'Give one of them.'],
    [
      'device-token',
      'no client can have the values of device-token at once',
      'Copy the id of a cell from a report; harness/pairwise/cell.ts says which values exclude each other.',
    ],
  ])('%s is refused', (text, message, next) => {
    const refused = (): unknown => readCellId(text);
    expect(refused).toThrow(new UsageError(message, next));
  });
});
