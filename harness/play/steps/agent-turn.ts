import { randomUUID } from 'node:crypto';
import type { Connection } from '../../client/connection.ts';
import type { StepBody } from '../../scenario/schema/step.ts';
import { clientStateIn } from '../clients.ts';
import type { PlayContext } from '../context.ts';
import { leakedPart, leaksIn } from '../leaks.ts';
import { fieldOf, textIn } from '../read-json.ts';
import { notCarriedOut, recordOf, type StepRecord } from '../record.ts';

type TurnBody = StepBody<'turn'>;

/**
 * Starts one turn of an agent, from a message of a client or in a cron job. The mock LLM asks for one tool in it. Records the result of the
 * tool from the session's history, which the client sees too.
 */
export function playTurn(context: PlayContext, body: TurnBody): Promise<StepRecord> {
  return context.runExclusive(() => turnAlone(context, body));
}

async function turnAlone(context: PlayContext, body: TurnBody): Promise<StepRecord> {
  const { connection, deviceId, vantage } = clientStateIn(context.clientStates, body.as);
  if (connection === null) return notCarriedOut(`"${body.as}" has no connection: no knock of it was admitted`);
  const order: Order = {
    name: randomUUID(),
    agent: body.agent,
    session: body.session === undefined ? randomUUID() : `${body.session}-${deviceId.slice(0, 8)}`,
    message: JSON.stringify({ order: { tool: body.tool, arguments: body.arguments } }),
    callMs: context.timeouts.callMs,
    turnMs: body.withinSeconds * 1000,
  };
  const turn = body.by === 'job' ? await jobTurn(connection, order) : await clientTurn(connection, order);
  if ('why' in turn) return notCarriedOut(turn.why);
  const result = await resultIn(connection, turn.sessionKey, order.callMs);
  if (result === null) return notCarriedOut(`no tool answered in a turn that ended so: ${turn.end}`);
  const leaked = leaksIn(context, 'the result of a tool', result.text);
  return recordOf({ tool: result, ...leakedPart(leaked) }, vantage);
}

/** What the mock LLM is asked to do, and how long a call and the turn may take, in milliseconds. */
type Order = { name: string; agent: string; session: string; message: string; callMs: number; turnMs: number };
/** The session of a turn and how the turn ended, or why there was no turn. */
type Turn = { sessionKey: string; end: string } | { why: string };

async function clientTurn(connection: Connection, order: Order): Promise<Turn> {
  const { name, agent, session, message, callMs, turnMs } = order;
  const sessionKey = `agent:${agent}:${session}`;
  const said = { message, agentId: agent, sessionKey, idempotencyKey: name };
  const begun = await connection.call('agent', said, callMs);
  if (begun.kind !== 'answered') return { why: `no turn began: ${JSON.stringify(begun)}` };
  const asked = { runId: begun.payload.runId, timeoutMs: turnMs };
  const ended = await connection.call('agent.wait', asked, turnMs + callMs);
  if (ended.kind !== 'answered') return { why: `the turn was lost: ${JSON.stringify(ended)}` };
  return { sessionKey, end: JSON.stringify(ended.payload) };
}

/** Adds a cron job that is never due, runs it once, and waits for the event with which the gateway reports its end. */
async function jobTurn(connection: Connection, order: Order): Promise<Turn> {
  const { name, agent, message, callMs, turnMs } = order;
  const added = await connection.call(
    'cron.add',
    {
      name,
      agentId: agent,
      schedule: { kind: 'every', everyMs: 86_400_000 },
      sessionTarget: 'isolated',
      wakeMode: 'now',
      payload: { kind: 'agentTurn', message },
      delivery: { mode: 'none' },
    },
    callMs,
  );
  if (added.kind !== 'answered') return { why: `no job was added: ${JSON.stringify(added)}` };
  const id = added.payload.id ?? fieldOf(added.payload.job, 'id');
  const finished = Promise.withResolvers<Record<string, unknown> | null>();
  const stopListening = connection.onEvent(({ event, payload }) => {
    if (event === 'cron' && payload.jobId === id && payload.action === 'finished') finished.resolve(payload);
  });
  const late = setTimeout(() => finished.resolve(null), turnMs);
  const begun = await connection.call('cron.run', { id, mode: 'force' }, callMs);
  if (begun.kind !== 'answered') finished.resolve(null);
  const end = await finished.promise;
  clearTimeout(late);
  stopListening();
  if (end === null) return { why: `the job did not finish: ${JSON.stringify(begun)}` };
  return { sessionKey: `agent:${agent}:cron:${id}`, end: JSON.stringify(end) };
}

/** Gives the last tool result of a session; null if there is none. */
async function resultIn(
  connection: Connection,
  sessionKey: string,
  timeoutMs: number,
): Promise<{ name: string; text: string } | null> {
  const history = await connection.call('chat.history', { sessionKey }, timeoutMs);
  if (history.kind !== 'answered') return null;
  const { messages } = history.payload;
  if (!Array.isArray(messages)) return null;
  const last: unknown = messages.findLast((message: unknown) => fieldOf(message, 'role') === 'toolResult');
  const name = textIn(last, 'toolName');
  return name !== null ? { name, text: textOf(fieldOf(last, 'content')) } : null;
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map((part: unknown) => `${fieldOf(part, 'text') ?? ''}`).join('') : '';
}
