import type { RawRequest } from '../client/raw-request.ts';
import { authorityOf } from '../gateway/network/proxies.ts';
import { type Credential, FOREIGN_ORIGIN, FORWARDED, HOSTS, PLACES } from './dimensions.ts';
import { HOOKS, type HttpRoute } from './http-route.ts';
import { targetOf } from './path-forms.ts';
import type { RequestCell } from './request-cell.ts';

/** The secrets of a gateway and its clients, by the credential that shows them. */
export type Secrets = Readonly<Record<Extract<Credential, 'shared-secret' | 'device-token' | 'hook-token'>, string>>;

/** How many of the last characters a wrong secret lacks. */
const LACKING = 8;

/** What a client of the WebSocket sends, with an offer to compress; the key is the one of RFC 6455. */
const UPGRADE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Extensions': 'permessage-deflate',
};

/** The method that a cell sends to a route: an HTTP method, or `upgrade`. */
export function methodOf(
  { method }: RequestCell,
  route: Pick<HttpRoute, 'method'>,
): Exclude<RequestCell['method'], 'own-method'> {
  return method === 'own-method' ? route.method : method;
}

/** The request of a cell to a route, without the address to dial. */
export function requestOf(
  cell: RequestCell,
  route: Pick<HttpRoute, 'path' | 'method' | 'body' | 'opensTo'>,
  secrets: Secrets,
): Pick<RawRequest, 'method' | 'target' | 'headers' | 'body'> {
  const authority = authorityOf(PLACES[cell.place].from);
  const method = methodOf(cell, route);
  const body = method === 'POST' ? (route.body ?? '{}') : null;
  const right = secrets[isHook(route) ? 'hook-token' : 'shared-secret'];
  return {
    method: method === 'upgrade' ? 'GET' : method,
    target: targetOf(withQuery(route.path, cell, right), cell.form, authority),
    headers: {
      Host: HOSTS[cell.host] ?? authority,
      ...authorization(cell, secrets, right),
      ...originHeader(cell, authority),
      ...FORWARDED[cell.forwarded],
      ...(method === 'upgrade' ? UPGRADE : { Connection: 'close' }),
      ...(body === null ? {} : { 'Content-Type': 'application/json' }),
    },
    body,
  };
}

/** Whether a route takes the token of the hooks, in place of the shared secret. */
export const isHook = ({ opensTo }: Pick<HttpRoute, 'opensTo'>): boolean => opensTo === HOOKS;

function withQuery(path: string, { credential }: RequestCell, right: string): string {
  if (credential !== 'secret-in-query') return path;
  return `${path}${path.includes('?') ? '&' : '?'}token=${right}`;
}

/** `right`: the secret that the route takes. A wrong one is its beginning, so that a gateway that compares no more of it is noticed too. */
function authorization({ credential }: RequestCell, secrets: Secrets, right: string): { Authorization?: string } {
  switch (credential) {
    case 'no-credential':
    case 'secret-in-query':
      return {};
    case 'wrong-secret':
      return { Authorization: `Bearer ${right.slice(0, -LACKING)}` };
    case 'shared-secret':
    case 'device-token':
    case 'hook-token':
      return { Authorization: `Bearer ${secrets[credential]}` };
  }
}

function originHeader({ origin }: RequestCell, authority: string): { Origin?: string } {
  switch (origin) {
    case 'no-origin':
      return {};
    case 'own-origin':
      return { Origin: `http://${authority}` };
    case 'foreign-origin':
      return { Origin: FOREIGN_ORIGIN };
  }
}
