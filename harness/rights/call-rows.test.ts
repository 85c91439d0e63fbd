import { expect, test } from 'vitest';
import type { CallEnd, Connection, ConnectionEnd } from '../client/connection.ts';
import { callRows } from './call-rows.ts';
import { CALLERS } from './callers.ts';
import type { MadeCaller } from './make-caller.ts';
import type { RowToPlay } from './rows.ts';

const ABOUT = { bystander: '', configHash: '' };
const END: ConnectionEnd = { code: 1008, reason: 'enough' };

/** A gateway that answers calls by their method; `end` ends the session with all of its calls. */
function gateway(answer: (method: string, params: object) => CallEnd | 'end') {
  const calls: string[] = [];
  const connect = (): Connection => {
    let settle: (end: ConnectionEnd) => void = () => {};
    const ended = new Promise<ConnectionEnd>((resolve) => {
      settle = resolve;
    });
    let open = true;
    return {
      ended,
      isOpen: () => open,
      onEvent: () => () => {},
      send: () => {},
      close: async () => {},
      async call(method, params) {
        calls.push(method);
        const how = answer(method, params);
        if (how === 'end') {
          open = false;
          settle(END);
        }
        // Answers come later than the end of the session, as on a socket.
        await Promise.resolve();
        return !open || how === 'end' ? { kind: 'closed', ...END } : how;
      },
    };
  };
  return { calls, connect };
}

function callerOf(
  id: string,
  open: () => Promise<Connection | null>,
  unreadable: () => string | null = () => null,
): MadeCaller {
  const caller = CALLERS.find((each) => each.id === id);
  if (caller === undefined) throw new Error(`no caller ${id}`);
  const state: MadeCaller['state'] = { kind: 'admitted', role: caller.role, holds: [...caller.asks] };
  return { caller, state, deviceId: null, deviceToken: null, advertised: [], open, unreadable };
}

const rows = (...methods: string[]): RowToPlay[] =>
  methods.map((method) => ({ row: { method, given: null, found: ['hello'], declared: null, needs: null }, own: null }));

const OK: CallEnd = { kind: 'answered', payload: {} };

test('each call has one parameter that no method takes, and its answer', async () => {
  const seen: object[] = [];
  const { connect } = gateway((method, params) => {
    seen.push(params);
    return method === 'a'
      ? OK
      : { kind: 'denied', error: { code: 'INVALID_REQUEST', message: 'unknown method: b', details: {} } };
  });
  const answers = await callRows(
    callerOf('remote/read', async () => connect()),
    rows('a', 'b'),
    ABOUT,
  );
  expect(answers).toEqual({ a: { kind: 'allowed' }, b: { kind: 'unknown' } });
  expect(seen.flatMap(Object.entries).map(([, value]) => value)).toEqual([true, true]);
  expect(new Set(seen.flatMap(Object.keys)).size).toBe(2);
});

test('a method that ignores such parameters gets those that it refuses', async () => {
  const seen: object[] = [];
  const { connect } = gateway((_method, params) => {
    seen.push(params);
    return OK;
  });
  await callRows(
    callerOf('remote/admin', async () => connect()),
    rows('gateway.restart.request'),
    ABOUT,
  );
  expect(seen).toEqual([[]]);
});

test('a call that ends a session is told from those that waited, and decides about a revoked caller', async () => {
  const { connect } = gateway((method) => (method === 'bad' ? 'end' : OK));
  const answersTo = (id: string) =>
    callRows(
      callerOf(id, async () => connect()),
      rows('a', 'bad', 'c'),
      ABOUT,
    );
  const others = { a: { kind: 'allowed' }, c: { kind: 'allowed' } };
  expect(await answersTo('remote/read')).toEqual({ ...others, bad: { kind: 'broke', how: 'lost' } });
  expect(await answersTo('remote/revoked')).toEqual({ ...others, bad: { kind: 'closed', code: 1008 } });
});

test('a caller that is not admitted again gets the end of its session as the answer to what is left', async () => {
  const { connect, calls } = gateway(() => 'end');
  const sessions = [connect()];
  const answers = await callRows(
    callerOf('remote/revoked', async () => sessions.shift() ?? null),
    rows('a', 'b'),
    ABOUT,
  );
  expect(answers).toEqual({ a: { kind: 'closed', code: 1008 }, b: { kind: 'closed', code: 1008 } });
  expect(calls.length).toBeLessThanOrEqual(2);
});

test('a node makes a call that every role may make after each other call', async () => {
  const { connect, calls } = gateway(() => OK);
  await callRows(
    callerOf('remote/node', async () => connect()),
    rows('a', 'b', 'c'),
    ABOUT,
  );
  expect(calls.toSorted()).toEqual(['a', 'b', 'c', 'health', 'health', 'health']);
});

test('a frame that cannot be read is told from silence', async () => {
  let heard: string | null = null;
  const { connect } = gateway((method) => {
    if (method === 'odd') heard = 'a text frame that is not JSON: ?';
    return { kind: 'timeout', afterMs: 1 };
  });
  const made = callerOf(
    'remote/read',
    async () => connect(),
    () => heard,
  );
  expect(await callRows(made, rows('silent'), ABOUT)).toEqual({ silent: { kind: 'broke', how: 'timeout' } });
  expect(await callRows(made, rows('odd'), ABOUT)).toEqual({
    odd: { kind: 'unreadable', text: 'a text frame that is not JSON: ?' },
  });
});
