import { expect, test } from 'vitest';
import { compareSettings } from './compare.ts';
import { findingsOf } from './findings.ts';
import { exitCodeOf, gapOf, type SettingsReport, settingsReportSchema } from './report.ts';
import type { SeenSettings } from './seen-settings.ts';
import { knocksAt, seenWith } from './settings.fixture.ts';
import { renderSettings } from './settings-markdown.ts';
import { printSettings } from './settings-text.ts';

const SOUND = seenWith();
const OPEN = seenWith({ 'private-proxies': { knocks: knocksAt('private-proxies', 'lan/says-loopback', 'admitted') } });
const SILENT = seenWith({ password: { knocks: knocksAt('password', 'lan/secret', 'undecided') } });
const MUTE = seenWith({ plain: { warnings: null } });
const STOPPED = seenWith({ password: { runs: false, why: 'it exited', knocks: [] } });
const HANGING = seenWith({ 'no-auth': { hangs: true, why: 'the gateway was not ready after 180000 ms' } });

test.each<[title: string, head: SeenSettings, base: SeenSettings | null, exitCode: number]>([
  ['a gateway without findings', SOUND, null, 0],
  ['a gateway like its base', SOUND, SOUND, 0],
  ['a gateway with a finding', OPEN, null, 1],
  ['a gateway that lets a client in that its base refuses', OPEN, SOUND, 4],
  ['a gateway that is stricter than its base', SOUND, OPEN, 0],
  ['a gateway that does not answer a knock', SILENT, null, 3],
  ['a gateway that does not start with a safe setting', STOPPED, null, 3],
  ['a gateway that neither starts nor exits with an unsafe setting', HANGING, null, 3],
  ['a gateway that neither starts nor exits with an unsafe setting, and whose base exits', HANGING, SOUND, 3],
  ['a gateway whose audit gives no answer', MUTE, null, 3],
])('the exit code of %s', (_, head, base, exitCode) => {
  expect(exitCodeOf(head, findingsOf(head), base === null ? null : compareSettings(base, head))).toBe(exitCode);
});

test('what was seen is whole if the gateway started with each safe configuration, and answered', () => {
  expect([SOUND, MUTE, SILENT, STOPPED, HANGING].map(gapOf)).toEqual([
    null,
    'the security audit gave no answer with plain',
    'the knock lan/secret at password ended with ',
    'the gateway did not start with password: it exited',
    'the gateway neither started nor exited with no-auth, so nobody knows whether it listens: the gateway was not ready after 180000 ms',
  ]);
});

const REPORT: SettingsReport = {
  schemaVersion: 1,
  ...{ command: 'postern settings', seed: 7, postern: '0.1.0', gateway: './it.tgz', seconds: 184.6, seen: OPEN },
  ...{ findings: findingsOf(OPEN), withheld: 0, comparison: compareSettings(SOUND, OPEN), exitCode: 4 },
};

test('a report is read as it was written', () => {
  expect(settingsReportSchema.parse(JSON.parse(JSON.stringify(REPORT)))).toEqual(REPORT);
});

test('page and terminal say what a setting opens, which property that breaks, and what the base does', () => {
  const page = renderSettings(REPORT);
  expect(page).toContain(
    '| more open | <code>lan/says-loopback</code> | <code>private-proxies</code> | refused before authentication &#40;credentials&#41; | admitted with operator.read |',
  );
  expect(page).toContain('| <code>no-auth</code> | does not start | Refusing to bind gateway to lan without auth. |');
  const text = printSettings(REPORT);
  expect(text).toMatch(/^openclaw 2026\.9\.6: \d+ knocks at 40 configurations in 185 s, seed 7$/m);
  expect(text).toContain(
    '  no-more-than-the-settings-open: private-proxies: lan/says-loopback: admitted with operator.read;',
  );
  expect(text).toContain(
    '  weakened   private-proxies: lan/says-loopback\n             was  refused before authentication (credentials)\n             is   admitted with operator.read',
  );
});
