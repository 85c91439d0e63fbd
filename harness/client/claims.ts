import { createIdentity, type Identity, type PayloadVersion, signedText, signWith } from './identity.ts';

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

/** What a client shows at the door. At most one of them is usual; the gateway defines which one wins. */
export type Credentials = {
  token?: string;
  password?: string;
  deviceToken?: string;
  bootstrapToken?: string;
};

/** Everything a client says of itself in `connect`; none of it need be true. */
export type Claims = {
  clientId: string;
  clientMode: string;
  version: string;
  platform: string;
  deviceFamily: string | null;
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

/** Claims of an honest command line: new identity, protocol 3 or 4, no credentials, no scopes. */
export function honestClaims(): Claims {
  return {
    clientId: CLIENT_KINDS.cli.id,
    clientMode: CLIENT_KINDS.cli.mode,
    version: '1.0.0',
    platform: 'linux',
    deviceFamily: null,
    role: 'operator',
    scopes: [],
    commands: [],
    minProtocol: 3,
    maxProtocol: 4,
    credentials: {},
    identity: createIdentity(),
    deviceId: null,
    payload: 'v2',
    clockSkewMs: 0,
    nonce: null,
    forgeSignature: false,
  };
}

/** The `params` of the `connect` request that answers a challenge with this nonce at this time (milliseconds). */
export function connectParams(claims: Claims, challengeNonce: string, nowMs: number): Record<string, unknown> {
  const { identity, credentials } = claims;
  const params: Record<string, unknown> = {
    minProtocol: claims.minProtocol,
    maxProtocol: claims.maxProtocol,
    client: {
      id: claims.clientId,
      version: claims.version,
      platform: claims.platform,
      mode: claims.clientMode,
      ...(claims.deviceFamily === null ? {} : { deviceFamily: claims.deviceFamily }),
    },
    role: claims.role,
    scopes: [...claims.scopes],
  };
  if (claims.commands.length > 0) params['commands'] = [...claims.commands];
  if (Object.keys(credentials).length > 0) params['auth'] = { ...credentials };
  if (identity === null) return params;

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
  params['device'] = {
    id: deviceId,
    publicKey: identity.publicKey,
    signature: signWith(identity, claims.forgeSignature ? `${text}|forged` : text),
    signedAt: signedAtMs,
    nonce,
  };
  return params;
}
