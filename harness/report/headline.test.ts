import { expect, test } from 'vitest';
import type { Report } from '../results/report.ts';
import { ALL_HOLD, EVERY_VERDICT, ONE_GATEWAY, sampleReport } from '../results/sample.fixture.ts';
import { headline } from './headline.ts';

const ended = (report: Report, exitCode: number, problems: string[] = []): Report => ({
  ...report,
  run: { ...report.run, exitCode, problems },
});

test('the headline of a gate is about its head, and counts checks that are red on both separately', () => {
  const base = { reference: '2026.4.1', version: '2026.4.1', verdicts: { 'stale-scopes/a/b': 'fail' } } as const;
  const [first] = sampleReport(ALL_HOLD).checks;
  const head = { reference: './pr.tgz', version: '2026.4.2', verdicts: { [`${first?.id}`]: 'fail' as const } };
  const report = sampleReport([base, head], 'gate');
  const notWorse = { ...report, checks: report.checks.map((check) => ({ ...check, holds: true })) };
  expect([headline(report), headline(notWorse), headline(ended(notWorse, 1, ['a line is missing']))]).toEqual([
    '2026.4.2 (./pr.tgz) does not hold in 1 of 18 checks.',
    '2026.4.2 (./pr.tgz) is not worse than its base in 18 checks; 1 check red on both.',
    '2026.4.2 (./pr.tgz) is not worse than its base in 18 checks; 1 check red on both; 1 finding outside the checks.',
  ]);
});

test('the headline is one sentence, and begins with the reason why a result is incomplete', () => {
  const many = [...EVERY_VERDICT, { reference: '2026.7.1', version: '2026.7.1', verdicts: {} }];
  expect({
    hold: headline(sampleReport(ALL_HOLD)),
    one: headline(sampleReport(ONE_GATEWAY)),
    many: headline(sampleReport(many)),
    matrix: headline(sampleReport(ALL_HOLD, 'matrix')),
    matrixRed: headline(sampleReport(ONE_GATEWAY, 'matrix')),
    interrupted: headline(ended(sampleReport(ALL_HOLD), 130)),
    usage: headline(ended(sampleReport([]), 2)),
    misread: headline(ended(sampleReport([]), 2, ['scenarios/a.yaml:3:1 has an unknown key.'])),
    stale: headline(ended(sampleReport(ALL_HOLD), 5)),
  }).toMatchInlineSnapshot(`
    {
      "hold": "2026.9.6 holds in 18 checks; the boundary held for remote clients in 10 checks.",
      "interrupted": "Interrupted, so this result is incomplete; 2026.9.6 holds in 18 checks; the boundary held for remote clients in 10 checks.",
      "many": "The environment failed, so this result is incomplete; 1 of 4 gateways hold; the boundary held for remote clients in 32 of 36 checks.",
      "matrix": "1 release behaves as the scenarios declare in 18 checks.",
      "matrixRed": "3 of 16 checks on 1 release are not as the scenarios declare, first on 2026.4.1.",
      "misread": "This run proves nothing: scenarios/a.yaml:3:1 has an unknown key.",
      "one": "2026.4.1 reproduces 2 reported failures and does not hold in 3 other checks; the boundary held for remote clients in 5 of 8 checks.",
      "stale": "A list or a declared range is stale; 2026.9.6 holds in 18 checks; the boundary held for remote clients in 10 checks.",
      "usage": "This run proves nothing: no check was executed.",
    }
  `);
});

test('a known deviation of a boundary check does not count as held', () => {
  const report = sampleReport([
    { reference: 'x', version: 'x', verdicts: { 'origin/control-ui-foreign-origin/wrong-origin': 'known-deviation' } },
  ]);
  expect(headline(report)).toMatchInlineSnapshot(
    `"x holds in 17 checks, with 1 known deviation; the boundary held for remote clients in 9 of 10 checks."`,
  );
});
