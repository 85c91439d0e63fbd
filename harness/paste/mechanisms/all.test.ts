import { describe, expect, test } from 'vitest';
import { ROOT } from '../../root.ts';
import { loadScenarios } from '../../scenario/catalogue/load.ts';
import { isRange } from '../../scenario/releases/range.ts';
import { SIGN_IDS } from '../signs.ts';
import { WORKAROUND_IDS, workaroundsOf } from '../workarounds.ts';
import { MECHANISM_IDS, mechanismOf } from './all.ts';

const scenarios = loadScenarios(ROOT);
const ids = scenarios.map(({ scenario }) => scenario.id);
const mechanisms = MECHANISM_IDS.map((id) => ({ id, ...mechanismOf(id) }));

describe('the table of mechanisms', () => {
  test('names scenarios that exist', () => {
    const named = mechanisms.flatMap(({ scenarios: playing, nearest = [] }) => [...playing, ...nearest]);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('reaches every scenario; a new one belongs to a mechanism in harness/paste/mechanisms/', () => {
    const reached = new Set(mechanisms.flatMap(({ scenarios: playing }) => playing));
    expect(ids.filter((id) => !reached.has(id))).toEqual([]);
  });

  test('names no scenario twice, and none as near that plays it first', () => {
    const twice = mechanisms.filter(({ scenarios: playing }) => new Set(playing).size < playing.length);
    const both = mechanisms.filter(({ scenarios: playing, nearest = [] }) => nearest.includes(`${playing[0]}`));
    expect([...twice, ...both].map(({ id }) => id)).toEqual([]);
  });

  test('has the nearest scenarios where none plays a failure of the gateway', () => {
    const bare = mechanisms.filter(
      ({ class: kind, scenarios: playing, nearest = [] }) =>
        kind !== null && playing.length === 0 && nearest.length === 0,
    );
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  test('gives no scenario to what is not the gateway', () => {
    const elsewhere = mechanisms.filter(({ class: kind, scenarios: playing }) => kind === null && playing.length > 0);
    expect(elsewhere.map(({ id }) => id)).toEqual([]);
  });

  test('needs only signs that it rests on or that are shared, and can be reached by what it needs', () => {
    const unreachable = mechanisms.filter(({ needs, rests }) =>
      needs.every((group) => group.every((sign) => (rests[sign] ?? 0) <= 0)),
    );
    expect(unreachable.map(({ id }) => id)).toEqual([]);
    expect(mechanisms.filter(({ needs }) => needs.length === 0 || needs.some((group) => group.length === 0))).toEqual(
      [],
    );
  });

  test('has ranges of releases that can be read', () => {
    expect(mechanisms.filter(({ releases }) => releases !== undefined && !isRange(releases))).toEqual([]);
  });

  test('uses every sign', () => {
    const used = new Set(
      mechanisms.flatMap(({ needs, rests }) => [...needs.flat(), ...SIGN_IDS.filter((sign) => sign in rests)]),
    );
    expect(SIGN_IDS.filter((sign) => !used.has(sign))).toEqual([]);
  });
});

test('every workaround is one that reports can be compared with, or is particular to its scenario', () => {
  const unknown = scenarios.flatMap((loaded) => workaroundsOf(loaded).filter(({ id }) => id === null));
  expect([...new Set(unknown.map(({ says }) => says))].sort()).toEqual([
    'Approve it from another local client, such as the Control UI, that asks for administration itself.',
    'List the requests, then approve the id that the list shows.',
    'Run the same command once more.',
    'Use the documented proxy configuration, which sends X-Forwarded-For as well.',
    'Use the documented proxy configuration, which sends X-Forwarded-For.',
  ]);
  expect(WORKAROUND_IDS.length).toBeGreaterThan(15);
});
