import { describe, expect, test } from 'vitest';
import { ALLOWED, matrixWith } from '../rights/matrix.fixture.ts';
import { gatewayWith, playedRoute, routeOn } from '../routes/played.fixture.ts';
import { knocksAt, seenWith } from '../settings/settings.fixture.ts';
import { EVENTS_MUTANTS, RIGHTS_MUTANTS, ROUTES_MUTANTS, SETTINGS_MUTANTS } from './all-survey-mutants.ts';
import { MUTANT_RIGHTS, MUTANT_ROUTES, MUTANT_SETTINGS } from './mutant-surveys.ts';
import { surveyBuildsOf } from './survey-mutant.ts';

describe('rights', () => {
  const sound = matrixWith();
  const weak = matrixWith({ 'config.set': { 'remote/write': ALLOWED } });

  test('an unchanged matrix shows nothing', () => {
    expect(MUTANT_RIGHTS.noticed(sound, matrixWith())).toEqual({ gains: [], breaches: [] });
  });

  test('a caller that gets past the authorisation shows in the comparison and breaks a property', () => {
    const { gains, breaches } = MUTANT_RIGHTS.noticed(sound, weak);
    expect(gains).toEqual(['weakened: config.set: remote/write']);
    expect(breaches.map(({ property, where, by }) => ({ property, where, by }))).toContainEqual({
      property: 'a-call-needs-its-scope',
      where: 'config.set',
      by: ['remote/write'],
    });
  });

  test('what is wrong about the unchanged release is not noticed of a mutant', () => {
    expect(MUTANT_RIGHTS.noticed(weak, weak)).toEqual({ gains: [], breaches: [] });
  });

  test('a caller that gets less is not noticed by the comparison', () => {
    const denied = matrixWith({ 'config.set': { 'remote/admin': { kind: 'denied-scope', scope: 'operator.admin' } } });
    expect(MUTANT_RIGHTS.noticed(sound, denied).gains).toEqual([]);
  });

  test('a matrix is kept and read again', () => {
    expect(MUTANT_RIGHTS.fromStored(JSON.parse(JSON.stringify(MUTANT_RIGHTS.toStored(sound))))).toEqual(sound);
    expect(MUTANT_RIGHTS.fromStored({ version: '2026.9.6' })).toBeNull();
  });
});

describe('routes', () => {
  const MODELS = routeOn('2026.9.6', 'models');
  const base = gatewayWith('2026.9.6', playedRoute(MODELS));
  const open = gatewayWith('2026.9.6', playedRoute(MODELS, { 'no-credential from-lan': 'served' }));

  test('an unchanged gateway shows nothing', () => {
    expect(MUTANT_ROUTES.noticed(base, base)).toEqual({ gains: [], breaches: [] });
  });

  test('a request that opens a route shows in the comparison and breaks a property', () => {
    const { gains, breaches } = MUTANT_ROUTES.noticed(base, open);
    expect(gains).toEqual(['weakened: models: no-credential from-lan']);
    expect(breaches).toEqual([
      { property: 'a-secret-is-needed', where: 'models', by: ['no-credential from-lan'], seen: 'served' },
    ]);
  });

  test('what is wrong about the unchanged release is not noticed of a mutant', () => {
    expect(MUTANT_ROUTES.noticed(open, open)).toEqual({ gains: [], breaches: [] });
  });

  test('a request that no longer opens a route is not noticed', () => {
    expect(MUTANT_ROUTES.noticed(open, base)).toEqual({ gains: [], breaches: [] });
  });

  test('routes are kept and read again, unless they were played with other requests', () => {
    const stored = JSON.parse(JSON.stringify(MUTANT_ROUTES.toStored(open)));
    expect(MUTANT_ROUTES.fromStored(stored)).toEqual(open);
    stored.routes[0].digest = 'other';
    expect(MUTANT_ROUTES.fromStored(stored)).toBeNull();
    expect(MUTANT_ROUTES.fromStored({})).toBeNull();
  });
});

describe('settings', () => {
  const sound = seenWith();
  const open = seenWith({
    'private-proxies': { knocks: knocksAt('private-proxies', 'lan/says-loopback', 'admitted') },
  });

  test('a client that a setting lets in shows in the comparison and breaks a property', () => {
    const { gains, breaches } = MUTANT_SETTINGS.noticed(sound, open);
    expect(gains).toEqual(['weakened: private-proxies: lan/says-loopback: admitted with operator.read']);
    expect(breaches.map(({ property, where }) => [property, where])).toEqual([
      ['no-more-than-the-settings-open', 'private-proxies: lan/says-loopback'],
    ]);
    expect(MUTANT_SETTINGS.noticed(open, open)).toEqual({ gains: [], breaches: [] });
    expect(MUTANT_SETTINGS.noticed(open, sound)).toEqual({ gains: [], breaches: [] });
    const inPart = {
      ...open,
      configurations: open.configurations.filter(({ id }) => ['plain', 'private-proxies'].includes(id)),
    };
    expect(MUTANT_SETTINGS.noticed(sound, inPart)).toEqual(MUTANT_SETTINGS.noticed(sound, open));
  });

  test('each mutant names configurations of each of its releases that show it', () => {
    const builds = surveyBuildsOf(SETTINGS_MUTANTS);
    expect(builds.length).toBeGreaterThan(30);
    for (const build of builds) {
      const parts = MUTANT_SETTINGS.partsOf(build);
      expect(parts, build.mutant.id).toContain('plain');
      expect(parts?.length, build.mutant.id).toBeLessThan(5);
    }
    const others = [...RIGHTS_MUTANTS, ...ROUTES_MUTANTS, ...EVENTS_MUTANTS];
    expect(others.filter(({ shownBy }) => shownBy !== undefined)).toEqual([]);
  });

  test('what was seen is kept and read again', () => {
    expect(MUTANT_SETTINGS.fromStored(JSON.parse(JSON.stringify(open)))).toEqual(open);
    expect(MUTANT_SETTINGS.fromStored({})).toBeNull();
  });
});
