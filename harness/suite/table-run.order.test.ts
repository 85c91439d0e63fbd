import { expect, test } from 'vitest';
import { cellId, PLAIN, valuesOf } from '../pairwise/cell.ts';
import type { Cell } from '../pairwise/dimensions.ts';
import { TABLE_PROPERTIES } from '../pairwise/properties.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import { ROOT } from '../root.ts';
import { RIGHT } from '../stub-gateway/gateway.fixture.ts';
import { openStubStage } from '../stub-gateway/stage.fixture.ts';
import { SHORT } from '../stub-gateway/stub-scenario.fixture.ts';
import { playCells } from './table-run.ts';

/** Cells that a stub gateway can distinguish by the header that each of them sends. */
const CELLS: Cell[] = valuesOf('forwarded')
  .map((forwarded): Cell => ({ ...PLAIN, forwarded }))
  .filter(({ forwarded }) => forwarded.startsWith('xff-'))
  .toSorted((a, b) => (cellId(a) < cellId(b) ? -1 : 1));

/** The order in which the stub gateway got the cells, and the order of the cells in the report. */
async function playedWith(seed: number): Promise<{ met: string[]; told: string[] }> {
  const met = new Set<string>();
  const secretRegistry = createSecretRegistry();
  const { stage } = await openStubStage(
    {
      greet(house, visit) {
        const header = visit.request.headers['x-forwarded-for'];
        if (header !== undefined) met.add(`${header}`);
        RIGHT.greet(house, visit);
      },
    },
    secretRegistry,
  );
  try {
    const part = { cells: CELLS, properties: TABLE_PROPERTIES, witness: false, search: null };
    const { cells } = await playCells(
      { part, seed, save: false, doubted: async () => new Set() },
      { stage, secretRegistry, timeouts: SHORT, stopped: () => false, knocked: () => {}, seed: 1 },
      ROOT,
      {
        gateway: 'stub',
        version: '2026.9.6',
        purpose: 'run',
        skipped: null,
        deviations: [],
        today: '2026-11-21',
        redact: (text) => text,
      },
    );
    return { met: [...met], told: cells.map(({ id }) => id) };
  } finally {
    await stage.close();
  }
}

test('a table is played in the order of its seed, and reported in the order of its cells', async () => {
  const [one, other] = [await playedWith(1), await playedWith(2)];
  expect(one.met).not.toEqual(other.met);
  expect(one.met.toSorted()).toEqual(other.met.toSorted());
  expect(one.met).toHaveLength(CELLS.length);
  expect(one.told).toEqual(CELLS.map(cellId));
  expect(other.told).toEqual(one.told);
});
