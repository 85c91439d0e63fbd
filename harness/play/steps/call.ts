import type { CallEnd } from '../../client/connection.ts';
import { PAYLOAD_BYTES } from '../../limits.ts';
import type { Answer } from '../../scenario/schema/observation.ts';
import type { StepBody } from '../../scenario/schema/step.ts';
import { cutTo } from '../../text/cut.ts';
import { clientStateIn } from '../clients.ts';
import type { PlayContext } from '../context.ts';
import { withIds } from '../fill-placeholders.ts';
import { faultsOfIssued, leakedPart, leaksTo } from '../leaks.ts';
import { fieldOf, textIn } from '../read-json.ts';
import { notCarriedOut, recordOf, type StepRecord } from '../record.ts';

type CallBody = StepBody<'call'>;

/** Gives the end of a call in the form that an observation has. */
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
export async function playCall(context: PlayContext, body: CallBody): Promise<StepRecord> {
  const { connection, shown, vantage } = clientStateIn(context.clientStates, body.as);
  if (connection === null) return notCarriedOut(`"${body.as}" has no connection: no knock of it was admitted`);
  const params = await withIds(context, body.params);
  if ('missing' in params) return notCarriedOut(`there is nothing to put in place of ${params.missing}`);
  await context.seat.at('ready');
  const end = await connection.call(body.method, params.value, context.timeouts.callMs);
  const text = JSON.stringify(end);
  const leaked = leaksTo(context, body.as, shown)(text);
  if (text.length > PAYLOAD_BYTES)
    return recordOf({
      environmentFailed: `the answer to ${body.method} is longer than ${PAYLOAD_BYTES} characters: ${cutTo(text, 200)}`,
      ...leakedPart(leaked),
    });
  // Up to 2026.7 the answer to the client that approves a node contains the token that the node gets.
  const issued = end.kind === 'answered' ? textIn(fieldOf(end.payload, 'node'), 'token') : null;
  const unsafe = issued === null ? [] : faultsOfIssued(context, body.as, 'node token', issued);
  return recordOf({ answer: answerOf(end), ...leakedPart([...leaked, ...unsafe]) }, vantage);
}
