import type { CallEnd } from '../client/connection.ts';
import { PAYLOAD_BYTES } from '../limits.ts';
import type { Answer } from '../scenario/observation.ts';
import type { StepBody } from '../scenario/step.ts';
import { cutTo } from '../text/cut.ts';
import { playerIn } from './cast.ts';
import { fieldOf, textIn } from './field.ts';
import { withIds } from './ids.ts';
import { issuedTo, leakedPart, leaksTo } from './leaks.ts';
import { notCarriedOut, type StepRecord, showing } from './record.ts';
import type { Scene } from './scene.ts';

type CallBody = StepBody<'call'>;

/** How a call ended, as an observation shows it. */
export function answerOf(end: CallEnd): Answer {
  switch (end.kind) {
    case 'answered':
      return { kind: 'answered', payload: end.payload };
    case 'denied':
      return { kind: 'denied', code: end.error.code, message: end.error.message };
    case 'closed':
      return { kind: 'closed', code: end.code, reason: end.reason };
    case 'timeout':
      return { kind: 'timeout', afterMs: end.afterMs };
  }
}

/** Calls a method on the connection of the client's last admitted knock. */
export async function playCall(scene: Scene, body: CallBody): Promise<StepRecord> {
  const { connection, shown, vantage } = playerIn(scene.cast, body.as);
  if (connection === null) return notCarriedOut(`"${body.as}" has no connection: no knock of it was admitted`);
  const params = await withIds(scene, body.params);
  if ('missing' in params) return notCarriedOut(`there is nothing to put in place of ${params.missing}`);
  await scene.seat.at('ready');
  const end = await connection.call(body.method, params.value, scene.patience.callMs);
  const text = JSON.stringify(end);
  const leaked = leaksTo(scene, body.as, shown)(text);
  if (text.length > PAYLOAD_BYTES)
    return showing({
      environmentFailed: `the answer to ${body.method} is longer than ${PAYLOAD_BYTES} characters: ${cutTo(text, 200)}`,
      ...leakedPart(leaked),
    });
  // Up to 2026.7 whoever approves a node is told the token that it gets as a node.
  const issued = end.kind === 'answered' ? textIn(fieldOf(end.payload, 'node'), 'token') : null;
  const unsafe = issued === null ? [] : issuedTo(scene, body.as, 'node token', issued);
  return showing({ answer: answerOf(end), ...leakedPart([...leaked, ...unsafe]) }, vantage);
}
