import { describe, expect, test } from 'vitest';
import { overridesFor } from './npm-overrides.ts';

const linkedom = { linkedom: '0.18.12' };
const libsignal = { libsignal: 'npm:libsignal@2.0.1' };

describe('the overrides of a release', () => {
  test.each([
    ['2026.1.29', { ...linkedom, ...libsignal }],
    ['2026.2.19', { ...linkedom, ...libsignal }],
    ['2026.2.6-3', { ...linkedom, ...libsignal }],
    ['2026.3.13', { ...linkedom, ...libsignal }],
    ['2026.3.22', linkedom],
    ['2026.4.1', linkedom],
    ['2026.4.15', { ...linkedom, ...libsignal }],
    ['2026.4.20', linkedom],
    ['2026.4.29-beta.4', linkedom],
    ['2026.5.7', linkedom],
    ['2026.5.12', {}],
    ['2026.7.2-beta.1', {}],
    ['2026.9.6', {}],
    ['2027.1.1', {}],
  ])('%s', (version, expected) => {
    expect(overridesFor(version)).toEqual(expected);
  });
});
