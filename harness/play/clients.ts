import { randomUUID } from 'node:crypto';
import type { BrowserSession } from '../client/browser-session.ts';
import { CLIENT_KINDS, type Claims, type Credentials, honestClaims } from '../client/claims.ts';
import type { Connection } from '../client/connection.ts';
import { createIdentity, type Identity } from '../client/identity.ts';
import type { SelfReport, StageSecrets, StageWith } from '../gateway/stage/stage.ts';
import { newSecret, type SecretRegistry } from '../redaction/redactor.ts';
import type { ClaimsDeclaration } from '../scenario/schema/claims.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';
import { readHomeIdentity } from './steps/home-identity.ts';

/** The state of one client of a scenario while the scenario is played, kept from knock to knock. */
export type ClientState = {
  name: string;
  declared: ClaimsDeclaration;
  identity: Identity;
  /** The device id of its key, or of the key that its browser made. */
  deviceId: string;
  /** The identity that it last read from the gateway's home; null if it read none. */
  homeIdentity: Identity | null;
  deviceToken: string | null;
  bootstrapToken: string | null;
  /** The text of its last connect request, unchanged; null if it sent none. */
  request: string | null;
  /** The secrets that it sent with its last knock. */
  shown: readonly string[];
  /** The vantage of its last knock. */
  vantage: string | null;
  /** The connection of its last admitted knock; null if there is none. */
  connection: Connection | null;
  /** The ids of the pairing requests that the gateway made for its device, oldest first. */
  requestIds: string[];
  /** Its browser session; null until its first `browser` step. */
  person: BrowserSession | null;
};

/** The clients of one scenario by name. Each has its own identity, so that scenarios on one stage do not affect each other. */
export type ClientStates = Map<string, ClientState>;

/** Makes the state of each client that a scenario declares, with a new key. */
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

/** Gives the client of this name. Throws an Error if there is none, which the validation of scenarios rules out. */
export function clientStateIn(clientStates: ClientStates, name: string): ClientState {
  const clientState = clientStates.get(name);
  if (clientState === undefined) throw new Error(`no client "${name}" although the scenario loaded`);
  return clientState;
}

/** Gives the credentials of this kind that the client sends, or a text that says why it has none of this kind. */
export function credentialsFor(
  kind: NonNullable<ClaimsDeclaration['credential']>,
  clientState: ClientState,
  secrets: StageSecrets,
): Credentials | string {
  switch (kind) {
    case 'none':
      return {};
    case 'token':
      // "token" means the shared secret of the stage, be it a token or a password. A stage without authentication has none.
      return secrets.credentials();
    case 'password':
      return { password: secrets.password };
    // A wrong secret has the form of a right one, and is new each time.
    case 'wrong-token':
      return { token: newSecret() };
    case 'wrong-password':
      return { password: newSecret() };
    case 'former-secret':
      return secrets.former ?? 'the shared secret was never changed';
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
 * Gives the claims of one knock: those that the scenario declares for the client, overridden by those of the knock.
 * Gives a text with the reason instead if a prerequisite, such as a credential, is missing.
 */
export async function claimsFor(
  clientState: ClientState,
  override: ClaimsDeclaration,
  {
    stage,
    secretRegistry,
    clientStates,
  }: {
    stage: StageSecrets & SelfReport & StageWith<'home'>;
    secretRegistry: SecretRegistry;
    clientStates: ClientStates;
  },
): Promise<Claims | string> {
  const said = { ...clientState.declared, ...override };
  const credentials = credentialsFor(said.credential ?? 'token', clientState, stage);
  if (typeof credentials === 'string') return credentials;
  if (said.identity === 'home') {
    // Releases that do not keep the identity in this file take it over from the file. So the identity that a client read before an upgrade
    // is still valid after it.
    clientState.homeIdentity = (await readHomeIdentity(stage, secretRegistry)) ?? clientState.homeIdentity;
    if (clientState.homeIdentity === null) return "the gateway's home holds no identity/device.json";
    clientState.identity = clientState.homeIdentity;
    clientState.deviceId = clientState.identity.deviceId;
  }
  // A knock with `deviceOf` can change the row of that device in the pairing list, so the observation reads that row.
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
    // As in published clients: a client that names another platform does not send the device family of its own.
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

/** Gives the build id that a page sends, derived from `own`, the build id of the gateway; null for none. */
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
