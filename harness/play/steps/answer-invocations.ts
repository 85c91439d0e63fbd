import type { Connection } from '../../client/connection.ts';
import { INVOKED_RESULT_MS } from '../../limits.ts';

/** Answers each `node.invoke.request` on this connection as done, and runs nothing: checks observe only that a command reaches the node. */
export function answerInvocations(connection: Connection): void {
  connection.onEvent(({ event, payload }) => {
    if (event !== 'node.invoke.request') return;
    const { id, nodeId } = payload;
    void connection.call(
      'node.invoke.result',
      { id, nodeId, ok: true, payloadJSON: '{"done":true}' },
      INVOKED_RESULT_MS,
    );
  });
}
