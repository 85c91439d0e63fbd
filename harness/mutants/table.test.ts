import { describe, expect, test } from 'vitest';
import { declaredChecks } from '../pairwise/declared.ts';
import { planStages } from '../play/plan.ts';
import { ROOT } from '../root.ts';
import { everyStepOf } from '../scenario/checks.ts';
import { loadScenarios } from '../scenario/load.ts';
import { inRange } from '../scenario/range.ts';
import { MUTATED_RELEASES, specimensOf } from './mutant.ts';
import { withoutRemedies } from './play.ts';
import { playedOn } from './selftest.ts';
import { CONTROL, MUTANTS, SMOKE } from './table.ts';

const all = loadScenarios(ROOT).map(withoutRemedies);
const specimens = specimensOf(MUTANTS);
const scenarioOf = (id: string) => all.find(({ scenario }) => scenario.id === id);

test('there are enough of them, on each release', () => {
  for (const release of MUTATED_RELEASES) {
    const weakened = specimens.filter((each) => each.release === release && each.mutant.fix === undefined);
    expect(weakened.length, release).toBeGreaterThanOrEqual(30);
  }
  expect(specimens.filter(({ mutant }) => mutant.fix !== undefined).length).toBeGreaterThanOrEqual(3);
});

test('no two have one name', () => {
  expect(new Set(MUTANTS.map(({ id }) => id)).size).toBe(MUTANTS.length);
  expect(MUTANTS.filter(({ id }) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
});

describe.each(specimens)('$mutant.id on $release', (specimen) => {
  test('names checks that there are, each once', () => {
    expect(specimen.trips.length === 0).toBe(specimen.mutant.unseen !== undefined);
    expect(new Set(specimen.trips).size).toBe(specimen.trips.length);
    const known = declaredChecks(all);
    expect(specimen.trips.filter((check) => !known.has(check))).toEqual([]);
  });

  test('plays nothing that the release does not have, that takes minutes, or that needs another image', () => {
    for (const id of playedOn(specimen)) {
      const loaded = scenarioOf(id);
      expect(loaded, id).toBeDefined();
      if (loaded === undefined) continue;
      const { applies, tags, gateway } = loaded.scenario;
      expect(applies === undefined || inRange(specimen.release, applies.range), id).toBe(true);
      expect(tags).not.toContain('slow');
      expect(gateway.release, id).toBeUndefined();
      const steps = everyStepOf(loaded.scenario);
      expect(
        steps.filter((step) => step.kind === 'browser' || (step.kind === 'upgrade' && step.body.to !== undefined)),
        id,
      ).toEqual([]);
    }
  });
});

test('the control set shares one stage', () => {
  for (const release of MUTATED_RELEASES) {
    const control = all.filter(({ scenario }) => CONTROL.includes(scenario.id));
    expect(control).toHaveLength(CONTROL.length);
    expect(planStages(control, release)).toHaveLength(1);
  }
});

test('the smoke set is six of them, all on the release that boots fastest', () => {
  expect(SMOKE).toHaveLength(6);
  const [fastest] = MUTATED_RELEASES;
  expect(SMOKE.filter((id) => !specimens.some((each) => each.mutant.id === id && each.release === fastest))).toEqual(
    [],
  );
});
