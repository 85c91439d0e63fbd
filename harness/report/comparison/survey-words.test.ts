import { expect, test } from 'vitest';
import type { SurveyChange } from '../../results/comparison.ts';
import { describeGroup, groupsOf, surveysHeading } from './survey-words.ts';

const change = (kind: SurveyChange['kind'], where: string, gained: string): SurveyChange => ({
  ...{ survey: 'rights', kind, where, gained },
  ...{ lost: '', isOfBase: false, accepted: null },
});

const METHODS = Array.from({ length: 10 }, (_, index) => `m${index}`);

test('changes that give the same to the same are one group, at the place of the first', () => {
  const changes = [
    change('weakened', 'config.set', 'read'),
    change('weakened', 'cron.add', 'node'),
    change('weakened', 'config.apply', 'read'),
  ];
  expect(groupsOf(changes).map(describeGroup)).toEqual([
    'rights/config.set, rights/config.apply: given to others (now read)',
    'rights/cron.add: given to others (now node)',
  ]);
  expect(surveysHeading(changes)).toBe('Behind the door: 3 differences in 2 groups');
});

test('what is not known is one group for each survey, and names nobody if it is not the same for all', () => {
  const changes = METHODS.map((where, index) => change('undecided', where, index === 3 ? 'node' : 'read'));
  expect(groupsOf(changes).map(describeGroup)).toEqual([
    'rights/m0, rights/m1, rights/m2, rights/m3, rights/m4, rights/m5, rights/m6, rights/m7 and 2 more: not known',
  ]);
});

test('changes that have nothing in common are counted once', () => {
  expect(surveysHeading([change('new', 'a', 'read')])).toBe('Behind the door: 1 difference');
});
