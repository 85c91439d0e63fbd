import { expect, test } from 'vitest';
import { playsBeside, playsFor } from './plays.ts';

const AFFECTED = '>=2026.2.19 <2026.2.26 || >=2026.3.28 <2026.8.1';

test('the reported release, the newest, and both sides of the end of its part of the affected range', () => {
  expect(playsFor(AFFECTED, { reported: '2026.2.21', newest: '2026.9.6' })).toEqual([
    { version: '2026.2.21', why: ['reported'] },
    { version: '2026.9.6', why: ['newest'] },
    { version: '2026.2.25', why: ['last-affected'] },
    { version: '2026.2.26', why: ['first-after'] },
  ]);
});

test('a release that has two reasons is played once', () => {
  expect(playsFor('>=2026.9.6', { reported: '2026.9.6', newest: '2026.9.6' })).toEqual([
    { version: '2026.9.6', why: ['reported', 'newest', 'last-affected'] },
  ]);
});

test('for a release after the affected ones, the last part before it decides', () => {
  expect(playsFor(AFFECTED, { reported: '2026.3.2', newest: '2026.9.6' }).map(({ version }) => version)).toEqual([
    '2026.3.2',
    '2026.9.6',
    '2026.2.25',
    '2026.2.26',
  ]);
});

test('without a reported release, the last affected one is played', () => {
  expect(playsFor(AFFECTED, { reported: null, newest: '2026.9.6' })).toEqual([
    { version: '2026.9.6', why: ['newest'] },
    { version: '2026.7.35', why: ['last-affected'] },
    { version: '2026.8.1', why: ['first-after'] },
  ]);
});

test('a scenario that affects no release is played on the reported and the newest one', () => {
  expect(playsFor('none', { reported: '2026.4.1', newest: '2026.9.6' })).toEqual([
    { version: '2026.4.1', why: ['reported'] },
    { version: '2026.9.6', why: ['newest'] },
  ]);
});

test('a scenario beside the best one is played on the reported and the newest release only', () => {
  expect(playsBeside({ reported: '2026.2.21', newest: '2026.9.6' })).toEqual([
    { version: '2026.2.21', why: ['reported'] },
    { version: '2026.9.6', why: ['newest'] },
  ]);
  expect(playsBeside({ reported: null, newest: '2026.9.6' })).toEqual([{ version: '2026.9.6', why: ['newest'] }]);
});
