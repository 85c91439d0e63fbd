import { describe, expect, test } from 'vitest';
import { PLAIN } from './cell.ts';
import { cellsOf } from './covering-array.ts';
import { TABLE_CHECKS, TABLE_PROPERTIES } from './properties.ts';
import { cellAlone, checkAlone, checksOfPart, wholeTable } from './table-part.ts';

const SEARCH = { path: null, runs: 60 };

test('the whole table has every check', () => {
  const part = wholeTable('quick', SEARCH);
  expect(checksOfPart(part)).toEqual(TABLE_CHECKS);
  expect(part.cells).toEqual(cellsOf('quick'));
});

test('one cell is judged by the properties that apply to it, and by nothing else', () => {
  const part = cellAlone(PLAIN);
  const others = TABLE_PROPERTIES.filter((property) => !part.properties.includes(property));
  expect([part.cells, part.witness, part.search]).toEqual([[PLAIN], false, null]);
  expect(part.properties.map(({ id }) => id)).toContain('strangers-wait');
  expect(others.map(({ id }) => id)).toContain('a-secret-is-needed');
  expect(others.filter(({ appliesTo }) => appliesTo(PLAIN))).toEqual([]);
});

test('every cell of a table has properties to be judged by', () => {
  expect(cellsOf('quick').filter((cell) => cellAlone(cell).properties.length === 0)).toEqual([]);
});

describe('one check', () => {
  test.each(TABLE_CHECKS)('%s comes of its part, alone', (id) => {
    const part = checkAlone(id, SEARCH);
    expect(part === null ? null : checksOfPart(part)).toEqual([id]);
  });

  test('of a property plays the cells that the property applies to', () => {
    const { cells, properties } =
      checkAlone('boundary/table/a-secret-is-needed', SEARCH) ?? wholeTable('quick', SEARCH);
    expect(cells.length).toBeGreaterThan(0);
    expect(cells.length).toBeLessThan(cellsOf('quick').length);
    expect(cells.filter((cell) => !properties[0]?.appliesTo(cell))).toEqual([]);
  });

  test('that the table does not have is none', () => {
    expect(checkAlone('boundary/table/no-such-check', SEARCH)).toBeNull();
  });
});
