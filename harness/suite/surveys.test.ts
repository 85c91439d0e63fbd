import { expect, test } from 'vitest';
import type { ProfileName } from '../scenario/catalogue/profile.ts';
import type { Selection } from '../scenario/catalogue/select.ts';
import { surveysOfShard } from './shard.ts';
import { SURVEYS, surveysIn } from './surveys.ts';

const EVERYTHING: Selection = { only: [], classes: [], tags: [], profile: null };
const namesIn = (over: Partial<Selection>, isWhole: boolean): string[] =>
  surveysIn({ ...EVERYTHING, ...over }, isWhole).map(({ name }) => name);

test('a gate without a filter plays every survey, and a run none', () => {
  expect([namesIn({}, true), namesIn({}, false)]).toEqual([['rights', 'routes', 'events', 'settings'], []]);
});

test('a filter selects the surveys that it names, and no others', () => {
  expect([
    namesIn({ only: ['boundary/routes'] }, false),
    namesIn({ only: ['host-header/dns-rebinding'] }, true),
    namesIn({ classes: ['host-header'] }, true),
  ]).toEqual([['routes'], [], []]);
});

test('profile pr plays methods and routes, and the others events and settings too', () => {
  const names = (name: ProfileName): string[] => namesIn({ profile: { name, changedPaths: null } }, true);
  expect([names('pr'), names('release'), names('nightly')]).toEqual([
    ['rights', 'routes'],
    ['rights', 'routes', 'events', 'settings'],
    ['rights', 'routes', 'events', 'settings'],
  ]);
});

test.each([1, 2, 3, 5])('of %i shards, each survey is in exactly one', (of) => {
  const shared = Array.from({ length: of }, (_, place) => surveysOfShard(SURVEYS, { index: place + 1, of })).flat();
  expect(shared.map(({ name }) => name).sort()).toEqual(['events', 'rights', 'routes', 'settings']);
});
