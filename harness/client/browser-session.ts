import type { Browser, BrowserContext, Page } from 'playwright-core';
import { messageOf } from '../exit.ts';
import { CLOSE_PAGE_MS, OPEN_PAGE_MS, PAGE_IDLE_MS } from '../limits.ts';
import { inTime } from '../within-time.ts';
import { type Connection, type ConnectionEnd, connectionOver } from './connection.ts';
import { dialBrowser } from './debugging-port.ts';
import { readFrame, readRequest } from './frames.ts';
import { textOfPage } from './page-text.ts';
import { BROWSER } from './published-clients.ts';
import { requestIds } from './request-ids.ts';
import {
  createRecorder,
  type ErrorShape,
  type HandshakeEnd,
  type Phase,
  type Recorder,
  type Transcript,
} from './transcript.ts';
import { WATCH_SOCKETS, type WireEntry, wireEntry } from './websocket-spy.ts';

/** A browser profile of one client. It persists from visit to visit, and has at most one open page. */
export type BrowserSession = {
  /** Closes the open page, and opens another one. */
  visit(visit: VisitRequest): Promise<Visit>;
  close(): Promise<void>;
};

export type VisitRequest = {
  url: string;
  /** The HTML to serve at `url` instead of the answer of the network, for a foreign page; null for none. */
  html: string | null;
  /** The label of a button to click after the first handshake has ended; null for none. */
  click: string | null;
  /** The longest time until the page's first handshake has ended, in milliseconds. */
  withinMs: number;
  /** Receives every text that the gateway sends to the page, complete. */
  hear(text: string): void;
};

/** The result of a visit: the page's first handshake with the gateway, and the text of the page afterwards. */
export type Visit = {
  /** How the first handshake ended; null if the page began none. */
  end: HandshakeEnd | null;
  transcript: Transcript;
  /** The connection of the page; null if it was not admitted. */
  connection: Connection | null;
  /** The connect params that the page sent; null if it sent none. */
  connect: Record<string, unknown> | null;
  text: string;
  /** False if the button to click is not on the page. */
  clicked: boolean;
};

/**
 * Opens a new profile in the browser with this debugging port on 127.0.0.1. The browser accepts any certificate, because those of the
 * proxies of a stage have no trusted issuer. Throws EnvironmentError as dialBrowser does, and passes on the errors of Playwright.
 */
export async function openBrowserSession(port: number): Promise<BrowserSession> {
  // Loaded on demand, because it costs half a second and 86 MB.
  const { chromium } = await import('playwright-core');
  const browser: Browser = await chromium.connectOverCDP(await dialBrowser(port));
  const context: BrowserContext = await browser.newContext({ ignoreHTTPSErrors: true, userAgent: BROWSER.userAgent });
  let page: Page | null = null;
  return {
    async visit(request) {
      if (page !== null) await inTime(page.close(), CLOSE_PAGE_MS, 'closing a page');
      page = await inTime(context.newPage(), OPEN_PAGE_MS, 'opening a page');
      return visitOn(page, request);
    },
    async close() {
      // A browser that does not close is removed with its stage.
      await inTime(browser.close(), CLOSE_PAGE_MS, 'closing a browser').catch(() => {});
    },
  };
}

async function visitOn(page: Page, { url, html, click, withinMs, hear }: VisitRequest): Promise<Visit> {
  const record = createRecorder(url, {}, hear);
  const listeners = new Set<(entry: WireEntry) => void>();
  await page.exposeBinding('posternWire', (_source, text: unknown) => {
    const entry = wireEntry(`${text}`);
    for (const listener of listeners) listener(entry);
  });
  await page.addInitScript({ content: WATCH_SOCKETS });
  if (html !== null) await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body: html }));

  const handshake = firstHandshake(page, record, listeners, withinMs);
  let failed: HandshakeEnd | null = null;
  try {
    const answer = await page.goto(url, { timeout: withinMs, waitUntil: 'load' });
    const status = answer?.status() ?? 0;
    if (answer !== null && status >= 400) {
      const body = await inTime(answer.text(), withinMs, 'the body of a page');
      record.add({ kind: 'http', status, body });
      failed = { kind: 'http', status, headers: answer.headers(), body };
    }
  } catch (error) {
    failed = { kind: 'unreachable', why: messageOf(error) };
  }
  if (failed !== null) handshake.giveUp();
  else {
    // On a busy machine a page still loads its code after the load event. A page that never stops fetching ends with `withinMs`.
    const idle = page.waitForLoadState('networkidle', { timeout: withinMs }).catch(() => {});
    void idle.then(() => handshake.expectWithin(PAGE_IDLE_MS));
  }
  const { end, connection, connect } = await handshake.done;
  const visit = { end: failed ?? end, transcript: record.transcript, connection, connect };
  if (failed?.kind === 'unreachable') return { ...visit, text: '', clicked: false };
  const text = await textOfPage(page);
  if (click === null) return { ...visit, text, clicked: true };
  page.on('dialog', (dialog) => void dialog.accept());
  const button = page.getByRole('button', { name: click, exact: true }).first();
  const clicked = await untilAnswered(listeners, withinMs, () =>
    button.click({ timeout: withinMs }).then(
      () => true,
      () => false,
    ),
  );
  return { ...visit, text: await textOfPage(page), clicked };
}

/**
 * Clicks, and waits until the page has sent a request and every request has its answer, at most `withinMs` milliseconds. Only the answer
 * shows that the gateway has done what the click asks for. The page also sends requests by itself; answers before the click do not count.
 * Gives true if the click was made.
 */
