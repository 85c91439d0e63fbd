import { authorityOf } from '../gateway/network/proxies.ts';
import { type Credential, FOREIGN_ORIGIN, FORWARDED, HOSTS, PLACES } from './dimensions.ts';
import type { HttpRoute } from './http-route.ts';
import { targetOf } from './path-forms.ts';
import type { RawRequest } from './raw-request.ts';
import type { RequestCell } from './request-cell.ts';

/** The secret that a request shows for each credential. */
export type Secrets = Readonly<Record<Exclude<Credential, 'no-credential'>, string>>;

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
  route: Pick<HttpRoute, 'path' | 'method' | 'body'>,
  secrets: Secrets,
): Pick<RawRequest, 'method' | 'target' | 'headers' | 'body'> {
  const authority = authorityOf(PLACES[cell.place].from);
  const method = methodOf(cell, route);
  const body = method === 'POST' ? (route.body ?? '{}') : null;
  return {
    method: method === 'upgrade' ? 'GET' : method,
    target: targetOf(withQuery(route.path, cell, secrets), cell.form, authority),
    headers: {
      Host: HOSTS[cell.host] ?? authority,
      ...authorization(cell, secrets),
      ...originHeader(cell, authority),
      ...FORWARDED[cell.forwarded],
      ...(method === 'upgrade' ? UPGRADE : { Connection: 'close' }),
      ...(body === null ? {} : { 'Content-Type': 'application/json' }),
    },
    body,
  };
}

function withQuery(path: string, { credential }: RequestCell, secrets: Secrets): string {
  if (credential !== 'secret-in-query') return path;
  return `${path}${path.includes('?') ? '&' : '?'}token=${secrets[credential]}`;
}

function authorization({ credential }: RequestCell, secrets: Secrets): { Authorization?: string } {
  switch (credential) {
    case 'no-credential':
    case 'secret-in-query':
      return {};
    case 'wrong-secret':
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
