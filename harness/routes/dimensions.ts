import type { Route } from '../gateway/network/proxies.ts';

/** The dimensions of a request, each with its values. The first value of each is the plain one; names of values are unique over all. */

/** What a request shows as its credential. */
export const CREDENTIALS = {
  'no-credential': 'nothing',
  'wrong-secret': 'the beginning of the secret that the route takes, as bearer',
  'shared-secret': 'the shared secret, as bearer',
  'device-token': 'the token of a paired device with every scope, as bearer',
  'hook-token': 'the token of the hooks, as bearer',
  'secret-in-query': 'the secret that the route takes, as `token` in the query',
} as const;
export type Credential = keyof typeof CREDENTIALS;

/** Where a request comes from. The gateway trusts the proxy, which is on its own machine, but for releases that `routes-gateway.ts` names. */
export const PLACES = {
  'from-lan': { from: 'lan', through: 'documented' },
  'from-loopback': { from: 'loopback', through: 'documented' },
  'from-proxy': { from: 'proxy', through: 'documented' },
} as const satisfies Record<string, Route>;
export type Place = keyof typeof PLACES;

/** The Host header: the one that belongs to the address, or that of a foreign site. */
export const HOSTS = { 'own-host': null, 'foreign-host': 'evil.example' } as const;
export type Host = keyof typeof HOSTS;

/** The Origin header: none, that of a page of the gateway, or that of a foreign page. */
export const ORIGINS = ['no-origin', 'own-origin', 'foreign-origin'] as const;
export type Origin = (typeof ORIGINS)[number];
export const FOREIGN_ORIGIN = 'https://evil.example';

/** Headers of a proxy, sent by the client itself. */
export const FORWARDED = {
  'not-forwarded': {},
  'claims-loopback': { 'X-Forwarded-For': '127.0.0.1', 'X-Real-IP': '127.0.0.1', Forwarded: 'for=127.0.0.1' },
} as const satisfies Record<string, Readonly<Record<string, string>>>;
export type Forwarded = keyof typeof FORWARDED;

/** The method: the one that the route takes, or another. `upgrade` asks for a WebSocket. */
export const METHODS = ['own-method', 'GET', 'HEAD', 'OPTIONS', 'POST', 'TRACE', 'upgrade'] as const;
export type Method = (typeof METHODS)[number];

/** How the path of a route is written; `path-forms.ts` writes it. */
export const FORMS = [
  'plain-path',
  'double-slash',
  'dot-segment',
  'out-of-a-folder',
  'encoded-dot-segment',
  'encoded-slash',
  'semicolon',
  'upper-case',
  'trailing-dot',
  'trailing-slash',
  'absolute-form',
] as const;
export type Form = (typeof FORMS)[number];
