import { randomUUID } from 'node:crypto';
import type { Connection, RawFrame as Frame } from '../../client/connection.ts';
import { openRawClient } from '../../client/raw-client.ts';
import type { Answer } from '../../scenario/schema/observation.ts';
import type { StepBody } from '../../scenario/schema/step.ts';
import type { RawFrame } from '../../scenario/schema/step-bodies.ts';
import { clientStateIn } from '../clients.ts';
import type { PlayContext } from '../context.ts';
import { leakedPart, leaksIn } from '../leaks.ts';
import { notCarriedOut, recordOf, type StepRecord } from '../record.ts';
import { routeOf } from '../route.ts';
import { endOf } from './lifecycle.ts';

type FramesBody = StepBody<'frames'>;

/** Sends frames that no published client sends, on a client's connection or on new ones, and records how each connection ends. */
export function playFrames(context: PlayContext, body: FramesBody): Promise<StepRecord> {
  return context.runExclusive(() => (body.as === undefined ? onNew(context, body) : onOpen(context, body, body.as)));
}

async function onOpen(context: PlayContext, body: FramesBody, name: string): Promise<StepRecord> {
  const { connection, vantage } = clientStateIn(context.clientStates, name);
  if (connection === null) return notCarriedOut(`"${name}" has no connection: no knock of it was admitted`);
  return recordOf({ answer: await provoke(connection, body) }, vantage);
}

async function onNew(context: PlayContext, body: FramesBody): Promise<StepRecord> {
  const { stage, timeouts } = context;
  const leaked = new Set<string>();
  const hear = (text: string): void => {
    for (const leak of leaksIn(context, 'a message to an unapproved client', text)) leaked.add(leak);
  };
  const began = performance.now();
  const route = {
    ...stage.route(routeOf(body)),
    path: '/',
    form: 'command' as const,
    headers: body.headers ?? {},
  };
  const opened = await Promise.all(
    Array.from({ length: body.connections }, () => openRawClient(route, timeouts.handshakeMs, hear)),
  );
  const answers = await Promise.all(
    opened.map(async ({ connection }) => {
      if (connection === null) return null;
      const answer = await provoke(connection, body);
      await connection.close();
      return answer;
    }),
  );
  const without = answers.filter((answer) => answer === null).length;
  if (without > 0) return notCarriedOut(`${without} of ${answers.length} connections were given no challenge`);
  return {
    observation: {
      answer: oddest(answers.filter((answer) => answer !== null)),
      ...leakedPart(leaked),
    },
    transcript: opened[0]?.transcript ?? null,
    logLines: [],
    pairingList: null,
    vantage: body.from,
    durationMs: Math.round(performance.now() - began),
  };
}

async function provoke(connection: Connection, body: FramesBody): Promise<Answer> {
  for (const frame of body.send.flatMap(framesOf)) connection.send(frame);
  return endOf(connection, body.withinSeconds);
}

/** Gives the rarest answer. Connections that send the same must end in the same way; if one differs, the observation has its answer. */
function oddest(answers: readonly Answer[]): Answer {
  const same = Map.groupBy(answers, (answer) => JSON.stringify(answer));
  const rarest = [...same.values()].sort((a, b) => a.length - b.length)[0]?.[0];
  return rarest ?? { kind: 'timeout', afterMs: 0 };
}

function framesOf(frame: RawFrame): Frame[] {
  if ('close' in frame) return [frame];
  if ('text' in frame) return [{ data: frame.text, fin: true }];
  if ('binary' in frame) return [{ data: Buffer.alloc(frame.binary), fin: true }];
  if ('fragments' in frame) return Array.from({ length: frame.fragments }, () => ({ data: ' ', fin: false }));
  const request = { type: 'req', id: randomUUID(), method: frame.request, params: {} };
  const bare = JSON.stringify(request).length;
  // The padding is in the params, so that a frame of any size is a well-formed request.
  const padding = '"pad":""'.length;
  const pad = 'x'.repeat(Math.max(0, (frame.bytes ?? 0) - bare - padding));
  return [{ data: JSON.stringify(frame.bytes === undefined ? request : { ...request, params: { pad } }), fin: true }];
}
