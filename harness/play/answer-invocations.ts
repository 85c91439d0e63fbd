import type { Connection } from '../client/connection.ts';
import { INVOKED_RESULT_MS } from '../limits.ts';

/** From now on answers whatever it is asked to run as done, and runs nothing: that a command got this far is all that is looked for. */
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
