import { describe, expect, test } from 'vitest';
import { declaredChecks } from '../pairwise/declared.ts';
import { planStages } from '../play/plan-stages.ts';
import { CATALOGUE } from '../scenario/catalogue/catalogue.fixture.ts';
import { everyStepOf } from '../scenario/catalogue/checks.ts';
import { inRange } from '../scenario/releases/range.ts';
import { CONTROL, MUTANTS, SMOKE } from './all-mutants.ts';
import { buildsOf, MUTATED_RELEASES } from './mutant.ts';
import { withoutWorkarounds } from './play.ts';
import { playedOn } from './selftest.ts';

const all = CATALOGUE.map(withoutWorkarounds);
const declared = declaredChecks(all);
const mutantBuilds = buildsOf(MUTANTS);
const scenarioOf = (id: string) => all.find(({ scenario }) => scenario.id === id);

test('each release has enough mutants', () => {
  for (const release of MUTATED_RELEASES) {
    const weakened = mutantBuilds.filter((each) => each.release === release && each.mutant.fix === undefined);
    expect(weakened.length, release).toBeGreaterThanOrEqual(30);
  }
  expect(mutantBuilds.filter(({ mutant }) => mutant.fix !== undefined).length).toBeGreaterThanOrEqual(3);
});

test('mutant ids are unique and well-formed', () => {
  expect(new Set(MUTANTS.map(({ id }) => id)).size).toBe(MUTANTS.length);
  expect(MUTANTS.filter(({ id }) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
});

describe.each(mutantBuilds)('$mutant.id on $release', (mutantBuild) => {
  test('names existing checks, each once', () => {
    expect(mutantBuild.expectedKills.length === 0).toBe(mutantBuild.mutant.unseen !== undefined);
    expect(new Set(mutantBuild.expectedKills).size).toBe(mutantBuild.expectedKills.length);
    expect(mutantBuild.expectedKills.filter((check) => !declared.has(check))).toEqual([]);
  });

  test('plays no scenario that does not apply to the release, takes minutes, or needs another release', () => {
    for (const id of playedOn(mutantBuild)) {
      const loaded = scenarioOf(id);
      expect(loaded, id).toBeDefined();
      if (loaded === undefined) continue;
      const { applies, tags, gateway } = loaded.scenario;
      expect(applies === undefined || inRange(mutantBuild.release, applies.releases), id).toBe(true);
      expect(tags).not.toContain('slow');
      expect(gateway.release, id).toBeUndefined();
      const steps = everyStepOf(loaded.scenario);
      expect(
        steps.filter((step) => step.kind === 'upgrade' && step.body.to !== undefined),
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

test('the smoke set has six mutants, all of the release that boots fastest', () => {
  expect(SMOKE).toHaveLength(6);
  const [fastest] = MUTATED_RELEASES;
  expect(SMOKE.filter((id) => !mutantBuilds.some((each) => each.mutant.id === id && each.release === fastest))).toEqual(
    [],
  );
});
