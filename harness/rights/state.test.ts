import { expect, test } from 'vitest';
import type { CallEnd } from '../client/connection.ts';
import { EnvironmentError } from '../exit.ts';
import type { Operator } from '../gateway/pairing/operator.ts';
import { effectsBetween, readState } from './state.ts';

const answered = (payload: Record<string, unknown>): CallEnd => ({ kind: 'answered', payload });
const UNKNOWN: CallEnd = {
  kind: 'denied',
  error: { code: 'INVALID_REQUEST', message: 'unknown method: tts.status', details: {} },
};

/** An operator whose calls end like this, of a gateway without a pairing. */
const operatorWith = (ends: Readonly<Record<string, CallEnd>>): Operator => ({
  deviceId: 'a'.repeat(64),
  call: async (method) => ends[method] ?? UNKNOWN,
  list: async () => ({ pending: [], paired: [] }),
  close: async () => {},
});

const ENDS = {
  'config.get': answered({ hash: 'abc' }),
  'sessions.list': answered({ sessions: [{ key: 'main' }] }),
  'cron.list': answered({ jobs: [{ id: '1' }] }),
};

const NOBODY = { kept: new Set<string>(), ignored: new Set<string>() };

test('a part that the release does not answer is null, and no effect', async () => {
  const state = await readState(operatorWith(ENDS));
  expect(state).toMatchObject({ configHash: 'abc', sessions: ['main'], jobs: ['1'], speech: null });
  const after = await readState(operatorWith({ ...ENDS, 'config.get': answered({ hash: 'def' }) }));
  expect(effectsBetween(state, state, NOBODY)).toEqual([]);
  expect(effectsBetween(state, after, NOBODY)).toEqual([{ part: 'configHash', before: '"abc"', after: '"def"' }]);
});

test.each<CallEnd>([
  { kind: 'timeout', afterMs: 1 },
  { kind: 'closed', code: 1006, reason: '' },
])('a part about which the gateway gives no answer (%j) is not known, and no effect', async (end) => {
  const reading = readState(operatorWith({ ...ENDS, 'cron.list': end }));
  await expect(reading).rejects.toThrow(EnvironmentError);
  await expect(reading).rejects.toThrow(`the gateway did not answer cron.list, which shows its state: ${end.kind}`);
});
