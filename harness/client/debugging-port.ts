import type { ConnectOverCDPTransport } from 'playwright-core';
import { request } from 'undici';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { EnvironmentError, messageOf } from '../exit.ts';
import { BROWSER_ANSWER_BYTES, BROWSER_ANSWER_MS, BROWSER_MESSAGE_BYTES } from '../limits.ts';

const versionSchema = z.object({ webSocketDebuggerUrl: z.string() });
/** Where Chromium takes orders, below its port: an id that it makes up when it starts. */
const ORDERS = /^\/devtools\/browser\/[\w-]{1,64}$/;

/**
 * Connects to the browser that takes orders at a port of 127.0.0.1, and to nothing else: of what the other end says, only the id of the
 * browser is used, and no redirect is followed. A page is untrusted code, and could have taken over the browser that shows it.
 * Gives what Playwright drives a browser through. Throws EnvironmentError where the other end leads elsewhere or does not answer.
 */
export async function dialBrowser(port: number, answerMs = BROWSER_ANSWER_MS): Promise<ConnectOverCDPTransport> {
  const signal = AbortSignal.timeout(answerMs);
  const path = await ordersAt(port, signal).catch((error: unknown) => {
    if (error instanceof EnvironmentError) throw error;
    throw refused(port, signal.aborted ? `it did not answer within ${answerMs} ms` : messageOf(error));
  });
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
    followRedirects: false,
    perMessageDeflate: false,
    maxPayload: BROWSER_MESSAGE_BYTES,
    handshakeTimeout: answerMs,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', (error) => reject(refused(port, messageOf(error))));
  });
  return transportOver(socket);
}

/** The path at which the browser takes orders. */
async function ordersAt(port: number, signal: AbortSignal): Promise<string> {
  const answer = await request(`http://127.0.0.1:${port}/json/version`, { signal });
  let text = '';
  for await (const chunk of answer.body) {
    text += `${chunk}`;
    if (text.length > BROWSER_ANSWER_BYTES)
      throw refused(port, `its answer is longer than ${BROWSER_ANSWER_BYTES} bytes`);
  }
  if (answer.statusCode !== 200)
    throw refused(port, `it answered with HTTP ${answer.statusCode} instead of 200; redirects are not followed`);
  const told = new URL(versionSchema.parse(JSON.parse(text)).webSocketDebuggerUrl);
  if (told.origin !== `ws://127.0.0.1:${port}` || !ORDERS.test(told.pathname) || told.search !== '')
    throw refused(
      port,
      `it names ${told.href.slice(0, 200)} as the address of the browser, which is not below its own`,
    );
  return told.pathname;
}

function refused(port: number, why: string): EnvironmentError {
  return new EnvironmentError(
    `the browser behind 127.0.0.1:${port} is not driven: ${why}`,
    'Its log lies beside that of the gateway, as …-browser.log. A page that takes over its browser could answer like this.',
  );
}

function transportOver(socket: WebSocket): ConnectOverCDPTransport {
  const transport: ConnectOverCDPTransport = {
    send: (message) => socket.send(JSON.stringify(message)),
    close: () => socket.close(),
  };
  // One message at a time, as Playwright's own transport hands them over.
  socket.on('message', (data) =>
    setImmediate(() => {
      const message = messageIn(`${data}`);
      if (message === null) socket.terminate();
      else transport.onmessage?.(message);
    }),
  );
  socket.once('close', (code) => setImmediate(() => transport.onclose?.(`closed with ${code}`)));
  socket.on('error', () => {}); // followed by close
  return transport;
}

function messageIn(text: string): object | null {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === 'object' ? message : null;
  } catch {
    return null;
  }
}
