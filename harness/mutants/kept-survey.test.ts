import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { matrixWith } from '../rights/matrix.fixture.ts';
import { readKeptSurvey, writeKeptSurvey } from './kept-survey.ts';
import { MUTANT_RIGHTS } from './mutant-surveys.ts';

const WHOLE = { tag: 'postern/mutant:1.2.3-0123456789ab', parts: null };
const file = path.join(mkdtempSync(path.join(tmpdir(), 'postern-survey-')), 'kept', 'rights-a-mutant.json');
const asItIs = (text: string): string => text;

test('what a survey saw is kept, and read for the same image, calls and parts', () => {
  const seen = matrixWith();
  writeKeptSurvey(file, { ...WHOLE, seen }, MUTANT_RIGHTS, asItIs);
  expect(readKeptSurvey(file, WHOLE, MUTANT_RIGHTS)).toEqual(seen);
  expect(readKeptSurvey(file, { ...WHOLE, tag: 'postern/mutant:1.2.3-ba9876543210' }, MUTANT_RIGHTS)).toBeNull();
  expect(readKeptSurvey(file, { ...WHOLE, parts: ['plain'] }, MUTANT_RIGHTS)).toBeNull();
  expect(readKeptSurvey(file, WHOLE, { ...MUTANT_RIGHTS, digest: 'other' })).toBeNull();
});

test('a file that is missing or cannot be read gives nothing', () => {
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 40));
  expect(readKeptSurvey(file, WHOLE, MUTANT_RIGHTS)).toBeNull();
  expect(readKeptSurvey(`${file}.gone`, WHOLE, MUTANT_RIGHTS)).toBeNull();
});

test('secrets are replaced before they are kept', () => {
  writeKeptSurvey(file, { ...WHOLE, seen: matrixWith() }, MUTANT_RIGHTS, (text) =>
    text.replaceAll('config.set', '<x>'),
  );
  expect(readFileSync(file, 'utf8')).not.toContain('config.set');
});
