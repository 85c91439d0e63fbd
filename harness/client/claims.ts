import { randomUUID } from 'node:crypto';
import { createIdentity, type Identity, type PayloadVersion, signedText, signWith } from './identity.ts';
import { BROWSER, type Form, type IdStyle, type PublishedClient, publishedClient } from './published-clients.ts';

/** The kinds of client that gateways ship with; anything else is custom and spelled out. */
export const CLIENT_KINDS = {
  cli: { id: 'cli', mode: 'cli' },
  backend: { id: 'gateway-client', mode: 'backend' },
  'control-ui': { id: 'openclaw-control-ui', mode: 'webchat' },
  webchat: { id: 'webchat', mode: 'webchat' },
  node: { id: 'node-host', mode: 'node' },
  probe: { id: 'cli', mode: 'probe' },
} as const satisfies Record<string, { id: string; mode: string }>;

export type ClientKind = keyof typeof CLIENT_KINDS;

/** Whether a client of this mode is a page in a browser. */
export function formOf(mode: string): Form {
  return mode === 'webchat' ? 'page' : 'command';
}

/** What a client shows at the door. At most one of them is usual; the gateway defines which one wins. */
export type Credentials = {
  token?: string;
  password?: string;
  deviceToken?: string;
  bootstrapToken?: string;
};

/** Everything a client says of itself in `connect`; none of it need be true. */
export type Claims = {
  /** In which order and with which fields of its kind it says it. */
  form: Form;
  ids: IdStyle;
  clientId: string;
  clientMode: string;
  version: string;
  /** The build of the gateway's package that a page belongs to; null where it says none. */
  buildId: string | null;
  platform: string;
  deviceFamily: string | null;
  /** What a node is called by its person. */
  displayName: string | null;
  /** The one run of the program that this is. */
  instanceId: string;
  /** Of the machine, where a client of the release says it. */
  timeZone: string | null;
  caps: readonly string[];
  role: string;
  scopes: readonly string[];
  /** What a node says that it can run. */
  commands: readonly string[];
  minProtocol: number;
  maxProtocol: number;
  credentials: Credentials;
  /** null: no device block at all. */
  identity: Identity | null;
  /** The device it says it is, where that is not the one of its key. */
  deviceId: string | null;
  payload: PayloadVersion;
  /** Added to the clock before signing, in milliseconds: a client whose clock is wrong. */
  clockSkewMs: number;
  /** The nonce to sign instead of the one in the challenge. */
  nonce: string | null;
  /** Turns a good signature into a bad one. */
  forgeSignature: boolean;
};

/**
 * What a client is and of which release, from which everything else that it says of itself follows. `buildId` is what that release's
 * gateway calls its build; null for a gateway that tells none.
 */
export type ClaimsOf = {
  release: string;
  buildId: string | null;
  clientId: string;
  clientMode: string;
  credentials: Credentials;
};

/** Claims of an honest client of a release with a new identity, which asks for no scopes: what that release's own client would say. */
export function honestClaims({ release, buildId, clientId, clientMode, credentials }: ClaimsOf): Claims {
  const form = formOf(clientMode);
  const client = publishedClient(release, form, clientMode);
  return {
    form,
    ids: client.ids,
    clientId,
    clientMode,
    version: client.version,
    buildId: client.saysBuild ? buildId : null,
    platform: client.platform,
    deviceFamily: client.deviceFamily,
    displayName: clientMode === CLIENT_KINDS.node.mode ? 'workstation' : null,
    instanceId: randomUUID(),
    timeZone: client.saysTimeZone ? Intl.DateTimeFormat().resolvedOptions().timeZone : null,
    caps: client.caps,
    role: 'operator',
    scopes: [],
    commands: [],
    minProtocol: client.protocols.min,
    maxProtocol: client.protocols.max,
    credentials: shownBy(client, credentials),
    identity: createIdentity(),
    deviceId: null,
    payload: client.payload,
    clockSkewMs: 0,
    nonce: null,
    forgeSignature: false,
  };
}

/** The same credentials as a client of the release shows them: a device token in the field of the shared one too, a secret in two fields. */
function shownBy(client: PublishedClient, { token, password, deviceToken, bootstrapToken }: Credentials): Credentials {
  const asToken = token ?? deviceToken;
  const asPassword = password ?? (client.showsSecretTwice ? token : undefined);
  const own = client.deviceTokenAs === 'token' ? undefined : deviceToken;
  return {
    ...(asToken === undefined ? {} : { token: asToken }),
    ...(bootstrapToken === undefined ? {} : { bootstrapToken }),
    ...(own === undefined ? {} : { deviceToken: own }),
    ...(asPassword === undefined ? {} : { password: asPassword }),
  };
}

/**
 * The `params` of the `connect` request that answers a challenge with this nonce at this time (milliseconds), field by field in the order
 * in which the published client of that form writes them.
 */
export function connectParams(claims: Claims, challengeNonce: string, nowMs: number): Record<string, unknown> {
  const { minProtocol, maxProtocol, role, scopes, caps } = claims;
  const auth = Object.keys(claims.credentials).length > 0 ? { auth: { ...claims.credentials } } : {};
  const device = deviceBlock(claims, challengeNonce, nowMs);
  switch (claims.form) {
    case 'command':
      return {
        minProtocol,
        maxProtocol,
        client: clientBlock(claims),
        caps: [...caps],
        ...(claims.commands.length > 0 ? { commands: [...claims.commands] } : {}),
        ...(claims.clientMode === CLIENT_KINDS.node.mode ? { pathEnv: NODE_PATH } : {}),
        ...auth,
        role,
        scopes: [...scopes],
        ...device,
      };
    case 'page':
      return {
        minProtocol,
        maxProtocol,
        client: clientBlock(claims),
        role,
        scopes: [...scopes],
        ...device,
        caps: [...caps],
        ...auth,
        userAgent: BROWSER.userAgent,
        locale: BROWSER.locale,
      };
  }
}

/** Where the node host of a container looks for programs, as 2026.4.1 and 2026.9.6 were seen to say it. */
const NODE_PATH = '/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin';

function clientBlock(claims: Claims): Record<string, string> {
  const { clientId, displayName, version, buildId, platform, deviceFamily, clientMode, instanceId, timeZone } = claims;
  return {
    id: clientId,
    ...(displayName === null ? {} : { displayName }),
    version,
    ...(buildId === null ? {} : { buildId }),
    platform,
    ...(deviceFamily === null ? {} : { deviceFamily }),
    mode: clientMode,
    instanceId,
    ...(timeZone === null ? {} : { timeZone }),
  };
}

/** The device block under its name; nothing for a client without an identity. */
function deviceBlock(claims: Claims, challengeNonce: string, nowMs: number): Record<string, unknown> {
  const { identity, credentials } = claims;
  if (identity === null) return {};
  const signedAtMs = nowMs + claims.clockSkewMs;
  const nonce = claims.nonce ?? challengeNonce;
  const deviceId = claims.deviceId ?? identity.deviceId;
  const text = signedText(claims.payload, {
    deviceId,
    clientId: claims.clientId,
    clientMode: claims.clientMode,
    role: claims.role,
    scopes: claims.scopes,
    signedAtMs,
    token: credentials.token ?? credentials.deviceToken ?? credentials.bootstrapToken ?? '',
    nonce,
    platform: claims.platform,
    deviceFamily: claims.deviceFamily ?? '',
  });
  return {
    device: {
      id: deviceId,
      publicKey: identity.publicKey,
      signature: signWith(identity, claims.forgeSignature ? `${text}|forged` : text),
      signedAt: signedAtMs,
      nonce,
    },
  };
}
