import { knock } from '../client/handshake.ts';
import type { HandshakeEnd } from '../client/transcript.ts';
import { eventsOf } from '../gateway/audit.ts';
import { decisionBetween, stateOf } from '../gateway/pairing.ts';
import { readOutcome } from '../judge/outcome.ts';
import type { Observation, Outcome } from '../scenario/observation.ts';
import type { Step } from '../scenario/step.ts';
import { claimsFor, playerIn } from './cast.ts';
import { doorOf } from './door.ts';
import { fieldOf } from './field.ts';
import { leakedPart, leaksIn, leaksTo } from './leaks.ts';
import { obey } from './obey.ts';
import { type Proof, proveScopes } from './prove.ts';
import { notCarriedOut, type StepRecord } from './record.ts';
import { fence, type Scene } from './scene.ts';

type KnockBody = Extract<Step, { knock: unknown }>['knock'];

let knocks = 0;

/**
 * Knocks once and looks at everything that may have come of it: the outcome, the scopes that calls prove, the pairing list
 * before and after, and the lines of the log that are about this knock.
 */
export function playKnock(scene: Scene, body: KnockBody): Promise<StepRecord> {
  return scene.alone(() => knockAlone(scene, body));
}

async function knockAlone(scene: Scene, body: KnockBody): Promise<StepRecord> {
  const { stage, vault, loaded, patience } = scene;
  const player = playerIn(scene.cast, body.as);
  const claims = await claimsFor(player, body.claims ?? {}, stage, loaded.scenario.gateway.auth, vault);
  if (typeof claims === 'string') return notCarriedOut(claims);
  await player.connection?.close();
  player.connection = null;

  player.shown = Object.values(claims.credentials);
  const leaked = new Set<string>();
  const leaksHeard = leaksTo(scene, body.as, player.shown);

  knocks += 1;
  const marker = `postern-${stage.id}-${knocks}`;
  const operator = stage.operator();
  const deviceId = player.identity.deviceId;
  const before = stateOf(await operator.list(), deviceId);
  const mark = stage.journal.mark();
  const began = performance.now();
  const { end, transcript, connection } = await knock(
    {
      ...stage.door(doorOf(body)),
      path: '/',
      headers: { 'User-Agent': marker, ...body.headers },
    },
    claims,
    patience,
    (text) => {
      for (const leak of leaksHeard(text)) leaked.add(leak);
    },
    { afterMs: (body.afterSeconds ?? 0) * 1000, fragments: body.fragments ?? 1 },
  );
  scene.knocked();
  const durationMs = Math.round(performance.now() - began);

  let conn: string | null = null;
  let proof: Proof | null = null;
  if (end.kind === 'hello' && connection !== null) {
    player.connection = connection;
    if (claims.commands.length > 0) obey(connection);
    const { auth, server } = end.payload;
    conn = textIn(server, 'connId');
    const deviceToken = textIn(auth, 'deviceToken');
    if (deviceToken !== null) {
      player.deviceToken = deviceToken;
      vault.learn('device token', deviceToken);
    }
    proof = await proveScopes(connection, listIn(auth, 'scopes'), claims.scopes, patience.callMs);
  }

  const after = stateOf(await operator.list(), deviceId);
  if (after.pending !== null && !player.requestIds.includes(after.pending.requestId)) {
    player.requestIds.push(after.pending.requestId);
  }
  const isLogWhole = await fence(scene);
  const lines = stage.journal.since(mark).map((line) => line.text);
  const audit = eventsOf(lines, { deviceId: claims.identity?.deviceId ?? null, conn, userAgent: marker });
  for (const leak of leaksIn(scene, 'the log', lines.join('\n'))) leaked.add(leak);
  const observation: Observation = {
    outcome: outcomeOf(end, proof),
    pairing: decisionBetween(before, after),
    // A log without the fence may lack anything: then neither an event nor its absence was seen.
    ...(isLogWhole ? { audit } : {}),
    ...leakedPart(leaked),
  };
  return { observation, transcript, logLines: audit.map((event) => event.line), vantage: body.from, durationMs };
}

/** A session whose scopes cannot be known is no admission that could be judged. */
function outcomeOf(end: HandshakeEnd, proof: Proof | null): Outcome {
  if (proof?.kind === 'unknown') return { kind: 'unreadable', phase: 'proving its scopes', text: proof.why };
  return readOutcome(end, proof?.scopes ?? null);
}

function textIn(value: unknown, key: string): string | null {
  const found = fieldOf(value, key);
  return typeof found === 'string' ? found : null;
}

function listIn(value: unknown, key: string): string[] | null {
  const found = fieldOf(value, key);
  return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : null;
}
