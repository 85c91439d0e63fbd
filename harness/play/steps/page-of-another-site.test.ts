import { expect, test } from 'vitest';
import { pageOfAnotherSite } from './page-of-another-site.ts';

const GATEWAY = { version: () => '2026.9.6', buildId: () => null, protocol: () => null };
const ABOUT = { origin: 'http://127.0.0.1:18789', credentials: { token: 'a</script>b' }, gateway: GATEWAY };

test('a foreign page asks the gateway at its own address, a rebound page at its own name', () => {
  const [foreign, rebound] = (['foreign', 'rebound'] as const).map((page) =>
    pageOfAnotherSite({ page, reads: ['/health'] }, ABOUT),
  );
  expect([foreign?.url, rebound?.url]).toEqual(['http://elsewhere.example/', 'http://rebound.example:18789/postern']);
  expect(foreign?.html).toContain('fetch("http://127.0.0.1:18789" + path');
  expect(foreign?.html).toContain('new WebSocket("ws://127.0.0.1:18789")');
  expect(rebound?.html).toContain('fetch("http://rebound.example:18789" + path');
  expect(rebound?.html).toContain('new WebSocket("ws://rebound.example:18789")');
});

test('a page asks for each path plainly, and again with the secret that it obtained', () => {
  const ABOUT_NOTHING = { ...ABOUT, credentials: {} };
  const requests = (about: typeof ABOUT | typeof ABOUT_NOTHING): unknown =>
    JSON.parse(
      / of (\[.*?\])\) \{/.exec(pageOfAnotherSite({ page: 'foreign', reads: ['/', '/health'] }, about).html)?.[1] ?? '',
    );
  const secret = { Authorization: 'Bearer a</script>b' };
  expect(requests(ABOUT)).toEqual([
    { path: '/', headers: {} },
    { path: '/', headers: secret },
    { path: '/health', headers: {} },
    { path: '/health', headers: secret },
  ]);
  expect(requests(ABOUT_NOTHING)).toEqual([
    { path: '/', headers: {} },
    { path: '/health', headers: {} },
  ]);
});

test('a page without paths connects at once, and no secret ends its script', () => {
  const { html } = pageOfAnotherSite({ page: 'foreign' }, ABOUT);
  expect(html).toMatch(/\n {4}connect\(\);\n/);
  expect(html.match(/<\/script>/g)).toHaveLength(1);
});
