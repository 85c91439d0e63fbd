import type { Connection } from '../client/connection.ts';

/** A gateway takes the result at once, or is gone. */
const RESULT_MS = 10_000;

/** 2026.9.6 refuses a result while some other pairing changes ("node pairing changed before request dispatch"): so often it is told again. */
const TELLINGS = 5;

/** From now on answers whatever it is asked to run as done, and runs nothing: that a command got this far is all that is looked for. */
export function obey(connection: Connection): void {
  connection.onEvent(({ event, payload }) => {
    if (event !== 'node.invoke.request') return;
    const { id, nodeId } = payload;
    void tell(connection, { id, nodeId, ok: true, payloadJSON: '{"done":true}' });
  });
}

async function tell(connection: Connection, result: Record<string, unknown>): Promise<void> {
  for (let telling = 0; telling < TELLINGS; telling += 1) {
    const end = await connection.call('node.invoke.result', result, RESULT_MS);
    if (end.kind !== 'denied' || end.error.code !== 'UNAVAILABLE') return;
  }
}
