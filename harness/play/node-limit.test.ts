import { expect, test } from 'vitest';
import { CATALOGUE } from '../scenario/catalogue/catalogue.fixture.ts';
import { withinNodeLimit } from './node-limit.ts';
import { type PlayUnit, stepsOf, unitsOn } from './play-unit.ts';

const unitsOfCatalogue = (version: string): PlayUnit[] => CATALOGUE.flatMap((loaded) => unitsOn(loaded, version));

const nodeKnocks = (units: readonly PlayUnit[]): number =>
  units.flatMap((unit) =>
    stepsOf(unit).filter(
      (step) =>
        step.kind === 'knock' && { ...unit.loaded.scenario.clients[step.body.as], ...step.body.claims }.role === 'node',
    ),
  ).length;

test.each(['2026.6.5', '2026.7.1-2', '2026.9.6'])(
  'on %s, no batch has more than sixteen knocks of nodes',
  (version) => {
    const units = unitsOfCatalogue(version);
    const batches = withinNodeLimit(units, version);
    expect(batches.map(nodeKnocks).filter((knocks) => knocks > 16)).toEqual([]);
    expect(batches.length).toBeGreaterThan(2);
    expect(new Set(batches.flat())).toEqual(new Set(units));
    expect(batches.flat()).toHaveLength(units.length);
  },
);

test.each(['2026.4.1', '2026.6.1'])('on %s, all units are one batch', (version) => {
  const units = unitsOfCatalogue(version);
  expect(withinNodeLimit(units, version)).toEqual([units]);
});
