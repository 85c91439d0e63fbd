import { expect, test } from 'vitest';
import { ALLOWED, matrixWith } from '../rights/matrix.fixture.ts';
import { toStored } from '../rights/matrix.ts';
import { RIGHTS_SURVEY } from '../rights/rights-survey.ts';
import { ROOT } from '../root.ts';
import { surveyPart } from '../survey/survey-part.ts';
import type { JudgeContext } from './judge-scenario.ts';
import { surveyChecks } from './survey-run.ts';

const PART = surveyPart(RIGHTS_SURVEY);
const CONTEXT: JudgeContext = {
  ...{ gateway: '2026.9.6', version: '2026.9.6', purpose: 'run', skipped: null, deviations: [], today: '2026-11-27' },
  redact: (text) => text,
};

/** The verdicts of the checks by property, of a gateway that answers as given. */
function verdictsOf(over: Parameters<typeof matrixWith>[0], context = CONTEXT): Record<string, string> {
  const checks = surveyChecks(PART, toStored(matrixWith(over)), ROOT, context);
  return Object.fromEntries(checks.map(({ name, verdict }) => [name, verdict]));
}

const ALL_PASS = Object.fromEntries(PART.properties.map(({ id }) => [id, 'pass']));

test('each property of a survey is a check, and passes on a gateway without a fault', () => {
  expect(verdictsOf({})).toEqual(ALL_PASS);
});

test('a call that lacks its scope fails the check of its property, which says where and by whom', () => {
  const seen = toStored(matrixWith({ 'config.set': { 'remote/read': ALLOWED } }));
  const [check] = surveyChecks(PART, seen, ROOT, CONTEXT).filter(({ verdict }) => verdict !== 'pass');
  expect(check).toMatchObject({
    id: 'boundary/rights/a-call-needs-its-scope',
    verdict: 'fail',
    holds: false,
    local: false,
    differences: ['config.set: allowed (remote/read)'],
    source: { file: 'harness/rights/properties.ts' },
    repeat: 'npx postern rights --gateway 2026.9.6',
  });
  expect(check?.seen).toMatch(/^\d+ calls of 6 rows: config\.set: allowed \(remote\/read\)$/);
});

test('while a call has no answer, no property passes', () => {
  const verdicts = verdictsOf({ 'config.set': { 'remote/read': { kind: 'broke', how: 'timeout' } } });
  expect(Object.values(verdicts)).not.toContain('pass');
  expect(verdicts['every-call-is-answered']).toBe('fail');
});

test('a property is not applicable where it is not claimed', () => {
  expect(verdictsOf({}, { ...CONTEXT, version: '2026.2.19' })).toEqual({
    ...ALL_PASS,
    'a-scope-suffices': 'not-applicable',
  });
});
