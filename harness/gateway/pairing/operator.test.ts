import { describe, expect, test } from 'vitest';
import type { CallEnd, Connection, ConnectionEnd } from '../../client/connection.ts';
import { operatorOn } from './operator.ts';

/** A connection on which calls end as given, one after the other; one that ends as closed ends the connection. */
function connectionWith(...ends: readonly CallEnd[]): Connection {
  const left = [...ends];
  let open = true;
  return {
    async call() {
      const end = left.shift() ?? { kind: 'timeout', afterMs: 0 };
      open = end.kind !== 'closed';
      return end;
    },
    onEvent: () => () => undefined,
    send: () => undefined,
    ended: new Promise<ConnectionEnd>(() => undefined),
    isOpen: () => open,
    close: async () => undefined,
  };
}

const CHANGED: CallEnd = { kind: 'closed', code: 4001, reason: 'gateway auth changed' };
const EMPTY: CallEnd = { kind: 'answered', payload: { paired: [], pending: [] } };

describe('the operator reads the pairing list', () => {
  test('again on a new connection, if the gateway ends the old one while it is asked', async () => {
    const operator = operatorOn(connectionWith(CHANGED), 'd1', async () => connectionWith(EMPTY));
    expect(await operator.list()).toEqual({ paired: [], pending: [] });
  });

  test('at most twice', async () => {
    let connections = 0;
    const operator = operatorOn(connectionWith(CHANGED), 'd1', async () => {
      connections += 1;
      return connectionWith(CHANGED);
    });
    await expect(operator.list()).rejects.toThrow(
      'the pairing list cannot be read: device.pair.list ended with {"kind":"closed","code":4001,"reason":"gateway auth changed"}',
    );
    expect(connections).toBe(1);
  });

  test('once, if the gateway answers with something else', async () => {
    const operator = operatorOn(connectionWith({ kind: 'timeout', afterMs: 5 }, EMPTY), 'd1');
    await expect(operator.list()).rejects.toThrow('{"kind":"timeout","afterMs":5}');
  });
});
