import type { Connection } from '../client/connection.ts';
import { readOutcome } from '../client/outcome.ts';
import { type HandshakeEnd, requestOf, type Transcript, wasOpened } from '../client/transcript.ts';
import { eventsOf, LINES_BEFORE } from '../gateway/log/audit.ts';
import { decisionBetween, describeState, stateOf } from '../gateway/pairing/pairing.ts';
import type { Observation, Outcome } from '../scenario/schema/observation.ts';
import { ALONE } from './barrier.ts';
import type { ClientState } from './clients.ts';
import { fence, type PlayContext } from './context.ts';
import { faultsOfIssued, leakedPart, leaksIn, leaksTo } from './leaks.ts';
import { proveScopes, type ScopeProof } from './probe-scopes.ts';
import { stringsIn, textIn, textsNamed } from './read-json.ts';
import type { StepRecord } from './record.ts';

/** The result of one attempt to connect, as the client itself recorded it. */
export type Attempt = {
  /** How the handshake ended; null if the client began none. */
  end: HandshakeEnd | null;
  transcript: Transcript | null;
  connection: Connection | null;
  /** The id of the device in the connect params; null if they had no device block. */
  deviceId: string | null;
  /** The scopes in the connect params. */
  asked: readonly string[];
  /** Further parts of the observation: the page, if the client is a browser. */
  shows: Pick<Observation, 'page'>;
};

/**
 * Runs one attempt to connect and records the observation: the outcome, the scopes that calls prove, the pairing decision from the list
 * before and after the attempt, the audit events of this attempt, and the secrets that leaked.
 * `vantage` is where the attempt comes from. `shown` lists the secrets that the client sends; the gateway may send them back to it.
 * `work` makes the attempt; it must pass each text that the gateway sends to its argument `hear`, which searches the text for leaks.
 * Throws EnvironmentError if the pairing list cannot be read; passes on the errors of `work`.
 */
export async function observeAttempt(
  context: PlayContext,
  clientState: ClientState,
  { vantage, shown }: { vantage: string; shown: readonly string[] },
  work: (hear: (text: string) => void) => Promise<Attempt>,
): Promise<StepRecord> {
  const { stage } = context;
  clientState.shown = shown;
  clientState.vantage = vantage;
  const leaked = new Set<string>();
  const findLeaks = leaksTo(context, clientState.name, shown);

  const operator = stage.operator();
  const listBefore = await operator.list();
  const mark = stage.gatewayLog.mark();
  const linesBefore = stage.gatewayLog.since(mark - LINES_BEFORE).map((line) => line.text);
  const began = performance.now();
  const { end, transcript, connection, deviceId, asked, shows } = await work((text) => {
    for (const leak of findLeaks(text)) leaked.add(leak);
  });
  context.knocked();
  const durationMs = Math.round(performance.now() - began);

  const admission = await followAdmission(context, clientState, { end, connection, asked }, leaked);
  await context.seat.at('over');

  const before = stateOf(listBefore, clientState.deviceId);
  const after = stateOf(await operator.list(), clientState.deviceId);
  if (after.pending !== null && !clientState.requestIds.includes(after.pending.requestId)) {
    clientState.requestIds.push(after.pending.requestId);
  }
  const fenceConn = await fence(context);
  const lines = stage.gatewayLog.since(mark).map((line) => line.text);
  const audit = eventsOf(lines, linesBefore, {
    deviceId,
    conn: admission?.conn ?? null,
    request: transcript === null ? null : requestOf(transcript),
    connected: transcript !== null && wasOpened(transcript),
    fence: fenceConn,
    inCompany: context.seat !== ALONE,
  });
  for (const leak of leaksIn(context, 'the log', lines.join('\n'))) leaked.add(leak);
  const observation: Observation = {
    ...(end === null ? {} : { outcome: outcomeOf(end, admission?.proof ?? null) }),
    pairing: decisionBetween(before, after),
    // Without the fence (`fenceConn` is null), the log may lack lines of this attempt. If its lines cannot be attributed to one attempt
    // (`audit` is null), the log shows nothing about this one. In both cases `audit` is absent from the observation, not an empty list.
    ...(fenceConn !== null && audit !== null ? { audit } : {}),
    ...shows,
    ...leakedPart(leaked),
  };
  return {
    observation,
    transcript,
    logLines: (audit ?? []).map((event) => event.line),
    pairingList: { before: describeState(before), after: describeState(after) },
    vantage,
    durationMs,
  };
}

/** What an admission showed beyond the handshake. */
type Admission = {
  /** The gateway's id of the connection; null if hello has none. */
  conn: string | null;
  /** The scopes that calls prove. */
  proof: ScopeProof;
};

/**
 * If the attempt was admitted, takes over its tokens and its connection as those of the client, and proves its scopes. Adds to `leaked` the
 * tokens that are no secret. Gives null if the attempt was not admitted.
 */
async function followAdmission(
  context: PlayContext,
  clientState: ClientState,
  { end, connection, asked }: Pick<Attempt, 'end' | 'connection' | 'asked'>,
  leaked: Set<string>,
): Promise<Admission | null> {
  if (end?.kind !== 'hello' || connection === null) return null;
  const { auth, server } = end.payload;
  clientState.deviceToken = textIn(auth, 'deviceToken') ?? clientState.deviceToken;
  // Some releases issue a device token for each role at once.
  for (const token of textsNamed(auth, 'deviceToken'))
    for (const leak of faultsOfIssued(context, clientState.name, 'device token', token)) leaked.add(leak);
  const proof = await proveScopes(connection, {
    release: context.stage.version(),
    granted: stringsIn(auth, 'scopes'),
    role: textIn(auth, 'role'),
    asked,
    order: context.order,
    withinMs: context.timeouts.callMs,
  });
  // If several attempts of one client were admitted at once, the client keeps the last connection and closes the earlier one.
  const { connection: earlier } = clientState;
  clientState.connection = connection;
  await earlier?.close();
  return { conn: textIn(server, 'connId'), proof };
}

/** Gives the outcome of a handshake. If calls could not prove the scopes of the session, the outcome is `unreadable`, not `admitted`. */
function outcomeOf(end: HandshakeEnd, proof: ScopeProof | null): Outcome {
  if (proof?.kind === 'unknown') return { kind: 'unreadable', phase: 'proving its scopes', text: proof.why };
  return readOutcome(end, proof?.scopes ?? null);
}
