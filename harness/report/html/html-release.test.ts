import { expect, test } from 'vitest';
import { HELD, SHIPS } from '../release/release.fixture.ts';
import { releaseHtml } from './html-release.ts';

/** The page without its style, which is that of every page. */
const bodyOf = (page: string): string => page.slice(page.indexOf('<body>'));

test('a held candidate: verdict and summary on one screen, then each reason, then the digests', async () => {
  await expect(bodyOf(releaseHtml(HELD))).toMatchFileSnapshot('golden/release-held.html.golden');
});

test('a candidate that ships: what is waived and noted is collapsed', async () => {
  await expect(bodyOf(releaseHtml(SHIPS))).toMatchFileSnapshot('golden/release-ships.html.golden');
});

test('text of a gateway is escaped, and the page runs no script and loads nothing', () => {
  const page = releaseHtml(HELD);
  expect(page).toContain('pairing-required &lt;b&gt;');
  expect(page).not.toContain('<b>.');
  expect(page).toMatch(/Content-Security-Policy" content="default-src (?:&#39;|')none/);
  expect(page).not.toContain('<script');
});

test('the page stays below a megabyte, whatever was found', () => {
  const reasons = [...HELD.reasons, ...SHIPS.reasons].flatMap((reason) =>
    Array.from({ length: 1_000 }, () => ({ ...reason, id: '<'.repeat(9_000), text: '<'.repeat(9_000) })),
  );
  expect(releaseHtml({ ...HELD, reasons }).length).toBeLessThan(1_000_000);
});
