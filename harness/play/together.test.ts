import { expect, test } from 'vitest';
import type { Outcome } from '../scenario/observation.ts';
import { notCarriedOut, recordOf } from './record.ts';
import { summaryOf } from './together.ts';

const admitted: Outcome = { kind: 'admitted', role: 'operator', scopes: [], protocol: 3, deviceToken: false };

test('answered calls and admitted knocks count as succeeded', () => {
  const { observation } = summaryOf([
    recordOf({ outcome: admitted, pairing: 'approved-silently' }),
    recordOf({ answer: { kind: 'answered', payload: {} } }),
    recordOf({ answer: { kind: 'denied', code: 'INVALID_REQUEST', message: 'unknown requestId' } }),
    recordOf({ outcome: { kind: 'timeout', phase: 'awaiting-hello', afterMs: 1 } }),
  ]);
  expect(observation).toEqual({ succeeded: 2 });
});

test('if one step was not observed, the number that succeeded is unknown', () => {
  const { observation } = summaryOf([recordOf({ outcome: admitted }), notCarriedOut('no request to approve')]);
  expect(observation).toEqual({ notCarriedOut: 'one of them was not observed: no request to approve' });
  const unreadable: Outcome = { kind: 'unreadable', phase: 'awaiting-hello', text: 'a second challenge' };
  expect(summaryOf([recordOf({ outcome: unreadable })]).observation).toEqual({
    notCarriedOut: 'one of them was not observed: a second challenge',
  });
});
