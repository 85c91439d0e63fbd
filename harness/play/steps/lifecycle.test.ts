import { expect, test } from 'vitest';
import type { HandshakeEnd } from '../../client/transcript.ts';
import { recordOfStart } from './lifecycle.ts';

const closed = (code: number, details: Record<string, unknown>, message: string): HandshakeEnd => ({
  kind: 'closed',
  phase: 'awaiting-close',
  code,
  reason: message,
  error: { code: 'UNAVAILABLE', message, details },
});
const starting = closed(1013, { reason: 'startup-sidecars' }, 'gateway starting; retry shortly');
const unpaired = closed(1008, { code: 'PAIRING_REQUIRED' }, 'pairing required');

test('a start records each refusal by code and cause once', () => {
  const readiness = {
    kind: 'ready',
    version: '2026.9.6',
    afterMs: 9,
    refusals: [starting, unpaired, starting],
  } as const;
  expect(recordOfStart(readiness).observation).toEqual({
    ready: { version: '2026.9.6', afterMs: 9 },
    turnedAway: [
      { code: 1013, cause: 'starting' },
      { code: 1008, cause: 'pairing-required' },
    ],
  });
});

test('an HTTP 502 of a proxy that cannot reach the gateway yet is no refusal', () => {
  const away: HandshakeEnd = { kind: 'http', status: 502, headers: {}, body: 'Bad Gateway' };
  const readiness = { kind: 'ready', version: '2026.9.6', afterMs: 9, refusals: [away] } as const;
  expect(recordOfStart(readiness).observation.turnedAway).toEqual([]);
});

test('a start records the exit of the gateway; without exit and readiness the step was not carried out', () => {
  expect(recordOfStart({ kind: 'exited', exitCode: 1, lastLines: 'no config' }).observation).toEqual({
    exited: { exitCode: 1, lastLines: 'no config' },
  });
  expect(recordOfStart({ kind: 'not-ready', afterMs: 9, why: 'silence' }).observation).toEqual({
    notCarriedOut: 'the gateway was not ready after 9 ms: silence',
  });
});
