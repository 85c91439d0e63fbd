import type { Route } from '../gateway/network/proxies.ts';
import type { ClaimsDeclaration } from '../scenario/schema/claims.ts';
import { OPERATOR_SCOPES } from '../scenario/schema/scopes.ts';

/**
 * The dimensions of the decision table and their values. The first value of each dimension is its plain value; a shrunk violation has as many
 * plain values as possible. No two dimensions share the name of a value, because the id of a cell consists of the names of its values that are
 * not plain.
 */

/**
 * The routes of a knock: its vantage, and the headers that a proxy adds on the way. `here`: by the connection alone, the gateway cannot
 * distinguish the client from one on its own machine.
 */
export const ROUTES = {
  lan: { from: 'lan', through: 'documented', here: false },
  loopback: { from: 'loopback', through: 'documented', here: true },
  published: { from: 'published', through: 'documented', here: false },
  proxy: { from: 'proxy', through: 'documented', here: false },
  'silent-proxy': { from: 'proxy', through: 'bare', here: true },
  'proxy-rfc7239': { from: 'proxy', through: 'forwarded', here: false },
  'proxy-real-ip': { from: 'proxy', through: 'x-real-ip', here: false },
  'proxy-lan': { from: 'proxy-lan', through: 'documented', here: false },
  'silent-proxy-lan': { from: 'proxy-lan', through: 'bare', here: false },
} as const satisfies Record<string, Route & { here: boolean }>;

type Headers = Readonly<Record<string, string>>;

/** A role with scopes, which a client asks for or an operator has approved. */
export type Access = { role: 'operator' | 'node'; scopes: readonly string[] };

/** Headers that name the address of a client, as a client may forge them: one at a time, and in the combination that proxies send. */
export const FORWARDED = {
  'no-forwarded': {},
  'xff-loopback': { 'X-Forwarded-For': '127.0.0.1' },
  'xff-loopback-6': { 'X-Forwarded-For': '::1' },
  'xff-mapped': { 'X-Forwarded-For': '::ffff:127.0.0.1' },
  'xff-private': { 'X-Forwarded-For': '10.0.0.7' },
  'xff-public': { 'X-Forwarded-For': '203.0.113.9' },
  'xff-list': { 'X-Forwarded-For': '127.0.0.1, 203.0.113.9' },
  'xff-list-ends-local': { 'X-Forwarded-For': '203.0.113.9, 127.0.0.1' },
  'xff-port': { 'X-Forwarded-For': '127.0.0.1:4711' },
  'xff-garbage': { 'X-Forwarded-For': ', unknown, ;;' },
  'xff-empty': { 'X-Forwarded-For': '' },
  'real-ip-loopback': { 'X-Real-IP': '127.0.0.1' },
  'forwarded-loopback': { Forwarded: 'for=127.0.0.1' },
  'forwarded-loopback-6': { Forwarded: 'for="[::1]:4711";proto=https;host=localhost' },
  'proto-alone': { 'X-Forwarded-Proto': 'https' },
  'forwarded-host-local': { 'X-Forwarded-Host': 'localhost' },
  'cloud-loopback': { 'CF-Connecting-IP': '127.0.0.1', 'True-Client-IP': '127.0.0.1' },
  'as-a-proxy-sends': {
    'X-Forwarded-For': '127.0.0.1',
    'X-Real-IP': '127.0.0.1',
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Host': 'localhost:18789',
  },
} as const satisfies Record<string, Headers>;

/** Values of the Host header; `own-host` is the one that a client of the release sends by this route. */
export const HOSTS = {
  'own-host': {},
  'host-localhost': { Host: 'localhost:18789' },
  'host-loopback': { Host: '127.0.0.1:18789' },
  'host-loopback-6': { Host: '[::1]:18789' },
  'host-name': { Host: 'gateway.test:18789' },
  'host-local-prefix': { Host: 'localhost.evil.test' },
} as const satisfies Record<string, Headers>;

/**
 * Values of the Origin header. `foreign`: a page of an origin that the gateway's configuration does not list. `origin-of-the-name` together with
 * `host-name` is DNS rebinding: a page whose name resolves to the gateway's address.
 */
export const ORIGINS = {
  'no-origin': { headers: {}, foreign: false },
  'origin-of-the-gateway': { headers: { Origin: 'http://localhost:18789' }, foreign: false },
  'origin-null': { headers: { Origin: 'null' }, foreign: true },
  'origin-foreign': { headers: { Origin: 'https://evil.test' }, foreign: true },
  'origin-of-the-name': { headers: { Origin: 'http://gateway.test:18789' }, foreign: true },
  'origin-local-prefix': { headers: { Origin: 'http://localhost.evil.test:18789' }, foreign: true },
} as const satisfies Record<string, { headers: Headers; foreign: boolean }>;

