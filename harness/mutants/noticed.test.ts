import { expect, test } from 'vitest';
import type { Violation } from '../survey/survey.ts';
import { newBreaches } from './noticed.ts';

const breach = (where: string, by: readonly string[], property = 'p'): Violation => ({
  property,
  where,
  by,
  seen: 's',
});

test('a breach is new at another place, of another property, or by further callers', () => {
  const base = [breach('a', ['one']), breach('a', ['two'])];
  const news = [breach('b', ['one']), breach('a', ['one'], 'q'), breach('a', ['one', 'three'])];
  expect(newBreaches(base, news)).toEqual(news);
});

test('a breach that the unchanged release has is not new, also if fewer callers show it or others say it', () => {
  const base = [breach('a', ['one']), breach('a', ['two'])];
  expect(newBreaches(base, [breach('a', ['one', 'two']), { ...breach('a', ['two']), seen: 'else' }])).toEqual([]);
});

test('a breach without callers is new unless the release has one of its property there', () => {
  expect(newBreaches([breach('a', [])], [breach('a', []), breach('b', [])])).toEqual([breach('b', [])]);
});
