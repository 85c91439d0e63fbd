import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellId } from '../pairwise/cell.ts';
import { checksOfPart, shareOfPart, wholeTable } from '../pairwise/table-part.ts';
import { planStages } from '../play/plan-stages.ts';
import { unitsOf } from '../play/planned-stage.ts';
import { lengthOf, stepsOf } from '../play/play-unit.ts';
import { CATALOGUE } from '../scenario/catalogue/catalogue.fixture.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { scenariosOfShard } from './shard.ts';

const TABLE = wholeTable('quick', { path: null, runs: 40 });

/** The scenarios of each of `of` shards of these. */
const dealt = (scenarios: readonly LoadedScenario[], gateways: readonly string[], of: number): LoadedScenario[][] =>
  Array.from({ length: of }, (_, place) =>
    scenariosOfShard(scenarios, gateways, { table: null, surveys: [] }, { index: place + 1, of }),
  );

test('each scenario is in exactly one shard, in the order of the run', () => {
  fc.assert(
    fc.property(
      fc.subarray([...CATALOGUE]),
      fc.constantFrom(['2026.4.1'], ['latest'], ['2026.4.1', './openclaw-pr.tgz']),
      fc.integer({ min: 1, max: 8 }),
      (scenarios, gateways, of) => {
        const shards = dealt(scenarios, gateways, of);
        expect(shards.flat().length).toBe(scenarios.length);
        expect(new Set(shards.flat())).toEqual(new Set(scenarios));
        for (const shard of shards) expect(shard).toEqual(scenarios.filter((loaded) => shard.includes(loaded)));
      },
    ),
    { numRuns: 25 },
  );
});

test('the order in which the scenarios come does not change the shards', () => {
  const ids = (scenarios: readonly LoadedScenario[]): string[] => scenarios.map(({ scenario }) => scenario.id).sort();
  const shards = dealt(CATALOGUE, ['2026.9.6'], 4).map(ids);
  expect(dealt(CATALOGUE.toReversed(), ['2026.9.6'], 4).map(ids)).toEqual(shards);
});

describe.each(['2026.4.1', '2026.9.6'])('on %s', (version) => {
  /** The boots of stages, and the length of all that is played on them, in boots. */
  const effortOf = (scenarios: readonly LoadedScenario[]): { boots: number; length: number } => {
    const stages = planStages(scenarios, version);
    const lengths = stages.flatMap(unitsOf).map((unit) => lengthOf(unit) + stepsOf(unit).length / 60);
    return { boots: stages.length, length: stages.length + lengths.reduce((sum, each) => sum + each, 0) };
  };

  test.each([2, 3, 4])('%i shards take about as long as each other, and cost few boots more', (of) => {
    const whole = effortOf(CATALOGUE);
    const parts = dealt(CATALOGUE, [version], of).map(effortOf);
    const longest = Math.max(...parts.map(({ length }) => length));
    const all = parts.reduce((sum, { length }) => sum + length, 0);
    expect(longest / (all / of)).toBeLessThan(1.1);
    expect(parts.reduce((sum, { boots }) => sum + boots, 0) - whole.boots).toBeLessThan(3 * of);
  });
});

test('the shards have each cell, the knocks of the command and the random knocks once', () => {
  for (const of of [1, 2, 5]) {
    const parts = Array.from({ length: of }, (_, place) => shareOfPart(TABLE, { index: place + 1, of }));
    expect(parts.flatMap(({ cells }) => cells.map(cellId)).sort()).toEqual(TABLE.cells.map(cellId).sort());
    expect(parts.filter(({ witness }) => witness)).toHaveLength(1);
    expect(parts.filter(({ search }) => search !== null)).toHaveLength(1);
    expect(new Set(parts.flatMap(checksOfPart))).toEqual(new Set(checksOfPart(TABLE)));
  }
});

test('a shard has no property that none of its cells is about', () => {
  const { cells, properties } = shareOfPart(TABLE, { index: 1, of: 300 });
  expect(properties.filter(({ appliesTo }) => !cells.some((cell) => appliesTo(cell)))).toEqual([]);
  expect(properties.length).toBeLessThan(TABLE.properties.length);
});
