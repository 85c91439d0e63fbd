import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from '../../client/connection.ts';
import { readOutcome } from '../../client/outcome.ts';
import type { HandshakeEnd } from '../../client/transcript.ts';
import { decisionBetween, type PairingState, stateOf } from '../../gateway/pairing/pairing.ts';
import type { Readiness } from '../../gateway/stage/stage.ts';
import { LIST_AGAIN_MS } from '../../limits.ts';
import type { Answer, Observation } from '../../scenario/schema/observation.ts';
import type { StepBody } from '../../scenario/schema/step.ts';
import { clientStateIn } from '../clients.ts';
import type { PlayContext } from '../context.ts';
import { notCarriedOut, recordOf, type StepRecord } from '../record.ts';

/** Gives the record of a start of the gateway. If the gateway neither became ready nor exited in time, the step was not carried out. */
export function recordOfStart(readiness: Readiness): StepRecord {
  switch (readiness.kind) {
    case 'ready':
      return recordOf({
        ready: { version: readiness.version, afterMs: readiness.afterMs },
        turnedAway: refusalsIn(readiness.refusals),
      });
    case 'exited':
      return recordOf({ exited: { exitCode: readiness.exitCode, lastLines: readiness.lastLines } });
    case 'not-ready':
      return notCarriedOut(`the gateway was not ready after ${readiness.afterMs} ms: ${readiness.why}`);
  }
}

/** Gives the refusals among these ends, without duplicates. */
function refusalsIn(ends: readonly HandshakeEnd[]): NonNullable<Observation['turnedAway']> {
  const refusals = ends.map((end) => readOutcome(end, null)).filter((outcome) => outcome.kind === 'refused');
  const ways = new Map(refusals.map(({ code, cause }) => [`${code} ${cause}`, { code, cause }]));
  return [...ways.values()];
}

/** Carries out a step that starts the gateway again. Clients keep their old connections, so that a `wait` can record how these ended. */
export function playStart(context: PlayContext, start: () => Promise<Readiness>): Promise<StepRecord> {
  return context.runExclusive(async () => recordOfStart(await start()));
}

type WaitBody = StepBody<'wait'>;

/** Waits until the gateway has closed a client's connection, or until the client's pairing request has expired. */
export async function playWait(context: PlayContext, body: WaitBody): Promise<StepRecord> {
  if ('expired' in body) return playExpiry(context, body.expired, body.withinSeconds);
  const { connection, vantage } = clientStateIn(context.clientStates, body.closed);
  if (connection === null) return notCarriedOut(`"${body.closed}" has no connection: no knock of it was admitted`);
  return recordOf({ answer: await endOf(connection, body.withinSeconds) }, vantage);
}

async function playExpiry(
  { stage, clientStates }: PlayContext,
  name: string,
  withinSeconds: number,
): Promise<StepRecord> {
  const { deviceId } = clientStateIn(clientStates, name);
  const readState = async (): Promise<PairingState> => stateOf(await stage.operator().list(), deviceId);
  const before = await readState();
  if (before.pending === null) return notCarriedOut(`"${name}" has no pending request that could expire`);
  const until = performance.now() + withinSeconds * 1000;
  let after = before;
  while (after.pending !== null && performance.now() < until) {
    await pause(LIST_AGAIN_MS);
    after = await readState();
  }
  return recordOf({ pairing: decisionBetween(before, after) });
}

/** Waits for the end of a connection. Gives `closed` with its code, or `open` if it has not ended after so many seconds. */
export async function endOf(connection: Connection, withinSeconds: number): Promise<Answer> {
  const afterMs = withinSeconds * 1000;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), afterMs);
  });
  const end = await Promise.race([connection.ended, late]);
  clearTimeout(timer);
  return end === null ? { kind: 'open', afterMs } : { kind: 'closed', ...end };
}
