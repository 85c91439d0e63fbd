import { expect, test } from 'vitest';
import { admitted, isHere, pairing, played } from '../compare/findings/played-table.fixture.ts';
import { replayCommand } from '../replay-command.ts';
import type { TableCell } from '../results/report.ts';
import { cellFromReport, cellInReport } from './reported-cell.ts';

const [PLAYED, OTHER] = [pairing(isHere), () => admitted([])].map((gateway) => played(gateway, '2026.9.6').table);
if (PLAYED === undefined || OTHER === undefined) throw new Error('two gateways are played');

/** A cell read from a report and written again; null if it cannot be read. */
function again(cell: TableCell): TableCell | null {
  const cellResult = cellFromReport(cell);
  return cellResult === null ? null : cellInReport(cellResult, cell.gateway);
}

const repeated = (cell: TableCell): TableCell => ({
  ...cell,
  repeat: replayCommand(cell.id, { gateways: [cell.gateway] }),
});

test('a cell that is read from a report and written again is the same', () => {
  expect(PLAYED.map(again)).toEqual(PLAYED.map(repeated));
});

test('so is its second observation if the cell is flaky, and one with the same answers is left out', () => {
  const same = PLAYED.map((cell) => ({ ...cell, second: { unreached: null, looks: cell.looks } }));
  expect(same.map(again)).toEqual(PLAYED.map(repeated));
  const lost = PLAYED.map((cell) => ({ ...cell, flaky: true, second: { unreached: 'it was gone', looks: [] } }));
  expect(lost.map(again)).toEqual(lost.map(repeated));
  const other = PLAYED.map((cell, place) => ({
    ...cell,
    second: { unreached: null, looks: OTHER[place]?.looks ?? [] },
  }));
  expect(other.flatMap((cell) => again(cell)?.flaky ?? []).includes(true)).toBe(true);
});

test('a cell with a value that is unknown, or without a probe, cannot be read', () => {
  const [cell] = PLAYED;
  if (cell === undefined) throw new Error('the table has a cell');
  expect(again({ ...cell, values: { ...cell.values, kind: 'teapot' } })).toBe(null);
  expect(again({ ...cell, looks: cell.looks.slice(1) })).toBe(null);
  expect(again({ ...cell, second: { unreached: null, looks: [] } })).toBe(null);
});
