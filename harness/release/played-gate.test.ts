import { expect, test } from 'vitest';
import { EXIT, UsageError } from '../exit.ts';
import { ALL_HOLD, sampleReport } from '../results/sample.fixture.ts';
import { playedGate } from './played-gate.ts';

const KNOWN = { accepted: [], scenarios: [], published: [] };
const SHA = 'a'.repeat(64);
const GATE = sampleReport(
  [
    { reference: '2026.9.6', version: '2026.9.6', verdicts: {} },
    { reference: './x.tgz', version: '2026.9.7', verdicts: { 'credentials/wrong-token/right-token': 'fail' } },
  ],
  'gate',
);
const gateEnding = (exitCode: number, problems: string[] = []) => ({
  ...GATE,
  run: { ...GATE.run, exitCode, problems },
});

test('the report of a gate is divided into baseline and candidate, and compared anew', () => {
  const { base, candidate, compared, problems, sha256 } = playedGate(
    gateEnding(1),
    { reasons: [], sha256: SHA },
    KNOWN,
    '2026-11-27',
  );
  expect([base, candidate].map(({ subjects }) => subjects.map(({ reference }) => reference))).toEqual([
    ['2026.9.6'],
    ['./x.tgz'],
  ]);
  expect(compared.standings.map(({ id, standing }) => [id, standing])).toEqual([
    ['credentials/wrong-token/right-token', 'regressed'],
  ]);
  expect([problems, sha256]).toEqual([[], SHA]);
});

test('of what the gate recorded, only problems count that its comparison does not show anew', () => {
  const { compared } = playedGate(gateEnding(1), { reasons: [], sha256: SHA }, KNOWN, '2026-11-27');
  const reasons = [
    ...compared.reasons,
    { text: 'it wrote a token to its log', objection: 'broken' as const },
    { text: 'a stage was lost', objection: 'untold' as const },
    { text: 'remote clients got more, until somebody accepted it', objection: 'weaker' as const },
    { text: 'an entry was old, and is gone', objection: 'stale' as const },
  ];
  expect(compared.reasons).toHaveLength(1);
  expect(playedGate(gateEnding(1), { reasons, sha256: SHA }, KNOWN, '2026-11-27').problems).toEqual([
    { text: 'it wrote a token to its log', of: 'gateway' },
    { text: 'a stage was lost', of: 'run' },
  ]);
});

test('a gate that recorded nothing, or that did not end by itself, is incomplete', () => {
  const recorded = { reasons: null, sha256: SHA };
  expect(playedGate(gateEnding(EXIT.interrupted, ['interrupted']), recorded, KNOWN, '2026-11-27').problems).toEqual([
    { text: 'interrupted', of: 'run' },
    { text: 'the gate ended with exit code 130, so it is incomplete', of: 'run' },
  ]);
});

test('a report that is not one of a gate of two gateways is refused', () => {
  for (const report of [sampleReport(ALL_HOLD, 'gate'), { ...GATE, run: { ...GATE.run, purpose: 'run' as const } }])
    expect(() => playedGate(report, { reasons: [], sha256: SHA }, KNOWN, '2026-11-27')).toThrow(UsageError);
});
