import type { ClientRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { WebSocket } from 'ws';
import { BROWSER, type Form } from './published-clients.ts';
import { createRecorder, type Recorder } from './transcript.ts';

/**
 * The address of a gateway: a published port on the harness's machine, the authority that the client sends as its Host, and whether a client
 * there speaks TLS.
 */
export type Address = { host: string; port: number; authority: string; tls: boolean };

/** The target of a knock: the address, the path, the form of the client, and the headers that it forges. */
export type Target = Address & { path: string; form: Form; headers: Readonly<Record<string, string>> };

/**
 * Begins to open a WebSocket, and starts its transcript. A frame of more than `frameBytes` bytes ends the connection. `hear` receives every
 * text that the gateway sends. The request head is that of a published client, byte for byte, except for forged headers: those replace a
 * header of the same name, or come after the others. Over TLS it takes any certificate: each gateway of a test makes its own.
 */
export function dial(
  target: Target,
  frameBytes: number,
  hear: (text: string) => void,
): { socket: WebSocket; record: Recorder } {
  const url = `${target.tls ? 'wss' : 'ws'}://${target.authority}${target.path}`;
  const record = createRecorder(url, target.headers, hear);
  const socket = new WebSocket(url, {
    createConnection: () => open(target),
    finishRequest: (request) => {
      writeHead(request, target);
      record.add({ kind: 'requested', text: headOf(request) });
      request.end();
    },
    maxPayload: frameBytes,
    followRedirects: false,
    skipUTF8Validation: false,
  });
  return { socket, record };
}

function open({ host, port, tls }: Address): Socket {
  return tls ? connectTls({ host, port, rejectUnauthorized: false }) : connect({ host, port });
}

/**
 * The request head of a WebSocket of Chromium 156, as recorded, in its order; null stands for the value that `ws` made. The caller gives
 * the Origin of the page as a header. Chromium accepts more encodings over TLS and from its own machine; public names, which have no port,
 * are behind TLS.
 */
const browserHead = ({ authority, tls }: Address): readonly [name: string, value: string | null][] => [
  ['Host', null],
  ['Connection', null],
  ['Pragma', 'no-cache'],
  ['Cache-Control', 'no-cache'],
  ['User-Agent', BROWSER.userAgent],
  ['Upgrade', null],
  ['Origin', null],
  ['Sec-WebSocket-Version', null],
  ['Accept-Encoding', tls || /^127\.0\.0\.1:|^[^:]*$/.test(authority) ? 'gzip, deflate, br, zstd' : 'gzip, deflate'],
  ['Accept-Language', 'en-US,en;q=0.9'],
  ['Sec-WebSocket-Key', null],
  ['Sec-WebSocket-Extensions', null],
];

/** Puts the headers in the order of the published client. Commands are Node programs that use `ws`, so they have the order of `ws`. */
function writeHead(request: ClientRequest, target: Target): void {
  const { form, headers } = target;
  const forged = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), { name, value }]));
  const made = request.getRawHeaderNames().map((name): [string, string | null] => [name, null]);
  const head = (form === 'page' ? browserHead(target) : made).flatMap(([name, own]): [string, string][] => {
    const given = forged.get(name.toLowerCase());
    forged.delete(name.toLowerCase());
    const value = given?.value ?? own ?? request.getHeader(name);
    return value === undefined ? [] : [[given?.name ?? name, `${value}`]];
  });
  for (const name of request.getRawHeaderNames()) request.removeHeader(name);
  for (const [name, value] of head) request.setHeader(name, value);
  for (const { name, value } of forged.values()) request.setHeader(name, value);
}

/** The request head as it is sent, one header a line. */
function headOf(request: ClientRequest): string {
  const headers = request.getRawHeaderNames().map((name) => `${name}: ${request.getHeader(name)}`);
  return [`${request.method} ${request.path} HTTP/1.1`, ...headers].join('\n');
}
