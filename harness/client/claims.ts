import { randomUUID } from 'node:crypto';
import { createIdentity, type Identity, type PayloadVersion, signedText, signWith } from './identity.ts';
import { BROWSER, type Form, type IdStyle, type PublishedClient, publishedClient } from './published-clients.ts';

/** The kinds of client that the gateway's package ships, with the client id and mode of each. A scenario spells out any other client. */
export const CLIENT_KINDS = {
  cli: { id: 'cli', mode: 'cli' },
  backend: { id: 'gateway-client', mode: 'backend' },
  'control-ui': { id: 'openclaw-control-ui', mode: 'webchat' },
  webchat: { id: 'webchat', mode: 'webchat' },
  node: { id: 'node-host', mode: 'node' },
  probe: { id: 'cli', mode: 'probe' },
} as const satisfies Record<string, { id: string; mode: string }>;

export type ClientKind = keyof typeof CLIENT_KINDS;

/** Gives the form of a client by its mode: `webchat` is a page in a browser, any other mode a command. */
export function formOf(mode: string): Form {
  return mode === 'webchat' ? 'page' : 'command';
}

/** The credentials in the connect params. A client usually sends at most one; the gateway decides which one counts. */
export type Credentials = {
  token?: string;
  password?: string;
  deviceToken?: string;
  bootstrapToken?: string;
};

/** The content of the connect params, and how the client signs it. The values need not be true. */
export type Claims = {
  /** The form of the client: it decides the fields and their order. */
  form: Form;
  ids: IdStyle;
  clientId: string;
  clientMode: string;
  version: string;
  /** The build of the gateway's package that a page belongs to; null if it sends none. */
  buildId: string | null;
  platform: string;
  deviceFamily: string | null;
  /** The name that a user gave to a node; null if it sends none. */
  displayName: string | null;
  /** The id of this run of the program. */
  instanceId: string;
  /** The time zone of the machine; null if clients of the release send none. */
  timeZone: string | null;
  caps: readonly string[];
  role: string;
  scopes: readonly string[];
  /** The commands that a node says it can run. */
  commands: readonly string[];
  minProtocol: number;
  maxProtocol: number;
  credentials: Credentials;
  /** The identity that signs; null for connect params without a device block. */
  identity: Identity | null;
  /** The device id to send instead of that of the key; null for that of the key. */
  deviceId: string | null;
  payload: PayloadVersion;
  /** The error of the client's clock in milliseconds, added to the time before signing. */
  clockSkewMs: number;
  /** The nonce to sign instead of the one in the challenge; null for that of the challenge. */
  nonce: string | null;
  /** True to send a well-formed signature that is invalid. */
  forgeSignature: boolean;
};

/**
 * The client whose connect params are to be made: its release, client id, mode and credentials. `buildId` is the build that the gateway of
 * that release states; null if it states none.
 */
export type ClaimsOf = {
  release: string;
  buildId: string | null;
  clientId: string;
  clientMode: string;
  credentials: Credentials;
};

/** Gives the claims of the release's own client, with a new identity, the role `operator` and no scopes. */
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

/**
 * Gives the credentials in the fields that a client of the release sends: on some releases a device token also in the field of the shared
 * token, and a shared secret as token and as password.
 */
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
 * Gives the connect params: the `params` of the `connect` request that answers a challenge with this nonce at this time (milliseconds since
 * 1970). The fields have the order in which the published client of that form writes them.
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

/** The program search path that the node host sends in a container, as measured on 2026.4.1 and 2026.9.6. */
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

/** Gives the field `device` with the signature; an empty object for a client without an identity. */
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
