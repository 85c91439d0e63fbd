import { describe, expect, test } from 'vitest';
import { exampleWith } from '../scenario/catalogue/example.fixture.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import type { Deviation } from './deviation.ts';
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
  SYMPTOM,
  WRITES,
} from './judge.fixture.ts';
import { judge } from './judge.ts';

describe('affected releases show the symptom, exactly', () => {
  test.each<[string, Observation, string, string]>([
    ['symptom', SYMPTOM, 'reproduced', 'what users reported: refused with 1008, pairing-required (scope-upgrade)'],
    [
      'right behaviour',
      WRITES,
      'unexpected-pass',
      'declared affected (>=2026.3.31 <2026.8.1), but right behaviour was observed',
    ],
    [
      'another refusal',
      { outcome: refused('not-paired') },
      'fail',
      'neither right behaviour nor the symptom (refused with 1008, pairing-required (scope-upgrade)): ' +
        'reason: expected "scope-upgrade", saw "not-paired"',
    ],
    [
      'admitted with less',
      { outcome: admitted() },
      'fail',
      'neither right behaviour nor the symptom (refused with 1008, pairing-required (scope-upgrade)): ' +
        'outcome: expected refused with 1008, pairing-required (scope-upgrade), saw admitted as operator with no scopes',
    ],
  ])('%s', (_label, seen, verdict, because) => {
    expect(ruling(judge({ ...caseOf('upgrade', AFFECTED, seen), control: ADMITTED_CONTROL }))).toEqual([
      verdict,
      because,
    ]);
  });

  test('a refusal that users reported proves nothing if no client is admitted', () => {
    const refused = { id: 'stale-scopes/example/first', observation: SYMPTOM };
    expect(ruling(judge({ ...caseOf('upgrade', AFFECTED, SYMPTOM), control: refused }))).toEqual([
      'not-testable',
      'a refusal proves nothing while its control stale-scopes/example/first is not admitted; ' +
        'the control showed: refused with 1008, pairing-required (scope-upgrade)',
    ]);
  });

  test('the comparison is with right behaviour even on a release with a declared symptom', () => {
    expect(judge(caseOf('upgrade', AFFECTED, SYMPTOM)).comparison).toEqual({
      compared: 1,
      differences: [
        'outcome: expected admitted with operator.write, saw refused with 1008, pairing-required (scope-upgrade)',
      ],
      expected: 'admitted with operator.write',
      seen: 'refused with 1008, pairing-required (scope-upgrade)',
    });
  });

  test('a symptom that matches right behaviour as well is a failure', () => {
    const text = exampleWith(
      'symptom: { refused: { code: 1008, cause: pairing-required, reason: scope-upgrade } }',
      'symptom: { pairing: pending }',
    );
    const seen: Observation = { ...WRITES, pairing: 'pending' };
    expect(ruling(judge(caseOf('upgrade', AFFECTED, seen, text)))).toEqual([
      'fail',
      'the symptom cannot be told from right behaviour: both match the observation',
    ]);
  });

  test('outside the range the symptom is a plain failure, and right behaviour a pass', () => {
    for (const version of [BEFORE, FIXED]) {
      expect(ruling(judge(caseOf('upgrade', version, SYMPTOM)))).toEqual(['fail', null]);
      expect(ruling(judge(caseOf('upgrade', version, WRITES)))).toEqual(['pass', null]);
    }
  });

  test('a check without a symptom must hold on affected releases too', () => {
    expect(ruling(judge(caseOf('first', AFFECTED, READS)))).toEqual(['pass', null]);
    expect(ruling(judge(caseOf('first', AFFECTED, SYMPTOM)))).toEqual(['fail', null]);
  });
});

describe('known deviations', () => {
  const entry: Deviation = {
    check: 'stale-scopes/example/upgrade',
    releases: '>=2026.9.1',
    signature: { refused: { at: 'handshake', code: 1008, cause: 'pairing-required', reason: 'scope-upgrade' } },
    reason: 'The fix was taken back.',
    link: 'openclaw/openclaw#1',
    owner: '@somebody',
    expires: '2026-11-21',
  };
  const label = 'The fix was taken back. (openclaw/openclaw#1, @somebody, until 2026-11-21)';
  const judged = (seen: Observation, deviation: Deviation, version = FIXED) =>
    ruling(judge({ ...caseOf('upgrade', version, seen), deviations: [deviation] }));

  test('an observation with the exact signature is known until the end of the last day', () => {
    expect(judged(SYMPTOM, entry)).toEqual(['known-deviation', label]);
  });

  test('right behaviour is an unexpected pass', () => {
    expect(judged(WRITES, entry)).toEqual([
      'unexpected-pass',
      `right behaviour was observed in spite of the deviation: ${label}`,
    ]);
  });

  test('another failure still fails', () => {
    expect(judged({ outcome: refused('not-paired') }, entry)).toEqual([
      'fail',
      'a deviation is declared, but this is another failure: reason: expected "scope-upgrade", saw "not-paired"',
    ]);
  });

  test('an expired entry no longer counts', () => {
    expect(judged(SYMPTOM, { ...entry, expires: '2026-11-20' })).toEqual([
      'fail',
      'the deviation has expired: The fix was taken back. (openclaw/openclaw#1, @somebody, until 2026-11-20)',
    ]);
  });

  test('an entry for other releases or another check does not count', () => {
    expect(judged(SYMPTOM, entry, '2026.8.1')).toEqual(['fail', null]);
    expect(judged(SYMPTOM, { ...entry, check: 'stale-scopes/example/first' })).toEqual(['fail', null]);
  });

  test('a reported failure with an entry is known until its last day, and red from then on', () => {
    const known = { ...entry, releases: AFFECTED };
    const reproduced = ['reproduced', 'what users reported: refused with 1008, pairing-required (scope-upgrade)'];
    const judgedThere = (deviation: Deviation, control = ADMITTED_CONTROL) =>
      ruling(judge({ ...caseOf('upgrade', AFFECTED, SYMPTOM), control, deviations: [deviation] }));
    expect(judgedThere(known)).toEqual(['known-deviation', label]);
    expect(judgedThere({ ...known, expires: '2026-11-20' })).toEqual(reproduced);
    expect(judgedThere({ ...known, signature: { pairing: 'none' } })).toEqual(reproduced);
    expect(judgedThere(known, null)[0]).toBe('not-testable');
  });

  test('a deviation covers no other failure on an affected release', () => {
    const seen: Observation = { outcome: refused('not-paired') };
    const signature = {
      refused: { at: 'handshake', code: 1008, cause: 'pairing-required', reason: 'not-paired' },
    } as const;
    expect(judged(seen, { ...entry, releases: '*', signature }, AFFECTED)[0]).toBe('fail');
  });
});
