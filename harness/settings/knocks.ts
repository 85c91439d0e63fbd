import type { CLIENT_KINDS } from '../client/claims.ts';
import type { Route } from '../gateway/network/proxies.ts';

/** A kind of client that knocks at every configuration. Its device is new each time. */
export type SettingKnock = {
  route: Route;
  headers: Readonly<Record<string, string>>;
  kind: keyof typeof CLIENT_KINDS;
  /** Whether it shows the shared secret that the configuration asks for. */
  hasSecret: boolean;
  hasDevice: boolean;
  role: 'operator' | 'node';
  /** The value of a setting without which it is not made: a gateway counts the nodes of an address, and locks it out for the eleventh in a minute. */
  onlyWith?: string;
};

const HERE: Route = { from: 'loopback', through: 'documented' };
/** From the machine of the peer, which is the proxy of a configuration that trusts exactly one. */
const LAN: Route = { from: 'lan', through: 'documented' };
/** From a third machine. */
const ELSEWHERE: Route = { from: 'published', through: 'documented' };

/** The Origin that the plain gateway lists, one of another site, and one of the name under which the page reached the gateway. */
const OWN_PAGE = { Origin: 'http://localhost:18789' };
const FOREIGN_PAGE = { Origin: 'https://evil.test' };
/** The page of a site whose name resolves to the gateway's address: DNS rebinding. */
const REBOUND_PAGE = { Host: 'gateway.test:18789', Origin: 'http://gateway.test:18789' };

/** What a proxy that signs users in sends for a client of the internet, with the header that only it knows to send. */
const SIGNED_IN = { ...OWN_PAGE, 'X-Forwarded-For': '203.0.113.9', 'X-Signed-In-By': 'proxy' };
const ALICE = { ...SIGNED_IN, 'X-Forwarded-User': 'alice' };

const COMMAND = { kind: 'cli', hasSecret: true, hasDevice: true, role: 'operator', headers: {} } as const;
const PAGE = { ...COMMAND, kind: 'control-ui' } as const;
const USER = { ...PAGE, hasSecret: false, route: LAN } as const;

/** The knocks at every configuration, by id. An id never changes: published results name it. */
export const KNOCKS = {
  'here/secret': { ...COMMAND, route: HERE },
  'here/no-secret': { ...COMMAND, route: HERE, hasSecret: false },
  'here/rebound-page': { ...PAGE, route: HERE, headers: REBOUND_PAGE },
  'here/foreign-page': { ...PAGE, route: HERE, headers: FOREIGN_PAGE },
  'here/page-without-device': { ...PAGE, route: HERE, headers: OWN_PAGE, hasDevice: false },
  'here/names-alice': { ...PAGE, route: HERE, headers: ALICE, hasSecret: false },
  'here/silent-proxy': { ...COMMAND, route: { from: 'proxy', through: 'bare' }, hasSecret: false },
  'lan/secret': { ...COMMAND, route: LAN },
  'lan/no-secret': { ...COMMAND, route: LAN, hasSecret: false },
  'lan/says-loopback': { ...COMMAND, route: LAN, headers: { 'X-Forwarded-For': '127.0.0.1' } },
  'lan/says-real-ip-loopback': { ...COMMAND, route: LAN, headers: { 'X-Real-IP': '127.0.0.1' } },
  'lan/says-real-ip': { ...COMMAND, route: LAN, headers: { 'X-Real-IP': '203.0.113.9' } },
  'lan/page-without-device': { ...PAGE, route: LAN, headers: OWN_PAGE, hasDevice: false },
  'lan/foreign-page': { ...PAGE, route: LAN, headers: FOREIGN_PAGE },
  'lan/rebound-page': { ...PAGE, route: LAN, headers: REBOUND_PAGE },
  'lan/alice': { ...USER, headers: ALICE },
  'lan/bob': { ...USER, headers: { ...SIGNED_IN, 'X-Forwarded-User': 'bob' } },
  'lan/alice-without-the-header': {
    ...USER,
    headers: { ...OWN_PAGE, 'X-Forwarded-For': '203.0.113.9', 'X-Forwarded-User': 'alice' },
  },
  'lan/nobody-signed-in': { ...USER, headers: SIGNED_IN },
  'lan/node': { ...COMMAND, route: LAN, kind: 'node', role: 'node', onlyWith: 'nodes-of-the-network' },
  'elsewhere/secret': { ...COMMAND, route: ELSEWHERE },
  'elsewhere/no-secret': { ...COMMAND, route: ELSEWHERE, hasSecret: false },
  'elsewhere/alice': { ...USER, route: ELSEWHERE, headers: ALICE },
} as const satisfies Record<string, SettingKnock>;
export type KnockId = keyof typeof KNOCKS;

/** Every knock with its id, in the order in which reports show them. */
export const ALL_KNOCKS: readonly (SettingKnock & { id: KnockId })[] = Object.keys(KNOCKS)
  .filter((id): id is KnockId => id in KNOCKS)
  .map((id) => ({ id, ...KNOCKS[id] }));

/** The routes that a stage needs for them, each once. */
export const EVERY_ROUTE_OF_KNOCKS: readonly Route[] = [
  ...new Map(ALL_KNOCKS.map(({ route }) => [JSON.stringify(route), route])).values(),
];
