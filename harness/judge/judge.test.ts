import { describe, expect, test } from 'vitest';
import { exampleWith } from '../scenario/catalogue/example.fixture.ts';
import type { Observation, Outcome, Shown } from '../scenario/schema/observation.ts';
import {
  ADMITTED_CONTROL,
  AFFECTED,
  admitted,
  BEFORE,
  caseOf,
  FIXED,
  READS,
  refused,
  ruling,
  SHUT,
  SYMPTOM,
  WRITES,
} from './judge.fixture.ts';
import { type Case, judge } from './judge.ts';

describe('a check that cannot be judged is never green', () => {
  test('a version that cannot be read is an error, not "not applicable"', () => {
    expect(judge(caseOf('upgrade', 'dev', WRITES))).toEqual({
      verdict: 'error',
      comparison: {
        compared: 0,
        differences: [],
        expected: 'admitted with operator.write',
        seen: 'admitted as operator with operator.write',
      },
      because: '"dev" is not a version that can be compared with ranges',
    });
  });

  test('a scenario that is not selected is skipped with the reason, unless it does not apply to the release', () => {
    const skipped = 'it takes minutes; play it with --tag slow';
    expect(ruling(judge({ ...caseOf('upgrade', FIXED, null), skipped }))).toEqual(['skipped', skipped]);
    const text = exampleWith('clients:', 'applies: { releases: "<2026.4.1", because: Later there is none. }\nclients:');
    expect(ruling(judge({ ...caseOf('upgrade', FIXED, null, text), skipped }))[0]).toBe('not-applicable');
  });

  test.each<[string, Observation | null, string, string]>([
    ['a step that was never reached', null, 'not-testable', 'the step was never reached'],
    [
      'a step that could not be carried out',
      { notCarriedOut: 'no device token was issued' },
      'not-testable',
      'no device token was issued',
    ],
    ['an environment that failed', { environmentFailed: 'the engine is gone' }, 'error', 'the engine is gone'],
    [
      'an answer that cannot be read',
      { outcome: { kind: 'unreadable', phase: 'awaiting-hello', text: 'a binary frame' } },
      'error',
      'an answer that cannot be read while awaiting-hello: a binary frame',
    ],
  ])('%s', (_label, observation, verdict, because) => {
    for (const name of ['upgrade', 'remote']) {
      for (const version of [AFFECTED, FIXED]) {
        expect(ruling(judge({ ...caseOf(name, version, observation), control: ADMITTED_CONTROL }))).toEqual([
          verdict,
          because,
        ]);
      }
    }
  });

  test.each<Outcome>([
    { kind: 'timeout', phase: 'awaiting-hello', afterMs: 15_000 },
    { kind: 'crash', phase: 'awaiting-hello', text: 'the connection ended without a close frame' },
    { kind: 'unreachable', text: 'connect ECONNREFUSED' },
  ])('a gateway that gives $kind was not seen to refuse, nor to have the symptom', (outcome) => {
    const seen: Observation = { outcome, pairing: 'pending' };
    expect(judge({ ...caseOf('remote', FIXED, seen), control: ADMITTED_CONTROL }).verdict).toBe('fail');
    expect(judge(caseOf('upgrade', AFFECTED, seen)).verdict).toBe('fail');
  });
});

describe('"not applicable" has the declared reason', () => {
  const text = exampleWith(
    'clients:',
    'applies: { releases: ">=2026.3.1", because: It came with 2026.3.1. }\nclients:',
  );

  test('outside of the releases that the scenario applies to', () => {
    expect(ruling(judge(caseOf('upgrade', BEFORE, SYMPTOM, text)))).toEqual([
      'not-applicable',
      'It came with 2026.3.1.',
    ]);
    expect(judge(caseOf('upgrade', FIXED, WRITES, text)).verdict).toBe('pass');
  });

  test('a workaround on a release that is not affected', () => {
    expect(ruling(judge(caseOf('approve.again', FIXED, null)))).toEqual([
      'not-applicable',
      'nothing is broken on this release (affected: >=2026.3.31 <2026.8.1)',
    ]);
    expect(ruling(judge(caseOf('approve.again', AFFECTED, WRITES)))).toEqual(['pass', null]);
    expect(judge(caseOf('approve.again', AFFECTED, SYMPTOM)).verdict).toBe('fail');
  });

  test('a workaround outside of the releases that it names, affected or not', () => {
    const named = exampleWith('outcome: helps', `outcome: helps\n    releases: ">=${FIXED}"`);
    expect(ruling(judge(caseOf('approve.again', AFFECTED, WRITES, named)))).toEqual([
      'not-applicable',
      `this is carried out on >=${FIXED}`,
    ]);
    expect(ruling(judge(caseOf('approve.again', FIXED, WRITES, named)))).toEqual(['pass', null]);
  });
});

