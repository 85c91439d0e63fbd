import type { ConnectOverCDPTransport } from 'playwright-core';
import { request } from 'undici';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { EnvironmentError, messageOf } from '../exit.ts';
import { BROWSER_ANSWER_BYTES, BROWSER_ANSWER_MS, BROWSER_MESSAGE_BYTES } from '../limits.ts';

const versionSchema = z.object({ webSocketDebuggerUrl: z.string() });
/** The path of Chromium's debugging endpoint; Chromium makes its id when it starts. */
const ENDPOINT_PATH = /^\/devtools\/browser\/[\w-]{1,64}$/;

/**
 * Connects to the debugging port of a browser on 127.0.0.1, and to no other address: it uses only the browser's id from the answer, and
 * follows no redirect. A page is untrusted code, and could have taken over the browser that shows it.
 * Gives the transport through which Playwright controls the browser. Throws EnvironmentError if the answer names another address, or if no
 * answer comes within `answerMs` milliseconds.
 */
export async function dialBrowser(port: number, answerMs = BROWSER_ANSWER_MS): Promise<ConnectOverCDPTransport> {
  const signal = AbortSignal.timeout(answerMs);
  const path = await endpointAt(port, signal).catch((error: unknown) => {
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

/** Asks the browser for the path of its debugging endpoint. Throws EnvironmentError as dialBrowser does. */
async function endpointAt(port: number, signal: AbortSignal): Promise<string> {
  const answer = await request(`http://127.0.0.1:${port}/json/version`, { signal });
  let text = '';
  for await (const chunk of answer.body) {
    text += `${chunk}`;
    if (text.length > BROWSER_ANSWER_BYTES)
      throw refused(port, `its answer is longer than ${BROWSER_ANSWER_BYTES} bytes`);
  }
  if (answer.statusCode !== 200)
    throw refused(port, `it answered with HTTP ${answer.statusCode} instead of 200; redirects are not followed`);
  const endpoint = new URL(versionSchema.parse(JSON.parse(text)).webSocketDebuggerUrl);
  if (endpoint.origin !== `ws://127.0.0.1:${port}` || !ENDPOINT_PATH.test(endpoint.pathname) || endpoint.search !== '')
    throw refused(
      port,
      `it names ${endpoint.href.slice(0, 200)} as the address of the browser, which is no browser endpoint on this port`,
    );
  return endpoint.pathname;
}

function refused(port: number, why: string): EnvironmentError {
  return new EnvironmentError(
    `the harness does not control the browser at 127.0.0.1:${port}: ${why}`,
    "Read its log, …-browser.log, in the folder of the gateway's log. A page that takes over its browser could answer like this.",
  );
}

function transportOver(socket: WebSocket): ConnectOverCDPTransport {
  const transport: ConnectOverCDPTransport = {
    send: (message) => socket.send(JSON.stringify(message)),
    close: () => socket.close(),
  };
  // One message for each turn of the event loop, as in Playwright's own transport.
  socket.on('message', (data) =>
    setImmediate(() => {
      const message = messageIn(`${data}`);
      if (message === null) socket.terminate();
      else transport.onmessage?.(message);
    }),
  );
  socket.once('close', (code) => setImmediate(() => transport.onclose?.(`closed with ${code}`)));
  socket.on('error', () => {}); // `close` follows every error
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
