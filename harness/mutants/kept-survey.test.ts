import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { matrixWith } from '../rights/matrix.fixture.ts';
import { readKeptSurvey, writeKeptSurvey } from './kept-survey.ts';
import { RIGHTS_SURVEY } from './rights-survey.ts';

const TAG = 'postern/mutant:1.2.3-0123456789ab';
const file = path.join(mkdtempSync(path.join(tmpdir(), 'postern-survey-')), 'kept', 'rights-a-mutant.json');
const asItIs = (text: string): string => text;

test('what a survey saw is kept, and read for the same image and the same calls', () => {
  const seen = matrixWith();
  writeKeptSurvey(file, { tag: TAG, seen }, RIGHTS_SURVEY, asItIs);
  expect(readKeptSurvey(file, TAG, RIGHTS_SURVEY)).toEqual(seen);
  expect(readKeptSurvey(file, 'postern/mutant:1.2.3-ba9876543210', RIGHTS_SURVEY)).toBeNull();
  expect(readKeptSurvey(file, TAG, { ...RIGHTS_SURVEY, digest: 'other' })).toBeNull();
});

test('a file that is missing or cannot be read gives nothing', () => {
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 40));
  expect(readKeptSurvey(file, TAG, RIGHTS_SURVEY)).toBeNull();
  expect(readKeptSurvey(`${file}.gone`, TAG, RIGHTS_SURVEY)).toBeNull();
});

test('secrets are replaced before they are kept', () => {
  writeKeptSurvey(file, { tag: TAG, seen: matrixWith() }, RIGHTS_SURVEY, (text) =>
    text.replaceAll('config.set', '<x>'),
  );
  expect(readFileSync(file, 'utf8')).not.toContain('config.set');
});
