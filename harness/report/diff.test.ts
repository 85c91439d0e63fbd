import { expect, test } from 'vitest';
import { diffReports } from '../compare/diff.ts';
import type { CheckResult, Report } from '../results/report.ts';
import { ALL_HOLD, sampleReport } from '../results/sample.fixture.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import { describeDiff, printDiff, renderDiff } from './diff.ts';

const BASE = sampleReport(ALL_HOLD);
const waits: Observation = {
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'pairing-required', reason: null, text: '' },
  pairing: 'pending',
};
const admitted: Observation = {
  outcome: { kind: 'admitted', role: 'operator', scopes: ['operator.admin'], protocol: 4, deviceToken: true },
  pairing: 'approved-silently',
};
const silent: Observation = { outcome: { kind: 'timeout', phase: 'awaiting-hello', afterMs: 15_000 }, pairing: 'none' };

function withFirst(...seen: [string, Observation, string][]): Report {
  const checks = BASE.checks.map((check, index): CheckResult => {
    const [vantage, observation, words] = seen[index] ?? [check.vantage, check.observation, check.seen];
    return { ...check, id: `a/${index}`, vantage, local: vantage === 'loopback', observation, seen: words };
  });
  return {
    ...BASE,
    subjects: BASE.subjects.map((subject) => ({ ...subject, reference: '2026.9.6', version: '2026.9.6' })),
    checks,
  };
}

const before = withFirst(['lan', waits, 'has to wait'], ['loopback', admitted, 'is in'], ['lan', waits, 'has to wait']);
const after = withFirst(
  ['lan', admitted, 'is in'],
  ['loopback', waits, 'has to wait'],
  ['lan', silent, 'hears nothing'],
);

test('weakenings for remote clients come first, with both transcripts', () => {
  const page = renderDiff(diffReports(before, after));
  const titles = page.split('\n').filter((line) => line.startsWith('#'));
  expect(titles).toEqual([
    '# 2026.9.6 → 2026.9.6',
    '## Remote clients get more access',
    '### a/0 &#40;lan&#41;',
    '## The head no longer answers',
    '### a/2 &#40;lan&#41;',
    '## Local clients get less access',
  ]);
  expect(page).toContain('| base | head |\n| --- | --- |\n| has to wait | is in |');
  expect(page.match(/Both transcripts/g)).toHaveLength(2);
  expect(page).toContain('| a/1 &#40;loopback&#41; | is in | has to wait |');
});

test('one clause says whether remote clients get more access', () => {
  expect(describeDiff(diffReports(before, before))).toBe(
    'no remote client gets more access on 2026.9.6 than on 2026.9.6',
  );
  expect(describeDiff(diffReports(before, after))).toBe(
    'remote clients get more access on 2026.9.6 than on 2026.9.6 in 1 check; 2026.9.6 no longer answers 1 check of 2026.9.6',
  );
});

test('the text for a terminal lists changes, and no unchanged checks', () => {
  expect(printDiff(diffReports(before, before))).toBe(
    '\n\nNo remote client gets more access on 2026.9.6 than on 2026.9.6.\n',
  );
  const lines = printDiff(diffReports(before, after)).split('\n');
  expect(lines.filter((line) => line.startsWith('  a/'))).toEqual(['  a/0 (lan)', '  a/2 (lan)', '  a/1 (loopback)']);
});

test('equal changes are shown once, with all their checks', () => {
  const [one, other]: [[string, Observation, string], [string, Observation, string]] = [
    ['loopback', admitted, 'is in'],
    ['loopback', waits, 'has to wait'],
  ];
  const five = BASE.checks.slice(0, 5).length;
  const diff = diffReports(withFirst(...Array(five).fill(one)), withFirst(...Array(five).fill(other)));
  expect(printDiff(diff).split('\n').slice(1, 8)).toEqual([
    'Local clients get less access: 5',
    '  a/0 (loopback)',
    '  a/1 (loopback)',
    '  a/2 (loopback)',
    '  … and 2 alike',
    '    base  is in',
    '    head  has to wait',
  ]);
  const rows = renderDiff(diff)
    .split('\n')
    .filter((line) => line.startsWith('| a/'));
  expect(rows).toEqual([
    `| ${[0, 1, 2, 3, 4].map((index) => `a/${index} &#40;loopback&#41;`).join('<br>')} | is in | has to wait |`,
  ]);
});

test('two builds of one version are distinguished by their references', () => {
  const head = { ...after, subjects: after.subjects.map((subject) => ({ ...subject, reference: './pr.tgz' })) };
  expect(renderDiff(diffReports(before, head)).split('\n')[0]).toBe('# 2026.9.6 → 2026.9.6 &#40;./pr.tgz&#41;');
});
