import { randomUUID } from 'node:crypto';
import { atMost } from '../at-most.ts';
import type { Connection } from '../client/connection.ts';
import { CALL_MS, CALLERS_AT_ONCE } from '../limits.ts';
import type { Order } from '../order.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import { CALLERS } from '../rights/callers.ts';
import { type MadeCaller, type Making, makeCaller } from '../rights/make-caller.ts';
import { OPERATOR_SCOPES } from '../scenario/schema/scopes.ts';
import { byText } from '../text/by-text.ts';
import type { HeardEvent, HeardEvents } from './heard-events.ts';
import { OCCASIONS } from './occasions.ts';

/** What is listened with: the stage, the release whose rules count, the scopes that its package names, and what is told between two occasions. */
type Listening = Making & { version: string; scopes: readonly string[]; order: Order; told(occasion: string): void };

/** Events that a gateway sends when their time has come, whatever its clients do. Whether a caller got one says nothing. */
const TIMED: ReadonlySet<string> = new Set(['tick', 'health', 'heartbeat', 'shutdown', 'update.available']);

/** A caller with its session, and the texts of the events that it got, by the name of the event. */
type Listener = { made: MadeCaller; connection: Connection; heard: Map<string, string[]> };

/**
 * Makes every caller, lets each subscribe to all that a client can subscribe to, makes each occasion happen, and gives which events reached
 * which caller. An answer to a call that a caller makes after an occasion shows that it has every event that was sent before it. Throws EnvironmentError if the
 * pairing list cannot be read or the engine fails.
 */
export async function listen(listening: Listening): Promise<HeardEvents> {
  const { stage, version, scopes, order, told } = listening;
  const made: MadeCaller[] = [];
  await atMost(CALLERS_AT_ONCE, order.shuffled(CALLERS), async (caller) => {
    made.push(await makeCaller(listening, caller, [...OPERATOR_SCOPES, ...scopes]));
  });
  const mark = `mark-${randomUUID()}`;
  const sessionKey = `agent:main:events-${randomUUID()}`;
  const listeners = await listenersOf(made);
  const deaf = new Set<string>();
  const askAll = async (method: string, params: object): Promise<void> => {
    await Promise.all(
      listeners.map(async ({ made: { caller }, connection }) => {
        const { kind } = await connection.call(method, params, CALL_MS);
        // The session of a revoked caller may end; a denial is an answer, too.
        if ((kind === 'closed' || kind === 'timeout') && caller.admission !== 'revoked') deaf.add(caller.id);
      }),
    );
  };
  await askAll('sessions.subscribe', {});
  await askAll('sessions.messages.subscribe', { key: sessionKey });
  // What the callers heard of each other while they were made differs from run to run.
  for (const { heard } of listeners) heard.clear();
  const occasions: HeardEvents['occasions'] = [];
  const operator = stage.operator();
  for (const { id, happens } of OCCASIONS) {
    told(id);
    const happened = await happens({ making: listening, operator, sessionKey, mark });
    await askAll('health', {});
    occasions.push({ id, happened });
  }
  return {
    version,
    callers: Object.fromEntries(
      made.map(({ caller, state }) => [caller.id, state] as const).sort(([a], [b]) => byText(a, b)),
    ),
    occasions,
    deaf: [...deaf].sort(byText),
    events: eventsOf(listeners, mark, listening.secretRegistry),
  };
}

async function listenersOf(made: readonly MadeCaller[]): Promise<Listener[]> {
  const opened = await Promise.all(
    made.map(async (each): Promise<Listener[]> => {
      const connection = await each.open();
      if (connection === null) return [];
      const heard = new Map<string, string[]>();
      connection.onEvent(({ event, payload }) => {
        heard.set(event, [...(heard.get(event) ?? []), JSON.stringify(payload)]);
      });
      return [{ made: each, connection, heard }];
    }),
  );
  return opened.flat();
}

function eventsOf(listeners: readonly Listener[], mark: string, { redact }: SecretRegistry): HeardEvent[] {
  const names = [...new Set(listeners.flatMap(({ heard }) => [...heard.keys()]))].sort(byText);
  const idsOf = (which: (texts: readonly string[]) => boolean, event: string): string[] =>
    listeners
      .filter(({ heard }) => which(heard.get(event) ?? []))
      .map(({ made }) => made.caller.id)
      .sort(byText);
  const all = names.map((event) => ({
    event,
    heardBy: idsOf((texts) => texts.length > 0, event),
    contentTo: idsOf((texts) => texts.some((text) => text.includes(mark)), event),
    secretTo: idsOf((texts) => texts.some((text) => redact(text) !== text), event),
  }));
  return all.filter(({ event, contentTo, secretTo }) => !TIMED.has(event) || contentTo.length + secretTo.length > 0);
}