async function untilAnswered(
  listeners: Set<(entry: WireEntry) => void>,
  withinMs: number,
  click: () => Promise<boolean>,
): Promise<boolean> {
  const { promise: answered, resolve } = Promise.withResolvers<void>();
  const unanswered = new Set<string>();
  let isAsked = false;
  let isClicked = false;
  const check = (): void => {
    if (isClicked && isAsked && unanswered.size === 0) resolve();
  };
  const hear = (entry: WireEntry): void => {
    const id = entry.kind === 'sent' ? readRequest(entry.text)?.id : undefined;
    if (id !== undefined) {
      unanswered.add(id);
      isAsked = true;
    }
    if (entry.kind !== 'received') return;
    const frame = readFrame(entry.text);
    if (frame.kind === 'response') unanswered.delete(frame.response.id);
    check();
  };
  listeners.add(hear);
  let late: NodeJS.Timeout | undefined;
  try {
    isClicked = await click();
    if (!isClicked) return false;
    late = setTimeout(resolve, withinMs);
    check();
    await answered;
    return true;
  } finally {
    clearTimeout(late);
    listeners.delete(hear);
  }
}

type Ended = Pick<Visit, 'end' | 'connection' | 'connect'>;

/** Follows the first WebSocket that a page opens until its handshake has ended, at most `withinMs` milliseconds. */
function firstHandshake(page: Page, record: Recorder, listeners: Set<(entry: WireEntry) => void>, withinMs: number) {
  const { promise: done, resolve } = Promise.withResolvers<Ended>();
  let phase: Phase = 'connecting';
  let first: number | null = null;
  let refusal: ErrorShape | null = null;
  let connect: Record<string, unknown> | null = null;
  let connectId = '';
  let isOver = false;
  const end = (how: HandshakeEnd | null, connection: Connection | null = null): void => {
    isOver = true;
    clearTimeout(deadline);
    clearTimeout(idle);
    if (connection === null) listeners.delete(hearEntry);
    resolve({ end: how, connection, connect });
  };
  const deadline = setTimeout(
    () => end(first === null ? null : { kind: 'timeout', phase, afterMs: withinMs, error: refusal }),
    withinMs,
  );
  let idle: NodeJS.Timeout | undefined;

  const hearEntry = (entry: WireEntry): void => {
    first ??= entry.socket;
    if (entry.socket !== first) return;
    clearTimeout(idle);
    switch (entry.kind) {
      case 'opening':
        return;
      case 'opened':
        phase = 'awaiting-challenge';
        record.add({ kind: 'opened' });
        return;
      case 'sent': {
        record.add({ kind: 'sent', text: entry.text, bytes: Buffer.byteLength(entry.text) });
        const request = readRequest(entry.text);
        if (request?.method !== 'connect') return;
        phase = 'awaiting-hello';
        connect = request.params;
        connectId = request.id;
        return;
      }
      case 'received': {
        record.add({ kind: 'received', text: entry.text, bytes: Buffer.byteLength(entry.text) });
        const frame = readFrame(entry.text);
        if (frame.kind !== 'response' || frame.response.id !== connectId) return;
        if (frame.response.ok) {
          listeners.delete(hearEntry);
          end({ kind: 'hello', payload: frame.response.payload }, connectionOf(page, entry.socket, record, listeners));
          return;
        }
        refusal = frame.response.error;
        phase = 'awaiting-close';
        return;
      }
      case 'closed': {
        const { code, reason } = entry;
        record.add(code === 1006 ? { kind: 'dropped', why: '' } : { kind: 'closed', code, reason });
        end(
          code === 1006
            ? { kind: 'dropped', phase, error: refusal }
            : { kind: 'closed', phase, code, reason, error: refusal },
        );
        return;
      }
    }
  };
  listeners.add(hearEntry);
  return {
    done,
    /** Ends the wait: the page will begin no handshake. */
    giveUp: () => end(null),
    /** Ends the wait if no WebSocket is opened within so many milliseconds: then the page waits for its user. */
    expectWithin(ms: number): void {
      if (first === null && !isOver) idle = setTimeout(() => end(null), ms);
    },
  };
}

/** Makes a connection from a page's WebSocket, so that the harness can make calls in the page's own session. */
function connectionOf(
  page: Page,
  socket: number,
  record: Recorder,
  listeners: Set<(entry: WireEntry) => void>,
): Connection {
  let end: ConnectionEnd | null = null;
  const ended = Promise.withResolvers<ConnectionEnd>();
  const finish = (how: ConnectionEnd): void => {
    end ??= how;
    ended.resolve(end);
  };
  page.once('close', () => finish({ code: 1001, reason: 'the page was closed' }));
  return connectionOver({
    record,
    nextId: requestIds('uuid'),
    ended: ended.promise,
    endNow: () => end,
    hear(listener) {
      listeners.add((entry) => {
        if (entry.socket !== socket) return;
        if (entry.kind === 'received') listener(entry.text);
        if (entry.kind === 'closed') finish({ code: entry.code, reason: entry.reason });
      });
    },
    write(frame) {
      const what = 'close' in frame ? `close(${frame.close})` : `send(${JSON.stringify(`${frame.data}`)})`;
      // A frame that cannot be sent gets no answer, so its call ends with a timeout.
      void page.evaluate(`window.posternSockets.get(${socket}).${what}`).catch(() => {});
    },
    async close() {
      await inTime(page.close(), CLOSE_PAGE_MS, 'closing a page').catch(() => {}); // the page closes with its browser at the latest
    },
  });
}
