import type { ClientRequest } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { BROWSER, type Form } from './published-clients.ts';
import { createRecorder, type Recorder } from './transcript.ts';

/** A way to a gateway: an address on this host (a published port), and what a client there types, as its Host header says it. */
export type Way = { host: string; port: number; authority: string };

/** Where a knock goes and as what: the way, the path, the kind of program, and whatever headers it forges. */
export type Target = Way & { path: string; form: Form; headers: Readonly<Record<string, string>> };

/**
 * Begins to open a connection, and its transcript. A frame of more than `frameBytes` bytes ends it; `hear` is given every text that
 * comes from the gateway. The head of the request is that of a published client, byte for byte but for the headers that are forged: those
 * replace its own, or come after them.
 */
export function dial(
  target: Target,
  frameBytes: number,
  hear: (text: string) => void,
): { socket: WebSocket; record: Recorder } {
  const url = `ws://${target.authority}${target.path}`;
  const record = createRecorder(url, target.headers, hear);
  const socket = new WebSocket(url, {
    createConnection: () => connect({ host: target.host, port: target.port }),
    finishRequest: (request) => {
      writeHead(request, target);
      request.end();
    },
    maxPayload: frameBytes,
    followRedirects: false,
    skipUTF8Validation: false,
  });
  return { socket, record };
}

/**
 * What Chromium 156 was recorded to send with every WebSocket, in its order; null stands for what `ws` made. The origin of the page comes
 * with the headers that are given. Over TLS and on its own machine it takes more encodings; public names are behind TLS.
 */
const browserHead = (authority: string): readonly [name: string, value: string | null][] => [
  ['Host', null],
  ['Connection', null],
  ['Pragma', 'no-cache'],
  ['Cache-Control', 'no-cache'],
  ['User-Agent', BROWSER.userAgent],
  ['Upgrade', null],
  ['Origin', null],
  ['Sec-WebSocket-Version', null],
  ['Accept-Encoding', /^127\.0\.0\.1:|^[^:]*$/.test(authority) ? 'gzip, deflate, br, zstd' : 'gzip, deflate'],
  ['Accept-Language', 'en-US,en;q=0.9'],
  ['Sec-WebSocket-Key', null],
  ['Sec-WebSocket-Extensions', null],
];

/** Puts the headers in the order in which the program sends them. Commands are Node programs that use `ws`, so that theirs is that of `ws`. */
function writeHead(request: ClientRequest, { authority, form, headers }: Target): void {
  const forged = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), { name, value }]));
  const made = request.getRawHeaderNames().map((name): [string, string | null] => [name, null]);
  const head = (form === 'page' ? browserHead(authority) : made).flatMap(([name, own]): [string, string][] => {
    const given = forged.get(name.toLowerCase());
    forged.delete(name.toLowerCase());
    const value = given?.value ?? own ?? request.getHeader(name);
    return value === undefined ? [] : [[given?.name ?? name, `${value}`]];
  });
  for (const name of request.getRawHeaderNames()) request.removeHeader(name);
  for (const [name, value] of head) request.setHeader(name, value);
  for (const { name, value } of forged.values()) request.setHeader(name, value);
}
