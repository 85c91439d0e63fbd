import { knock } from '../client/handshake.ts';
import { touch } from '../client/touch.ts';
import { eventsOf } from '../gateway/audit.ts';
import { decisionBetween, stateOf } from '../gateway/pairing.ts';
import type { Observation } from '../judge/observation.ts';
import { readOutcome } from '../judge/outcome.ts';
import type { Step } from '../scenario/step.ts';
import { claimsFor, playerIn } from './cast.ts';
import { proveScopes } from './prove.ts';
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
  const { stage, vault, loaded } = scene;
  const player = playerIn(scene.cast, body.as);
  const claims = await claimsFor(player, body.claims ?? {}, stage, loaded.scenario.gateway.auth, vault);
  if (typeof claims === 'string') return notCarriedOut(claims);
  await player.connection?.close();
  player.connection = null;

  knocks += 1;
  const marker = `postern-${stage.id}-${knocks}`;
  const operator = stage.operator();
  const deviceId = player.identity.deviceId;
  const before = stateOf(await operator.list(), deviceId);
  const mark = stage.journal.mark();
  const began = performance.now();
  const { end, transcript, connection } = await knock(
    {
      ...stage.door(body.from, body.through ?? 'documented'),
      path: '/',
      headers: { 'User-Agent': marker, ...body.headers },
    },
    claims,
  );
  scene.knocked();
  const durationMs = Math.round(performance.now() - began);

  let conn: string | null = null;
  let proven: string[] | null = null;
  if (end.kind === 'hello' && connection !== null) {
    player.connection = connection;
    const { auth, server } = end.payload;
    conn = textIn(server, 'connId');
    const deviceToken = textIn(auth, 'deviceToken');
    if (deviceToken !== null) {
      player.deviceToken = deviceToken;
      vault.learn('device token', deviceToken);
    }
    proven = await proveScopes(connection, listIn(auth, 'scopes'), claims.scopes);
  }

  const after = stateOf(await operator.list(), deviceId);
  if (after.pending !== null && !player.requestIds.includes(after.pending.requestId)) {
    player.requestIds.push(after.pending.requestId);
  }
  await fence(stage, stage.journal, async (userAgent) => {
    await touch(stage.door('loopback', 'documented'), userAgent);
  });
  const lines = stage.journal.since(mark).map((line) => line.text);
  const audit = eventsOf(lines, { deviceId: claims.identity?.deviceId ?? null, conn, userAgent: marker });
  const observation: Observation = {
    outcome: readOutcome(end, proven),
    pairing: decisionBetween(before, after),
    audit,
  };
  return { observation, transcript, logLines: audit.map((event) => event.line), vantage: body.from, durationMs };
}

function textIn(value: unknown, key: string): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' ? found : null;
}

function listIn(value: unknown, key: string): string[] | null {
  if (typeof value !== 'object' || value === null) return null;
  const found: unknown = Reflect.get(value, key);
  return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : null;
}
