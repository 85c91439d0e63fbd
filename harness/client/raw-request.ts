import { type IncomingMessage, request } from 'node:http';
import { messageOf } from '../exit.ts';
import { HTTP_BODY_BYTES, SOCKET_SPEAKS_MS } from '../limits.ts';

/** An HTTP request as it is sent: nothing of the target is normalised, and only `headers` are sent, with the length of the body. */
export type RawRequest = {
  host: string;
  port: number;
  method: string;
  target: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
};

/**
 * How a request ended. An answer has at most the first HTTP_BODY_BYTES bytes of its body, and an upgrade the first bytes that came within
 * SOCKET_SPEAKS_MS; names of headers are in lower case.
 */
export type RawAnswer =
  | { kind: 'answered' | 'upgraded'; status: number; headers: Readonly<Record<string, string>>; body: string }
  | { kind: 'closed'; why: string }
  | { kind: 'timeout' };

/**
 * Sends one HTTP/1.1 request on a connection of its own, and reads the answer. Follows no redirect; closes the connection after an upgrade.
 * Does not reject: a connection that ends without an answer, or with bytes that are no HTTP, is `closed`. `withinMs` is for the whole answer.
 * Not `undici`, which refuses TRACE and does not send every target as it is.
 */
export function sendRaw(raw: RawRequest, withinMs: number): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const sent = request({
      host: raw.host,
      port: raw.port,
      method: raw.method,
      path: raw.target,
      headers: { ...raw.headers, ...(raw.body === null ? {} : { 'Content-Length': Buffer.byteLength(raw.body) }) },
      setHost: false,
      agent: false,
    });
    const end = (answer: RawAnswer): void => {
      clearTimeout(deadline);
      sent.destroy();
      resolve(answer);
    };
    const deadline = setTimeout(() => end({ kind: 'timeout' }), withinMs);
    sent.on('error', (error) => end({ kind: 'closed', why: messageOf(error) }));
    sent.on('upgrade', (response, socket, head) => {
      const spoken = (bytes: Buffer): void => {
        clearTimeout(silence);
        socket.destroy();
        end(answerOf('upgraded', response, bytes.subarray(0, HTTP_BODY_BYTES).toString('utf8')));
      };
      const silence = setTimeout(() => spoken(Buffer.alloc(0)), SOCKET_SPEAKS_MS);
      socket.on('error', () => {}); // the gateway may reset a connection that the client leaves at once
      if (head.length > 0) return spoken(head);
      socket.once('data', spoken);
      socket.once('end', () => spoken(Buffer.alloc(0)));
    });
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const whole = (): void => {
        const body = Buffer.concat(chunks).subarray(0, HTTP_BODY_BYTES).toString('utf8');
        end(answerOf('answered', response, body));
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes >= HTTP_BODY_BYTES) whole();
      });
      response.on('end', whole);
      response.on('error', (error) => end({ kind: 'closed', why: messageOf(error) }));
    });
    sent.end(raw.body ?? undefined);
  });
}

function answerOf(kind: 'answered' | 'upgraded', response: IncomingMessage, body: string): RawAnswer {
  const headers = Object.entries(response.headers).map(([name, value]) => [name, `${value}`]);
  return { kind, status: response.statusCode ?? 0, headers: Object.fromEntries(headers), body };
}
