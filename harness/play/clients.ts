import { randomUUID } from 'node:crypto';
import type { BrowserSession } from '../client/browser-session.ts';
import { CLIENT_KINDS, type Claims, type Credentials, honestClaims } from '../client/claims.ts';
import type { Connection } from '../client/connection.ts';
import { createIdentity, type Identity } from '../client/identity.ts';
import type { Stage } from '../gateway/stage.ts';
import { newSecret, type SecretRegistry } from '../redaction/redactor.ts';
import type { ClaimsDeclaration } from '../scenario/claims.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { readHomeIdentity } from './home-identity.ts';

/** One client of a scenario while it is played: what it remembers from knock to knock. */
export type ClientState = {
  name: string;
  declared: ClaimsDeclaration;
  identity: Identity;
  /** Of its key, or of the one that its browser made. */
  deviceId: string;
  /** The identity that it last read in the gateway's home. */
  homeIdentity: Identity | null;
  deviceToken: string | null;
  bootstrapToken: string | null;
  /** The request with which it knocked last, letter for letter. */
  request: string | null;
  /** What it showed at its last knock. */
  shown: readonly string[];
  /** Where it last knocked from. */
  vantage: string | null;
  /** The connection of its last admitted knock, while that is open. */
  connection: Connection | null;
  /** The request ids that the gateway made for its device, oldest first. */
  requestIds: string[];
  /** What it browses with, once it has. */
  person: BrowserSession | null;
};

/** The clients of one play, each with an identity of its own, so that plays on one stage do not meet. */
export type ClientStates = Map<string, ClientState>;

/** A cast of clients by their names, each with a new key. */
export function clientStatesOf({ clients }: Pick<Scenario, 'clients'>): ClientStates {
  return new Map(
    Object.entries(clients).map(([name, declared]) => {
      const identity = createIdentity();
      const clientState: ClientState = {
        name,
        declared,
        identity,
        deviceId: identity.deviceId,
        homeIdentity: null,
        deviceToken: null,
        bootstrapToken: null,
        request: null,
        shown: [],
        vantage: null,
        connection: null,
        requestIds: [],
        person: null,
      };
      return [name, clientState];
    }),
  );
}

/** The client by its name; the rules of loading have made sure that it is there. */
export function clientStateIn(clientStates: ClientStates, name: string): ClientState {
  const clientState = clientStates.get(name);
  if (clientState === undefined) throw new Error(`no client "${name}" although the scenario loaded`);
  return clientState;
}

/** Either what to show at the door, or why the client has nothing of the kind. */
export function credentialsFor(
  kind: NonNullable<ClaimsDeclaration['credential']>,
  clientState: ClientState,
  stage: Stage,
): Credentials | string {
  switch (kind) {
    case 'none':
      return {};
    case 'token':
      // "token" means the shared secret, whatever kind of it the stage has; without authentication there is none.
      return stage.credentials();
    case 'password':
      return { password: stage.password };
    // A wrong secret has the shape of a right one, and is another each time.
    case 'wrong-token':
      return { token: newSecret() };
    case 'wrong-password':
      return { password: newSecret() };
    case 'former-secret':
      return stage.former ?? 'the shared secret was never changed';
    case 'device-token':
      return clientState.deviceToken === null
        ? `"${clientState.name}" was never given a device token`
        : { deviceToken: clientState.deviceToken };
    case 'bootstrap-token':
      return clientState.bootstrapToken === null
        ? `"${clientState.name}" was never given a bootstrap token`
        : { bootstrapToken: clientState.bootstrapToken };
  }
}

/**
 * The claims of one knock: what the client is declared to say, overridden by what this knock says.
 * Gives a sentence instead where a prerequisite is missing.
 */
export async function claimsFor(
  clientState: ClientState,
  override: ClaimsDeclaration,
  { stage, secretRegistry, clientStates }: { stage: Stage; secretRegistry: SecretRegistry; clientStates: ClientStates },
): Promise<Claims | string> {
  const said = { ...clientState.declared, ...override };
  const credentials = credentialsFor(said.credential ?? 'token', clientState, stage);
  if (typeof credentials === 'string') return credentials;
  if (said.identity === 'home') {
    // Releases that keep it elsewhere take it over from the file, so a client that read it before an upgrade still has it.
    clientState.homeIdentity = (await readHomeIdentity(stage, secretRegistry)) ?? clientState.homeIdentity;
    if (clientState.homeIdentity === null) return "the gateway's home holds no identity/device.json";
    clientState.identity = clientState.homeIdentity;
    clientState.deviceId = clientState.identity.deviceId;
  }
  // What it then does to the list, it does to the device that it says it is.
  if (said.deviceOf !== undefined) clientState.deviceId = clientStateIn(clientStates, said.deviceOf).deviceId;
  const kind = CLIENT_KINDS[said.kind ?? 'cli'];
  const honest = honestClaims({
    release: stage.version(),
    buildId: stage.buildId(),
    clientId: said.clientId ?? kind.id,
    clientMode: said.clientMode ?? kind.mode,
    credentials,
  });
  return {
    ...honest,
    version: said.version ?? honest.version,
    buildId: honest.buildId === null ? null : buildIn(honest.buildId, said.build ?? 'own'),
    platform: said.platform ?? honest.platform,
    // As published clients do: who names another platform does not name the family of this one.
    deviceFamily: said.deviceFamily ?? (said.platform === undefined ? honest.deviceFamily : null),
    role: said.role ?? honest.role,
    scopes: said.scopes ?? honest.scopes,
    commands: said.commands ?? honest.commands,
    minProtocol: said.protocol?.min ?? honest.minProtocol,
    maxProtocol: said.protocol?.max ?? honest.maxProtocol,
    identity: said.identity === 'none' ? null : clientState.identity,
    deviceId: said.deviceOf === undefined ? null : clientState.deviceId,
    payload: said.payload ?? honest.payload,
    clockSkewMs: (said.clockSkewSeconds ?? 0) * 1000,
    nonce: said.signature === 'wrong-nonce' ? randomUUID() : null,
    forgeSignature: said.signature === 'forged',
  };
}

/** The build that a page says it belongs to, by that of the gateway. */
function buildIn(own: string, which: NonNullable<ClaimsDeclaration['build']>): string | null {
  switch (which) {
    case 'own':
      return own;
    case 'another':
      return own.replace(/[0-9a-f]/g, (digit) => (digit === '0' ? '1' : '0'));
    case 'none':
      return null;
  }
}
