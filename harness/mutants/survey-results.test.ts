import { expect, test } from 'vitest';
import { comparisonAnd, NOTHING } from './survey-mutant.ts';
import { BREACH, buildOf, GAIN, UNNOTICED } from './survey-result.fixture.ts';
import { type SurveyResult, surveyFateOf } from './survey-result.ts';
import { describeSurveyResult, describeSurveyResults, renderSurveyResults } from './survey-results.ts';

const resultOf = (build: SurveyResult['build'], noticed: Parameters<typeof surveyFateOf>[1]): SurveyResult => ({
  build,
  fate: surveyFateOf(build, noticed),
});

const killed = resultOf(buildOf({ expects: comparisonAnd('a-call-needs-its-scope') }), {
  gains: [GAIN],
  breaches: [BREACH],
});
const inPart = resultOf(buildOf({ id: 'roles', expects: comparisonAnd('roles-stay-apart') }), {
  gains: [],
  breaches: [BREACH],
});
const hole = resultOf(buildOf({ id: 'hole', expects: NOTHING, unseen: 'Nobody looks.' }), UNNOTICED);

test('the line of a mutant says what notices it', () => {
  expect(describeSurveyResult(killed, 61_000)).toBe(
    'killed         config-for-writers on 2026.4.1, 1 min 1 s: comparison: 1 weakened; a-call-needs-its-scope',
  );
});

test('the lines of a fault say what does not notice the mutant, and what does', () => {
  expect(describeSurveyResult(inPart, 1000).split('\n')).toEqual([
    'seen in part   roles on 2026.4.1, 1.0 s: a-call-needs-its-scope',
    '  the comparison does not notice it',
    '  roles-stay-apart does not notice it',
    '  a-call-needs-its-scope: config.set: allowed',
  ]);
});

test('the numbers count noticed mutants and known holes of a release', () => {
  expect(describeSurveyResults([killed, inPart, hole])).toBe(
    '\n2026.4.1: 1 of 3 weakened gateways noticed, 1 known hole\n',
  );
});

test('the table has a row for each mutant, with what is missing in bold', () => {
  const text = renderSurveyResults('rights', [killed, inPart, hole]);
  expect(text).toContain('| `config-for-writers` | 2026.4.1 | killed | 1 weakened | `a-call-needs-its-scope` (1) |');
  expect(text).toContain(
    '| `roles` | 2026.4.1 | seen in part | **nothing** | `a-call-needs-its-scope` (1), **roles-stay-apart** |',
  );
  expect(text).toContain('## Not as meant\n\n- roles on 2026.4.1: seen in part\n');
  expect(text).toContain('## Known holes\n\n- hole on 2026.4.1: known hole\n  - Nobody looks.\n');
});

test('a table without faults says so', () => {
  expect(renderSurveyResults('routes', [killed])).toContain('## Not as meant\n\nNone.\n');
});
