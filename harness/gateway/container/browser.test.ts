import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BrowserSession, openBrowserSession } from '../../client/browser-session.ts';
import { PAGE_RESTLESS_MS, READ_PAGE_MS, waitOnThisMachine } from '../../limits.ts';
import { createSecretRegistry } from '../../redaction/redactor.ts';
import { PLAIN_GATEWAY } from '../../scenario/schema/scenario.ts';
import { connectEngine, type Engine } from '../engine/engine.ts';
import { ownResources, reapRun } from '../engine/reaper.ts';
import { ensureBrowserImage } from '../image/image.ts';
import { prepareEngine } from '../image/prepare-engine.ts';
import { createGatewayLog } from '../log/gateway-log.ts';
import { setUpStageNetwork } from '../stage/stage-network.ts';
import { startSandboxed } from './sandboxed-container.ts';

const MINUTES = waitOnThisMachine(60_000);
const resourceOwner = ownResources(`browser-test-${process.pid}`);
let engine: Engine | null = null;
let session: BrowserSession | null = null;

beforeAll(async () => {
  const say = (): void => {};
  engine = await connectEngine();
  const { base, helperImage } = await prepareEngine(engine, say);
  const browser = await ensureBrowserImage(engine, { base, say });
  const stageNetwork = await setUpStageNetwork(
    {
      engine,
      helperImage,
      browserImage: browser.tag,
      gateway: PLAIN_GATEWAY,
      routes: [],
      logFileOf: () => createGatewayLog(null, createSecretRegistry()),
    },
    resourceOwner,
    `postern-browser-test-${process.pid}`,
  );
  // A server in place of the gateway. It answers with the Host header and the client's address.
  const server =
    "require('http').createServer((q, r) => r.end(q.headers.host + ' from ' + q.socket.remoteAddress)).listen(18789, '127.0.0.1')";
  await startSandboxed({
    image: helperImage,
    resourceOwner,
    command: ['node', '-e', server],
    network: { shares: stageNetwork.front },
    seals: false,
    ports: [],
    environment: {},
    volumes: {},
    archives: [],
  });
  session = await openBrowserSession(await stageNetwork.browser('here'));
  await stageNetwork.complete();
}, 8 * MINUTES);

afterAll(async () => {
  await session?.close();
  if (engine !== null) await reapRun(engine, resourceOwner);
}, MINUTES);

/** Opens a page with this HTML, and returns the text that the harness reads from it. */
async function textOfPage(html: string | null, url = 'http://somewhere.example/'): Promise<string | undefined> {
  const request = { url, html, click: null, withinMs: 15_000, hear: () => {} };
  return (await session?.visit(request))?.text.trim();
}

/** HTML of a page that shows one text after another, each `afterMs` milliseconds after it has loaded. */
const saying = (...lines: [text: string, afterMs: number][]): string =>
  `<!doctype html><body></body><script>
    for (const [text, after] of ${JSON.stringify(lines)}) setTimeout(() => { document.body.textContent = text; }, after);
  </script>`;

test('a page is read once its text has stopped changing, and an empty page is not read yet', {
  timeout: MINUTES,
}, async () => {
  // A page that opens no connection is read after five seconds.
  expect(await textOfPage(saying(['Pairing required', 7_000]))).toBe('Pairing required');
  expect(await textOfPage(saying(['Loading', 4_900], ['Pairing required', 5_300]))).toBe('Pairing required');
});

test('a page that never shows text is read as blank in the end', { timeout: MINUTES }, async () => {
  expect(await textOfPage('<!doctype html>')).toBe('');
});

test("a browser on the gateway's machine connects from loopback, with the Host that a user types", {
  timeout: MINUTES,
}, async () => {
  expect(await textOfPage(null, 'http://127.0.0.1:18789/')).toBe('127.0.0.1:18789 from 127.0.0.1');
});

test('reading a page whose script never ends is an error of the environment', { timeout: 2 * MINUTES }, async () => {
  const endless = '<!doctype html>Loading<script>setTimeout(() => { for (;;); }, 1_000);</script>';
  await expect(textOfPage(endless)).rejects.toMatchObject({
    name: 'EnvironmentError',
    message: `reading a page took longer than ${(PAGE_RESTLESS_MS + READ_PAGE_MS) / 1000} s`,
  });
});
