import { expect, test } from 'vitest';
import { compareSettings } from './compare.ts';
import { knocksAt, seenWith } from './settings.fixture.ts';

const SOUND = seenWith();

test('a gateway compared with itself shows nothing', () => {
  expect(compareSettings(SOUND, SOUND)).toEqual({ base: '2026.9.6', head: '2026.9.6', settings: [] });
});

test('a knock that comes further is weaker, one that does less tighter, and one without an answer unknown', () => {
  const head = seenWith({
    password: { knocks: knocksAt('password', 'lan/no-secret', 'waits for approval') },
    'custom-address': { knocks: knocksAt('custom-address', 'here/secret', 'waits for approval') },
    'exact-proxy': { knocks: knocksAt('exact-proxy', 'lan/secret', 'undecided') },
  });
  expect(compareSettings(SOUND, head).settings).toEqual([
    {
      ...{ configuration: 'password', knock: 'lan/no-secret', kind: 'weakened' },
      ...{ was: 'refused before authentication (credentials)', is: 'waits for approval' },
    },
    {
      ...{ configuration: 'exact-proxy', knock: 'lan/secret', kind: 'undecided' },
      ...{ was: 'waits for approval', is: 'undecided' },
    },
    {
      ...{ configuration: 'custom-address', knock: 'here/secret', kind: 'tightened' },
      ...{ was: 'admitted with operator.read', is: 'waits for approval' },
    },
  ]);
});

test('a gateway that starts with unsafe settings, and an audit that says less, are weaker', () => {
  const head = seenWith({ 'no-auth': { runs: true, why: '' }, 'any-origin': { warnings: [] } });
  expect(compareSettings(SOUND, head).settings).toEqual([
    {
      ...{ configuration: 'any-origin', knock: null, kind: 'weakened' },
      was: 'the audit says gateway.control_ui.allowed_origins_wildcard',
      is: 'the audit says nothing',
    },
    {
      ...{ configuration: 'no-auth', knock: null, kind: 'weakened' },
      was: 'it does not start: Refusing to bind gateway to lan without auth.',
      is: 'it runs',
    },
  ]);
});

test('settings that only one of two releases knows are new or gone, and never weaker', () => {
  const older = seenWith({}, '2026.4.1');
  const kinds = (changes: { kind: string }[]): string[] => [...new Set(changes.map(({ kind }) => kind))].sort();
  expect(kinds(compareSettings(older, SOUND).settings)).toEqual(['gone', 'new', 'tightened']);
  expect(
    compareSettings(older, SOUND)
      .settings.filter(({ kind }) => kind === 'tightened')
      .map(({ configuration }) => configuration),
  ).toContain('pages-without-devices');
});