describe('a refusal counts only if its control is admitted', () => {
  test('admitted: the refusal is a pass', () => {
    expect(ruling(judge({ ...caseOf('remote', FIXED, SHUT), control: ADMITTED_CONTROL }))).toEqual(['pass', null]);
  });

  test('a control that is admitted with other scopes than it expects is enough', () => {
    expect(judge({ ...caseOf('remote', FIXED, SHUT), control: { id: 'x', observation: WRITES } }).verdict).toBe('pass');
  });

  test.each<[string, Case['control'], string]>([
    ['there is none', null, 'a refusal proves nothing without a control that is admitted, and there is none'],
    [
      'it was never reached',
      { id: 'a/b/first', observation: null },
      'a refusal proves nothing while its control a/b/first is not admitted; the control showed: nothing',
    ],
    [
      'it was not carried out',
      { id: 'a/b/first', observation: { notCarriedOut: 'no such client' } },
      'a refusal proves nothing while its control a/b/first is not admitted; the control showed: not carried out: no such client',
    ],
    [
      'it was refused too, even if that is its own symptom',
      { id: 'a/b/upgrade', observation: SYMPTOM },
      'a refusal proves nothing while its control a/b/upgrade is not admitted; the control showed: ' +
        'refused with 1008, pairing-required (scope-upgrade)',
    ],
    [
      'it timed out',
      {
        id: 'a/b/first',
        observation: { outcome: { kind: 'timeout', phase: 'connecting', afterMs: 9 }, pairing: 'none' },
      },
      'a refusal proves nothing while its control a/b/first is not admitted; the control showed: ' +
        'a timeout after 9 ms while connecting',
    ],
  ])('not testable where %s', (_label, control, because) => {
    for (const version of [AFFECTED, FIXED]) {
      expect(ruling(judge({ ...caseOf('remote', version, SHUT), control }))).toEqual(['not-testable', because]);
    }
  });

  test('the wrong refusal is a failure whatever the control showed', () => {
    const seen: Observation = { outcome: refused('token_mismatch', 'credentials'), pairing: 'pending' };
    expect(judge(caseOf('remote', FIXED, seen))).toEqual({
      verdict: 'fail',
      comparison: {
        compared: 5,
        differences: [
          'cause: expected "pairing-required", saw "credentials"',
          'reason: expected "scope-upgrade", saw "token_mismatch"',
        ],
        expected: 'refused with 1008, pairing-required (scope-upgrade); pairing: pending',
        seen: 'refused with 1008, credentials (token_mismatch); pairing: pending',
      },
      because: null,
    });
  });

  test('an admission at the boundary is a failure on every release', () => {
    for (const version of [BEFORE, AFFECTED, FIXED]) {
      const seen: Shown = { outcome: admitted('operator.admin'), pairing: 'approved-silently' };
      expect(judge({ ...caseOf('remote', version, seen), control: ADMITTED_CONTROL }).verdict).toBe('fail');
    }
  });
});

describe('a leaked secret fails the check, whatever else was observed', () => {
  const leaked = ['token in the log'];
  const because = 'secrets: expected none shown, saw token in the log';

  test('right behaviour', () => {
    const { verdict, comparison } = judge(caseOf('first', FIXED, { ...READS, leaked }));
    expect([verdict, comparison.differences]).toEqual(['fail', [because]]);
  });

  test('the symptom, on an affected release', () => {
    const { verdict, because: why } = judge(caseOf('upgrade', AFFECTED, { ...SYMPTOM, leaked }));
    expect([verdict, why?.endsWith(because)]).toEqual(['fail', true]);
  });

  test('an answer that cannot be read', () => {
    const outcome: Outcome = { kind: 'unreadable', phase: 'awaiting-hello', text: 'a binary frame' };
    expect(judge(caseOf('first', FIXED, { outcome })).verdict).toBe('error');
    expect(judge(caseOf('first', FIXED, { outcome, leaked })).verdict).toBe('fail');
  });
});
