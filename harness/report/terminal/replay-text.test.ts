import { describe, expect, test } from 'vitest';
import { kept, OUT } from '../../pairwise/reading.fixture.ts';
import { EVERY_VERDICT, ONE_GATEWAY, sampleReport } from '../../results/sample.fixture.ts';
import { replayText } from './replay-text.ts';

const ID = 'stale-scopes/local-write-after-read/local-upgrade';

test('a check on one gateway: transcript, observation, pairing list, log and verdict', async () => {
  const report = sampleReport(ONE_GATEWAY);
  const text = replayText(report, { kind: 'checks', ids: [ID] }, 160);
  await expect(text).toMatchFileSnapshot('./golden/one-gateway.replay.golden');
});

test('a check on two gateways: both beside each other, on lines that fit', async () => {
  const report = sampleReport(EVERY_VERDICT.slice(0, 2));
  const text = replayText(
    { ...report, checks: report.checks.filter(({ id }) => id === ID) },
    { kind: 'checks', ids: [ID] },
    120,
  );
  expect(text.split('\n').filter((line) => [...line].length > 120)).toEqual([]);
  await expect(text).toMatchFileSnapshot('./golden/two-gateways.replay.golden');
});

describe('a cell', () => {
  const report = {
    ...sampleReport(ONE_GATEWAY),
    checks: [],
    table: [
      kept({ route: 'loopback' }, OUT),
      kept({ route: 'loopback' }, OUT, { gateway: 'head', unreached: 'no answer', looks: [] }),
    ],
  };

  test('shows the probe that is named, and says why a gateway has none', () => {
    const [old] = report.subjects;
    const subjects = old === undefined ? [] : [old, { ...old, reference: 'head' }];
    expect(
      replayText({ ...report, subjects }, { kind: 'cell', id: 'loopback', probe: 'knock' }, 100),
    ).toMatchInlineSnapshot(`
      "
      ── The knock (loopback/knock), from lan ──

      on 2026.4.1                                      │ on head: no answer

        no transcript                                  │

        outcome                refused, close code     │
        1008                                           │
        cause                  pairing-required        │
        reason                 not-paired              │
        pairing                pending                 │
        log                    not read whole, so      │
        nothing is known of its lines about this knock │"
    `);
  });

  test('shows every probe if none is named', () => {
    const text = replayText(report, { kind: 'cell', id: 'loopback', probe: null }, 100);
    expect(text.match(/^── .*$/gm)).toEqual([
      '── The knock (loopback/knock), from lan ──',
      '── Its request, replayed (loopback/replay) ──',
      '── The knock again (loopback/again) ──',
      '── Its device, from another machine (loopback/elsewhere) ──',
    ]);
  });
});

test('a replay whose gateway never came up says so', () => {
  const report = { ...sampleReport(ONE_GATEWAY), subjects: [], checks: [] };
  expect(replayText(report, { kind: 'checks', ids: [ID] }, 80)).toBe('\nNothing was played.');
});

test('no text of a gateway can begin a line, move the cursor or give a command to a runner', () => {
  const report = sampleReport(ONE_GATEWAY);
  const odd = 'once\n::error::x\n\u001b[2J##[group]\r\u202e';
  const checks = report.checks.map((check) => ({ ...check, logLines: [odd], because: odd }));
  const text = replayText({ ...report, checks }, { kind: 'checks', ids: [ID] }, 160);
  const lines = text.split('\n').filter((line) => line.includes('error::x') || line.includes('[group]'));
  expect([...new Set(lines.map((line) => line.slice(25).trim()))]).toEqual([': :error::x', '␛[2J# #[group]␍⟨U+202E⟩']);
});
