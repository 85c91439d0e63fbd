import { expect, test } from 'vitest';
import type { Observation } from '../scenario/schema/observation.ts';
import type { Deviation } from './deviation.ts';
import { judgeProperty, type PropertyEvidence, type PropertyRuling } from './property.ts';

const NOTHING: PropertyEvidence = { notClaimed: null, breach: null, doubt: null, gap: null };

const IN: Observation = {
  outcome: { kind: 'admitted', role: 'operator', scopes: ['operator.read'], protocol: 3, deviceToken: false },
};

const DEVIATION: Deviation = {
  check: 'boundary/table/nobody-gets-in',
  releases: '=2026.8.1',
  signature: { admitted: { scopes: ['operator.read'] } },
  reason: 'A fix is in review.',
  link: 'openclaw/openclaw#1',
  owner: 'somebody',
  expires: '2026-12-31',
};

const judged = (evidence: Partial<PropertyEvidence>, version = '2026.8.1', today = '2026-11-21'): PropertyRuling =>
  judgeProperty(
    { ...NOTHING, ...evidence },
    { check: 'boundary/table/nobody-gets-in', version, deviations: [DEVIATION], today },
  );

test('a property without violations and without gaps passes', () => {
  expect(judged({})).toEqual({ verdict: 'pass', because: null });
});

test.each<[string, Partial<PropertyEvidence>, PropertyRuling]>([
  [
    'on a release for which the property is not claimed it is not applicable, whatever was observed',
    {
      notClaimed: 'it is claimed for >=2026.9.1',
      breach: { observation: IN },
      doubt: 'it changed',
      gap: 'not reached',
    },
    { verdict: 'not-applicable', because: 'it is claimed for >=2026.9.1' },
  ],
  [
    'a violation without doubt fails, whatever else is in doubt or was not observed',
    { breach: { observation: null }, doubt: 'it changed', gap: 'not reached' },
    { verdict: 'fail', because: null },
  ],
  [
    'a violation in doubt is flaky, whatever was not observed',
    { doubt: 'it changed', gap: 'not reached' },
    { verdict: 'flaky', because: 'it changed' },
  ],
  ['a gap alone proves nothing', { gap: 'not reached' }, { verdict: 'not-testable', because: 'not reached' }],
])('%s', (_title, evidence, ruling) => {
  expect(judged(evidence)).toEqual(ruling);
});

test('a violation with the signature of a deviation is known, on its releases and until its last day', () => {
  const breach = { observation: IN };
  expect(judged({ breach })).toEqual({
    verdict: 'known-deviation',
    because: 'A fix is in review. (openclaw/openclaw#1, somebody, until 2026-12-31)',
  });
  expect(judged({ breach }, '2026.9.6').verdict).toBe('fail');
  expect(judged({ breach }, '2026.8.1', '2027-01-01').verdict).toBe('fail');
  expect(judged({ breach: { observation: { outcome: { kind: 'unreachable', text: 'gone' } } } }).verdict).toBe('fail');
});

test('no deviation excuses a violation without an observation', () => {
  expect(judged({ breach: { observation: null } })).toEqual({ verdict: 'fail', because: null });
});
