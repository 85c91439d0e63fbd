import type { Connection } from '../client/connection.ts';
import { readOutcome } from '../client/outcome.ts';
import { type HandshakeEnd, requestOf, type Transcript, wasOpened } from '../client/transcript.ts';
import { eventsOf, LINES_BEFORE } from '../gateway/audit.ts';
import { decisionBetween, stateOf } from '../gateway/pairing.ts';
import type { Observation, Outcome } from '../scenario/observation.ts';
import { ALONE } from './barrier.ts';
import type { ClientState } from './clients.ts';
import { fence, type PlayContext } from './context.ts';
import { issuedTo, leakedPart, leaksIn, leaksTo } from './leaks.ts';
import { type Proof, proveScopes } from './probe-scopes.ts';
import { listIn, textIn, textsNamed } from './read-json.ts';
import type { StepRecord } from './record.ts';

/** What an attempt to get in came to, before anything else is looked at. */
export type Attempt = {
  /** How its handshake ended; null where none was begun. */
  end: HandshakeEnd | null;
  transcript: Transcript | null;
  connection: Connection | null;
  /** The device it spoke for; null where it had no device block. */
  deviceId: string | null;
  /** The scopes it asked for. */
  asked: readonly string[];
  /** What else is part of what was seen. */
  shows: Pick<Observation, 'page'>;
};

/**
 * Has a client try to get in, and looks at everything that may have come of it: the outcome, the scopes that calls prove, the
 * pairing list before and after, and the lines of the log that are about this attempt.
 * `shown` are the secrets that the client shows, which may therefore be told to it; `work` is given what must hear every text of the gateway.
 */
export async function observeAttempt(
  context: PlayContext,
  clientState: ClientState,
  { vantage, shown }: { vantage: string; shown: readonly string[] },
  work: (hear: (text: string) => void) => Promise<Attempt>,
): Promise<StepRecord> {
  const { stage, timeouts } = context;
  clientState.shown = shown;
  clientState.vantage = vantage;
  const leaked = new Set<string>();
  const leaksHeard = leaksTo(context, clientState.name, shown);

  const operator = stage.operator();
  const listBefore = await operator.list();
  const mark = stage.gatewayLog.mark();
  const linesBefore = stage.gatewayLog.since(mark - LINES_BEFORE).map((line) => line.text);
  const began = performance.now();
  const { end, transcript, connection, deviceId, asked, shows } = await work((text) => {
    for (const leak of leaksHeard(text)) leaked.add(leak);
  });
  context.knocked();
  const durationMs = Math.round(performance.now() - began);

  let conn: string | null = null;
  let proof: Proof | null = null;
  if (end?.kind === 'hello' && connection !== null) {
    const { auth, server } = end.payload;
    conn = textIn(server, 'connId');
    clientState.deviceToken = textIn(auth, 'deviceToken') ?? clientState.deviceToken;
    // Some releases hand out one for each role at once.
    for (const token of textsNamed(auth, 'deviceToken'))
      for (const leak of issuedTo(context, clientState.name, 'device token', token)) leaked.add(leak);
    proof = await proveScopes(connection, {
      release: stage.version(),
      granted: listIn(auth, 'scopes'),
      role: textIn(auth, 'role'),
      asked,
      order: context.order,
      withinMs: timeouts.callMs,
    });
    // Of several that were admitted at once, one is the connection of the client.
    const { connection: earlier } = clientState;
    clientState.connection = connection;
    await earlier?.close();
  }

  await context.seat.at('over');

  const before = stateOf(listBefore, clientState.deviceId);
  const after = stateOf(await operator.list(), clientState.deviceId);
  if (after.pending !== null && !clientState.requestIds.includes(after.pending.requestId)) {
    clientState.requestIds.push(after.pending.requestId);
  }
  const behind = await fence(context);
  const lines = stage.gatewayLog.since(mark).map((line) => line.text);
  const audit = eventsOf(lines, linesBefore, {
    deviceId,
    conn,
    request: transcript === null ? null : requestOf(transcript),
    connected: transcript !== null && wasOpened(transcript),
    fence: behind,
    inCompany: context.seat !== ALONE,
  });
  for (const leak of leaksIn(context, 'the log', lines.join('\n'))) leaked.add(leak);
  const observation: Observation = {
    ...(end === null ? {} : { outcome: outcomeOf(end, proof) }),
    pairing: decisionBetween(before, after),
    // A log without the fence may lack anything, and one that does not tell whose lines are whose shows nothing of this attempt: then
    // neither an event nor its absence was seen.
    ...(behind !== null && audit !== null ? { audit } : {}),
    ...shows,
    ...leakedPart(leaked),
  };
  return { observation, transcript, logLines: (audit ?? []).map((event) => event.line), vantage, durationMs };
}

/** A session whose scopes cannot be known is no admission that could be judged. */
function outcomeOf(end: HandshakeEnd, proof: Proof | null): Outcome {
  if (proof?.kind === 'unknown') return { kind: 'unreadable', phase: 'proving its scopes', text: proof.why };
  return readOutcome(end, proof?.scopes ?? null);
}
