import { z } from 'zod';
import { CLIENT_KINDS, type Claims, type Credentials, honestClaims } from '../client/claims.ts';
import type { Connection } from '../client/connection.ts';
import { readFrame } from '../client/frames.ts';
import { DEFAULT_LIMITS, type Knock, knock } from '../client/handshake.ts';
import { readOutcome } from '../client/outcome.ts';
import type { Route } from '../gateway/network/proxies.ts';
import type { StageInPlay } from '../gateway/stage/stage.ts';
import { mintSetupCode } from '../play/setup-code.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import { inRangeOrNewest } from '../scenario/releases/range.ts';
import { cutTo } from '../text/cut.ts';
import type { Caller } from './callers.ts';
import type { CallerState } from './matrix.ts';

/** The stage on which callers are made, and what learns the tokens that they get. */
export type Making = { stage: StageInPlay; secretRegistry: SecretRegistry };

/** The same for one caller; `heard` gets every text that the gateway sends to it. */
type MakingOne = Making & { heard(text: string): void };

/** How many characters of a frame that cannot be read are kept. */
const KEPT_FRAME = 160;

/** A caller on a stage. `open` gives its session, and later a new one; null if the gateway does not admit it again. */
export type MadeCaller = {
  caller: Caller;
  state: CallerState;
  /** The id of its device; null if it has none or was not made. */
  deviceId: string | null;
  /** The device token that the gateway gave it; null if it gave none. */
  deviceToken: string | null;
  /** What hello-ok lists as methods; empty if it was not made. */
  advertised: readonly string[];
  /** The last frame on its sessions that is no frame of the protocol; null if there was none. */
  unreadable(): string | null;
  open(): Promise<Connection | null>;
};

const helloShape = z.object({
  features: z.object({ methods: z.array(z.string()) }).optional(),
  auth: z
    .object({
      role: z.string().optional(),
      scopes: z.array(z.string()).default([]),
      deviceToken: z.string().optional(),
      deviceTokens: z.array(z.object({ deviceToken: z.string(), role: z.string() })).default([]),
    })
    .optional(),
});
type Hello = z.infer<typeof helloShape>;

/** A session, or why there is none. */
type Session = { connection: Connection; hello: Hello; claims: Claims } | CallerState;

/** A phone, which joins as a node, and as an operator with what the code hands over to it. A gateway hands it over only to a phone. */
const PHONE = { id: 'openclaw-ios', mode: 'node' };
const PHONE_APP = { id: 'openclaw-ios', mode: 'ui' };
const OF_PHONES = { platform: 'iOS 18', deviceFamily: 'iPhone' };

/**
 * Makes a caller on a stage: it knocks, the operator approves what waits, and it knocks again. `known` are the scopes that the release names;
 * a caller that asks for another one alone is not made. Throws EnvironmentError if the pairing list cannot be read or the engine fails; a
 * gateway that refuses gives a state.
 */
export async function makeCaller(making: Making, caller: Caller, known: readonly string[]): Promise<MadeCaller> {
  let unreadable: string | null = null;
  const heard = (text: string): void => {
    const frame = readFrame(text);
    if (frame.kind === 'unreadable') unreadable = cutTo(`${frame.why}: ${text}`, KEPT_FRAME);
  };
  const session = await sessionOf({ ...making, heard }, caller, known);
  const told = (): string | null => unreadable;
  if ('kind' in session)
    return {
      caller,
      state: session,
      deviceId: null,
      deviceToken: null,
      advertised: [],
      unreadable: told,
      open: async () => null,
    };
  const { connection, hello, claims } = session;
  const deviceId = claims.identity?.deviceId ?? null;
  if (caller.admission === 'revoked' && deviceId !== null)
    await making.stage.operator().call('device.token.revoke', { deviceId, role: caller.role });
  const deviceToken = hello.auth?.deviceToken ?? null;
  if (deviceToken !== null) making.secretRegistry.learn('device token', deviceToken);
  let first: Connection | null = connection;
  return {
    caller,
    state: { kind: 'admitted', role: hello.auth?.role ?? caller.role, holds: hello.auth?.scopes ?? [] },
    deviceId,
    deviceToken,
    advertised: hello.features?.methods ?? [],
    unreadable: told,
    async open() {
      const opened =
        first ??
        (caller.admission === 'revoked' ? null : (await knockAs({ ...making, heard }, caller, claims)).connection);
      first = null;
      return opened;
    },
  };
}

/** The releases whose setup codes contain the shared secret: measured on 2026.2.26 and 2026.3.8, and no more on 2026.3.13. */
const WITHOUT_SETUP_TOKENS = '<2026.3.13';

