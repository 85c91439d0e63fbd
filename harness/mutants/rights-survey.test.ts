import { expect, test } from 'vitest';
import { ALLOWED, matrixWith } from '../rights/matrix.fixture.ts';
import { MUTANT_RIGHTS, noticedInRights } from './rights-survey.ts';

test('an unchanged matrix shows nothing', () => {
  expect(noticedInRights(matrixWith(), matrixWith())).toEqual({ gains: [], breaches: [] });
});

test('a caller that gets past the authorisation shows in the comparison and breaks a property', () => {
  const { gains, breaches } = noticedInRights(matrixWith(), matrixWith({ 'config.set': { 'remote/write': ALLOWED } }));
  expect(gains).toEqual(['weakened: config.set: remote/write']);
  expect(breaches.map(({ property, where, by }) => ({ property, where, by }))).toContainEqual({
    property: 'a-call-needs-its-scope',
    where: 'config.set',
    by: ['remote/write'],
  });
});

test('what is wrong about the unchanged release is not noticed of a mutant', () => {
  const weak = matrixWith({ 'config.set': { 'remote/write': ALLOWED } });
  expect(noticedInRights(weak, weak)).toEqual({ gains: [], breaches: [] });
});

test('a caller that gets less is not noticed by the comparison', () => {
  const denied = matrixWith({ 'config.set': { 'remote/admin': { kind: 'denied-scope', scope: 'operator.admin' } } });
  expect(noticedInRights(matrixWith(), denied).gains).toEqual([]);
});

test('a matrix is kept and read again', () => {
  const matrix = matrixWith();
  expect(MUTANT_RIGHTS.fromStored(JSON.parse(JSON.stringify(MUTANT_RIGHTS.toStored(matrix))))).toEqual(matrix);
  expect(MUTANT_RIGHTS.fromStored({ version: '2026.9.6' })).toBeNull();
});
