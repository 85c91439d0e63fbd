import { expect, test } from 'vitest';
import { renderBetaBlocker } from './beta-blocker.ts';
import { HELD, SHIPS } from './release.fixture.ts';

test('a held beta has an issue with title, label, reasons, and the commands that show them', async () => {
  await expect(renderBetaBlocker(HELD)).toMatchFileSnapshot('golden/beta-blocker.md.golden');
});

test('a candidate that ships has none, and neither has a stable release that is held', () => {
  expect(renderBetaBlocker({ ...HELD, verdict: 'SHIP' })).toBeNull();
  expect(renderBetaBlocker({ ...HELD, channel: 'stable' })).toBeNull();
  expect(renderBetaBlocker(SHIPS)).toBeNull();
});

test('what a published candidate may show for the first time is counted, and not told', () => {
  const reasons = HELD.reasons.map((reason) => ({ ...reason, unpublished: reason.outcome === 'remote-admission' }));
  const text = renderBetaBlocker({ ...HELD, withheld: 0, reasons });
  expect(text).toContain('1 further reason that nobody has published');
  expect(text).not.toContain('forwarded-loopback');
});

test('the issue fits into one of GitHub, whatever was found', () => {
  const reasons = HELD.reasons.flatMap((reason) =>
    Array.from({ length: 300 }, () => ({ ...reason, text: '<'.repeat(9_000) })),
  );
  expect(Buffer.byteLength(renderBetaBlocker({ ...HELD, reasons }) ?? '')).toBeLessThan(65_536);
});
