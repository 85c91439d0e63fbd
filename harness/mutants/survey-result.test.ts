import { expect, test } from 'vitest';
import { COMPARISON, comparisonAnd, NOTHING, propertiesAlone } from './survey-mutant.ts';
import { BREACH, buildOf, GAIN, UNNOTICED } from './survey-result.fixture.ts';
import {
  brokenInSurvey,
  exitCodeOfResult,
  isMeant,
  propertiesIn,
  type SurveyFate,
  surveyFateOf,
} from './survey-result.ts';

const exitOf = (fate: SurveyFate): number => exitCodeOfResult({ build: buildOf(), fate });

test('a mutant is killed if everything that it names notices it, whatever else does', () => {
  const both = buildOf({ expects: comparisonAnd('a-call-needs-its-scope') });
  const fate = surveyFateOf(both, { gains: [GAIN], breaches: [BREACH] });
  expect(fate).toMatchObject({ kind: 'killed', missed: [] });
  expect(surveyFateOf(buildOf(), { gains: [GAIN], breaches: [BREACH] }).kind).toBe('killed');
  expect([isMeant(fate), exitOf(fate)]).toEqual([true, 0]);
});

test('a mutant that a part of what it names notices is seen in part, with what does not', () => {
  const alone = surveyFateOf(buildOf({ expects: propertiesAlone('roles-stay-apart') }), {
    gains: [GAIN],
    breaches: [BREACH],
  });
  expect(alone).toMatchObject({ kind: 'seen in part', missed: ['roles-stay-apart'] });
  const compared = surveyFateOf(buildOf({ expects: COMPARISON }), { gains: [], breaches: [BREACH] });
  expect(compared).toMatchObject({ kind: 'seen in part', missed: ['comparison'] });
  expect(exitOf(compared)).toBe(1);
});

test('a mutant that nothing notices survives', () => {
  const fate = surveyFateOf(buildOf(), UNNOTICED);
  expect(fate).toMatchObject({ kind: 'survived', missed: ['comparison'] });
  expect(exitOf(fate)).toBe(1);
});

test('a known hole is no fault until something notices it', () => {
  const hole = buildOf({ expects: NOTHING, unseen: 'Nobody looks.' });
  const open = surveyFateOf(hole, UNNOTICED);
  expect(open).toMatchObject({ kind: 'known hole', why: 'Nobody looks.' });
  expect(exitOf(open)).toBe(0);
  const closed = surveyFateOf(hole, { gains: [], breaches: [BREACH] });
  expect([closed.kind, exitOf(closed)]).toEqual(['seen after all', 1]);
});

test('a mutant that does not start is broken, which is a fault of the environment', () => {
  expect(brokenInSurvey('no boot')).toMatchObject({ kind: 'broken', why: 'no boot' });
  expect(exitOf(brokenInSurvey('no boot'))).toBe(3);
});

test('the properties of breaches are counted', () => {
  expect(propertiesIn([BREACH, { ...BREACH, where: 'config.get' }])).toEqual([
    { id: 'a-call-needs-its-scope', breaches: 2 },
  ]);
});