async function sessionOf(making: MakingOne, caller: Caller, known: readonly string[]): Promise<Session> {
  const { stage, secretRegistry } = making;
  const [asked, ...others] = caller.asks;
  if (asked !== undefined && others.length === 0 && !known.includes(asked))
    return { kind: 'unknown-scope', scope: asked };
  switch (caller.admission) {
    case 'paired':
    case 'revoked':
      return admit(making, caller, claimsOf(making, caller, CLIENT_KINDS.cli, stage.credentials()));
    case 'no-device': {
      const claims = claimsOf(making, caller, CLIENT_KINDS.backend, stage.credentials());
      return admit(making, caller, { ...claims, identity: null });
    }
    case 'device-token': {
      const paired = await admit(making, caller, claimsOf(making, caller, CLIENT_KINDS.cli, stage.credentials()));
      if ('kind' in paired) return paired;
      await paired.connection.close();
      return again(making, caller, CLIENT_KINDS.cli, paired.claims, paired.hello.auth?.deviceToken);
    }
    case 'setup-code':
    case 'handed-over': {
      if (stage.command === null) return { kind: 'not-made', why: 'this stage runs no commands' };
      const { command, token } = await mintSetupCode(stage, { owner: 'rights', limited: false });
      if (token === null && command.exitCode === 0 && inRangeOrNewest(stage.version(), WITHOUT_SETUP_TOKENS))
        return {
          kind: 'refused',
          why: 'setup codes of this release contain the shared secret, and no token of their own',
        };
      if (token === null) return { kind: 'not-made', why: '`openclaw qr --json` gave no setup code' };
      secretRegistry.learn('bootstrap token', token);
      const phone = { ...caller, role: 'node', asks: [] } as const;
      const joined = await admit(making, phone, claimsOf(making, phone, PHONE, { bootstrapToken: token }));
      if ('kind' in joined || caller.admission === 'setup-code') return joined;
      await joined.connection.close();
      const handed = joined.hello.auth?.deviceTokens.find(({ role }) => role === 'operator')?.deviceToken;
      return again(making, caller, PHONE_APP, joined.claims, handed);
    }
  }
}

/** Knocks again with the key of earlier claims, and a device token in place of every other credential. */
async function again(
  making: MakingOne,
  caller: Caller,
  client: { id: string; mode: string },
  { identity }: Claims,
  deviceToken: string | undefined,
): Promise<Session> {
  if (deviceToken === undefined) return { kind: 'refused', why: 'it was given no device token' };
  making.secretRegistry.learn('device token', deviceToken);
  return admit(making, caller, { ...claimsOf(making, caller, client, { deviceToken }), identity });
}

function claimsOf(
  { stage }: Making,
  { role, asks }: Pick<Caller, 'role' | 'asks'>,
  client: { id: string; mode: string },
  credentials: Credentials,
): Claims {
  const honest = honestClaims({
    release: stage.version(),
    buildId: stage.buildId(),
    clientId: client.id,
    clientMode: client.mode,
    credentials,
  });
  return { ...honest, ...(client.id === PHONE.id ? OF_PHONES : {}), role, scopes: asks };
}

/** The route of a caller: from the gateway's own machine, or from another one. */
export function routeOf({ place }: Pick<Caller, 'place'>): Route {
  return { from: place === 'local' ? 'loopback' : 'lan', through: 'documented' };
}

function knockAs({ stage, heard }: MakingOne, caller: Pick<Caller, 'place'>, claims: Claims): Promise<Knock> {
  return knock(
    { ...stage.route(routeOf(caller)), path: '/', form: claims.form, headers: {} },
    claims,
    DEFAULT_LIMITS,
    heard,
  );
}

/** Knocks; if the device then waits for approval, the operator approves it, and it knocks again. */
async function admit(making: MakingOne, caller: Pick<Caller, 'place'>, claims: Claims): Promise<Session> {
  const first = await knockAs(making, caller, claims);
  const operator = making.stage.operator();
  const deviceId = claims.identity?.deviceId;
  const waits =
    first.connection === null && deviceId !== undefined
      ? (await operator.list()).pending.find((request) => request.deviceId === deviceId)
      : undefined;
  if (waits !== undefined) await operator.call('device.pair.approve', { requestId: waits.requestId });
  const { end, connection } = waits === undefined ? first : await knockAs(making, caller, claims);
  if (end.kind !== 'hello' || connection === null) return notAdmitted(end);
  const hello = helloShape.safeParse(end.payload);
  if (!hello.success) return { kind: 'not-made', why: 'hello-ok cannot be read' };
  return { connection, hello: hello.data, claims };
}

/** Causes of a refusal that are no decision about the client: another knock may be admitted. */
const UNDECIDED_CAUSES: ReadonlySet<string> = new Set(['starting', 'rate-limit', 'unstated']);

/**
 * What a knock without hello shows: a refusal, in words that are the same in each run. Silence, a lost connection and a refusal that does not say why
 * decide nothing. Source: 2026.4.20 closed the knock of a phone with 1000 under load, and admitted it when it had less to do.
 */
export function notAdmitted(end: Knock['end']): CallerState {
  const outcome = readOutcome(end, null);
  if (outcome.kind === 'refused' && !UNDECIDED_CAUSES.has(outcome.cause))
    return { kind: 'refused', why: `${outcome.cause} (${outcome.code})` };
  if (outcome.kind === 'refused')
    return { kind: 'not-made', why: `its knock was refused with ${outcome.code}, ${outcome.cause}` };
  return { kind: 'not-made', why: `its knock ended with ${outcome.kind}` };
}