/** Kinds of client, as its connect params name them. */
export const KINDS = {
  cli: { kind: 'cli' },
  backend: { kind: 'backend' },
  'control-ui': { kind: 'control-ui' },
  // A page of the Control UI that stayed open during an update of the gateway.
  'control-ui-of-another-build': { kind: 'control-ui', build: 'another' },
  webchat: { kind: 'webchat' },
  'node-host': { kind: 'node' },
  probe: { kind: 'probe' },
} as const satisfies Record<string, ClaimsDeclaration>;

/** Kinds of client that are a page in a browser; a browser sends the page's Origin. */
export const PAGES = ['control-ui', 'control-ui-of-another-build', 'webchat'] as const satisfies (keyof typeof KINDS)[];

/** The credential that a client shows. `right`: the shared secret that the gateway asks every client for. */
export const CREDENTIALS = {
  secret: { credential: 'token', right: true },
  'no-secret': { credential: 'none', right: false },
  'wrong-secret': { credential: 'wrong-token', right: false },
  'secret-as-password': { credential: 'password', right: false },
  'device-token': { credential: 'device-token', right: false },
} as const satisfies Record<string, { credential: NonNullable<ClaimsDeclaration['credential']>; right: boolean }>;

/** The role and the scopes that a client asks for. */
export const ASKS = {
  'asks-read': { role: 'operator', scopes: ['operator.read'] },
  'asks-nothing': { role: 'operator', scopes: [] },
  'asks-write': { role: 'operator', scopes: ['operator.read', 'operator.write'] },
  'asks-pairing': { role: 'operator', scopes: ['operator.pairing'] },
  'asks-admin': { role: 'operator', scopes: ['operator.admin'] },
  'asks-all': { role: 'operator', scopes: OPERATOR_SCOPES },
  'asks-node': { role: 'node', scopes: [] },
  'asks-node-with-admin': { role: 'node', scopes: ['operator.admin'] },
} as const satisfies Record<string, Access>;

/** The metadata of the device that a client sends: as it was at the approval, or changed. */
export const METADATA = {
  'same-machine': {},
  'other-platform': { platform: 'win32' },
  'other-family': { deviceFamily: 'iPhone' },
} as const satisfies Record<string, ClaimsDeclaration>;

/** The signature with which a client proves that it holds the key of its device. `good`: the signature is valid. */
export const PROOFS = {
  signed: { claims: {}, good: true },
  'signed-v3': { claims: { payload: 'v3' }, good: true },
  'signature-forged': { claims: { signature: 'forged' }, good: false },
  'signature-of-another-nonce': { claims: { signature: 'wrong-nonce' }, good: false },
  'signed-an-hour-ago': { claims: { clockSkewSeconds: -3600 }, good: false },
  'no-device': { claims: { identity: 'none' }, good: false },
} as const satisfies Record<string, { claims: ClaimsDeclaration; good: boolean }>;

const READ = { role: 'operator', scopes: ['operator.read'] } as const;

/** What the gateway knows of the device before the knock: what the device asked for, how that ended, and what it is approved for now. */
export type Prior = {
  asked: Access | null;
  became: 'nothing' | 'approved' | 'rejected' | 'revoked' | 'removed' | 'stolen';
  approved: Access | null;
};
export const PRIORS = {
  unknown: { asked: null, became: 'nothing', approved: null },
  pending: { asked: READ, became: 'nothing', approved: null },
  rejected: { asked: READ, became: 'rejected', approved: null },
  'paired-read': { asked: READ, became: 'approved', approved: READ },
  'paired-all': {
    asked: { role: 'operator', scopes: OPERATOR_SCOPES },
    became: 'approved',
    approved: { role: 'operator', scopes: OPERATOR_SCOPES },
  },
  'paired-node': { asked: { role: 'node', scopes: [] }, became: 'approved', approved: { role: 'node', scopes: [] } },
  // The device token is no longer valid; the device stays approved and may connect with the shared secret.
  revoked: { asked: READ, became: 'revoked', approved: READ },
  removed: { asked: READ, became: 'removed', approved: null },
  // The client's key is not that of the device whose id it sends.
  'other-key': { asked: READ, became: 'stolen', approved: null },
} as const satisfies Record<string, Prior>;

/** Each dimension with its values, the plain value first. */
export const DIMENSIONS = {
  route: ROUTES,
  forwarded: FORWARDED,
  host: HOSTS,
  origin: ORIGINS,
  kind: KINDS,
  credential: CREDENTIALS,
  asks: ASKS,
  metadata: METADATA,
  proof: PROOFS,
  prior: PRIORS,
} as const satisfies Record<string, Record<string, unknown>>;

export type Dimension = keyof typeof DIMENSIONS;

/** One cell of the decision table: the name of one value for each dimension. */
export type Cell = { [D in Dimension]: keyof (typeof DIMENSIONS)[D] };
