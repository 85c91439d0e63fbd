import { expect, test } from 'vitest';
import type { Connection } from '../../client/connection.ts';
import type { EventFrame } from '../../client/frames.ts';
import { answerInvocations } from './answer-invocations.ts';

/** A connection that records the calls on it, and a function that delivers an event of the gateway to its listeners. */
function connection() {
  const calls: [method: string, params: object][] = [];
  const listeners: ((event: EventFrame) => void)[] = [];
  const fake: Connection = {
    call(method, params) {
      calls.push([method, params]);
      return Promise.resolve({ kind: 'answered', payload: {} });
    },
    onEvent(listener) {
      listeners.push(listener);
      return () => {};
    },
    send: () => {},
    ended: new Promise(() => {}),
    isOpen: () => true,
    close: () => Promise.resolve(),
  };
  const hear = (event: string, payload: Record<string, unknown>): void => {
    for (const listener of listeners) listener({ type: 'event', event, payload });
  };
  return { fake, calls, hear };
}

test('a node answers an invocation as done, with the id of the request', () => {
  const { fake, calls, hear } = connection();
  answerInvocations(fake);
  hear('node.invoke.request', { id: 'q1', nodeId: 'n1', command: 'system.run' });
  expect(calls).toEqual([['node.invoke.result', { id: 'q1', nodeId: 'n1', ok: true, payloadJSON: '{"done":true}' }]]);
});

test('a node answers no other event', () => {
  const { fake, calls, hear } = connection();
  answerInvocations(fake);
  hear('tick', {});
  expect(calls).toEqual([]);
});
