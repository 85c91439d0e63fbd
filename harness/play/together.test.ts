import { expect, test } from 'vitest';
import type { Outcome } from '../scenario/observation.ts';
import { notCarriedOut, showing } from './record.ts';
import { wholeOf } from './together.ts';

const admitted: Outcome = { kind: 'admitted', role: 'operator', scopes: [], protocol: 3, deviceToken: false };

test('answered calls and admitted knocks count as succeeded', () => {
  const { observation } = wholeOf([
    showing({ outcome: admitted, pairing: 'approved-silently' }),
    showing({ answer: { kind: 'answered', payload: {} } }),
    showing({ answer: { kind: 'denied', code: 'INVALID_REQUEST', message: 'unknown requestId' } }),
    showing({ outcome: { kind: 'timeout', phase: 'awaiting-hello', afterMs: 1 } }),
  ]);
  expect(observation).toEqual({ succeeded: 2 });
});

test('if one step was not observed, the number that succeeded is unknown', () => {
  const { observation } = wholeOf([showing({ outcome: admitted }), notCarriedOut('no request to approve')]);
  expect(observation).toEqual({ notCarriedOut: 'one of them was not observed: no request to approve' });
  const unreadable: Outcome = { kind: 'unreadable', phase: 'awaiting-hello', text: 'a second challenge' };
  expect(wholeOf([showing({ outcome: unreadable })]).observation).toEqual({
    notCarriedOut: 'one of them was not observed: a second challenge',
  });
});
