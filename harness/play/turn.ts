import type { Connection } from '../client/connection.ts';
import type { Step } from '../scenario/step.ts';
import { playerIn } from './cast.ts';
import { fieldOf } from './field.ts';
import { leakedPart, leaksIn } from './leaks.ts';
import { notCarriedOut, type StepRecord, showing } from './record.ts';
import type { Scene } from './scene.ts';

type TurnBody = Extract<Step, { turn: unknown }>['turn'];

let turns = 0;

/**
 * Has an agent take a turn in a session of its own, in which its model asks for one tool, and reads in the session's history what
 * that tool answered: what the person who asked is shown.
 */
export function playTurn(scene: Scene, body: TurnBody): Promise<StepRecord> {
  return scene.alone(() => turnAlone(scene, body));
}

async function turnAlone(scene: Scene, body: TurnBody): Promise<StepRecord> {
  const { connection } = playerIn(scene.cast, body.as);
  if (connection === null) return notCarriedOut(`"${body.as}" has no connection: no knock of it was admitted`);
  turns += 1;
  const sessionKey = `agent:${body.agent}:postern-${turns}`;
  const message = JSON.stringify({ postern: { tool: body.tool, arguments: body.arguments } });
  const patience = scene.patience.callMs;
  const begun = await connection.call(
    'agent',
    { message, agentId: body.agent, sessionKey, idempotencyKey: `postern-${scene.stage.id}-${turns}` },
    patience,
  );
  if (begun.kind !== 'answered') return notCarriedOut(`no turn began: ${JSON.stringify(begun)}`);
  const timeoutMs = body.withinSeconds * 1000;
  const ended = await connection.call('agent.wait', { runId: begun.payload['runId'], timeoutMs }, timeoutMs + patience);
  if (ended.kind !== 'answered') return notCarriedOut(`the turn was lost: ${JSON.stringify(ended)}`);
  const result = await resultIn(connection, sessionKey, patience);
  if (result === null)
    return notCarriedOut(`no tool answered in a turn that ended so: ${JSON.stringify(ended.payload)}`);
  const leaked = leaksIn(scene, 'the result of a tool', result.text);
  return showing({ tool: result, ...leakedPart(leaked) });
}

/** The last tool result of a session, or null where it holds none. */
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
  const name = fieldOf(last, 'toolName');
  return typeof name === 'string' ? { name, text: textOf(fieldOf(last, 'content')) } : null;
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map((part: unknown) => `${fieldOf(part, 'text') ?? ''}`).join('') : '';
}
