import { expect, test } from 'vitest';
import { EXIT, UsageError } from '../exit.ts';
import type { Report } from '../results/report.ts';
import { ALLOWED, matrixWith } from '../rights/matrix.fixture.ts';
import { toStored } from '../rights/matrix.ts';
import { SURVEYS } from '../suite/surveys.ts';
import { isHere, pairing, played } from './findings/played-table.fixture.ts';
import { conclusionOf, onlyOf } from './gate.ts';
import { requireSurveys, surveyChanges } from './survey-changes.ts';

type Answers = Parameters<typeof matrixWith>[0];

/** A report of a gateway with the rights matrix of one that answers as given. */
function reportOf(gateway: string, answers: Answers): Report {
  const seen = toStored(matrixWith(answers));
  return { ...played(pairing(isHere), gateway), surveys: [{ survey: 'rights', gateway, seen }] };
}

const HOLDS = reportOf('2026.4.1', {});
const OPENED: Answers = { 'config.set': { 'remote/read': ALLOWED } };

const conclude = (base: Report, head: Report, disclosure: 'full' | 'public' = 'full') =>
  conclusionOf(
    base,
    head,
    { accepted: [], scenarios: [], published: [] },
    { today: '2026-11-27', problems: [], disclosure },
  );

test('two gateways that give the same to the same callers do not differ', () => {
  expect(surveyChanges(HOLDS, reportOf('2026.9.6', {}))).toEqual([]);
});

test('a method that the head gives to a further caller is weaker, and ends a gate with 4', () => {
  const head = reportOf('2026.9.6', OPENED);
  const change = {
    survey: 'rights',
    kind: 'weakened',
    where: 'config.set',
    gained: 'remote/read',
    lost: '',
    isOfBase: false,
    accepted: null,
  };
  expect(surveyChanges(HOLDS, head)).toEqual([change]);
  const { problems, told } = conclude(HOLDS, head);
  expect(problems).toEqual([
    {
      exitCode: EXIT.weakened,
      objection: 'weaker',
      text: '2026.9.6 gives methods, HTTP routes or events to callers that 2026.4.1 denies them: 1 method, route or event, first rights/config.set',
    },
  ]);
  expect(told).toContain('rights/config.set: given to others (now remote/read)');
});

test('a call without an answer, and a survey that one gateway lacks, are not known', () => {
  const silent = reportOf('2026.9.6', { 'config.set': { 'remote/read': { kind: 'broke', how: 'timeout' } } });
  const kinds = [silent, { ...silent, surveys: [] }].map((head) => surveyChanges(HOLDS, head).map(({ kind }) => kind));
  expect(kinds).toEqual([['undecided'], ['undecided']]);
  expect(conclude(HOLDS, silent).problems.map(({ exitCode }) => exitCode)).toEqual([EXIT.failed]);
});

test('of a report of two gateways, each is compared with its own survey', () => {
  const [base, head] = [HOLDS, reportOf('2026.9.6', OPENED)];
  const both = {
    ...base,
    subjects: [...base.subjects, ...head.subjects],
    surveys: [base, head].flatMap(({ surveys }) => surveys ?? []),
  };
  expect(surveyChanges(onlyOf(both, '2026.4.1'), onlyOf(both, '2026.9.6'))).toHaveLength(1);
});

test('what the base gives against its own properties, and the head does not, is left out of public output', () => {
  const [base, head] = [reportOf('2026.4.1', OPENED), reportOf('2026.9.6', {})];
  expect(surveyChanges(base, head)).toMatchObject([{ kind: 'tightened', isOfBase: true }]);
  const { told } = conclude(base, head, 'public');
  expect(told).not.toContain('config.set');
  expect(told).toContain('1 finding');
});

test('a base report without a survey that its head is asked is refused', () => {
  expect(() => requireSurveys({ ...HOLDS, surveys: [] }, SURVEYS)).toThrow(UsageError);
  expect(() => requireSurveys(HOLDS, SURVEYS.slice(0, 1))).not.toThrow();
});
