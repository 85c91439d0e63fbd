import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { REPORT_CHECK_BYTES, REPORT_TEXT_CHARACTERS } from '../limits.ts';
import { reportWithinBudget, withinBudget } from './budget.ts';
import type { CheckResult } from './report.ts';
import { sampleReport } from './sample.fixture.ts';

type Seen = Pick<CheckResult, 'observation' | 'transcript' | 'logLines'>;

const answered = (payload: Record<string, unknown>): Seen => ({
  observation: { answer: { kind: 'answered', payload } },
  transcript: { url: 'ws://127.0.0.1/', headers: {}, startedAt: '', entries: [{ at: 1, kind: 'opened' }] },
  logLines: ['a line'],
});
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const cut = (text: string): string =>
  `${text.slice(0, REPORT_TEXT_CHARACTERS)} … (cut: ${text.length} characters, SHA-256 ${sha256(text)})`;

test('a small check is unchanged', () => {
  expect(withinBudget(answered({ text: 'short' }))).toEqual(answered({ text: 'short' }));
});

test('a long text keeps its beginning, with its length and SHA-256', () => {
  const long = 'x'.repeat(REPORT_TEXT_CHARACTERS + 1);
  expect(withinBudget({ ...answered({ deep: [{ long }] }), logLines: [long] })).toEqual({
    ...answered({ deep: [{ long: cut(long) }] }),
    logLines: [cut(long)],
  });
});

test('a payload of many short texts is cut as one', () => {
  const payload = { rows: Array.from({ length: 30_000 }, (_, index) => `row ${index}`) };
  expect(withinBudget(answered(payload))).toEqual(answered({ 'left out': cut(JSON.stringify(payload)) }));
});

test('next the transcript is left out, then the log lines', () => {
  const entries = Array.from({ length: 30_000 }, () => ({ at: 1, kind: 'opened' as const }));
  const long = { ...answered({}), transcript: { url: '', headers: {}, startedAt: '', entries } };
  expect(withinBudget(long)).toEqual({
    ...answered({}),
    transcript: null,
    logLines: ['a line', '[postern] left out, because the report is full: the transcript'],
  });
  const logLines = Array.from({ length: 30_000 }, () => 'a log line');
  expect(withinBudget({ ...long, logLines })).toEqual({
    ...answered({}),
    transcript: null,
    logLines: ['[postern] left out, because the report is full: the transcript and 30000 log lines'],
  });
  expect(REPORT_CHECK_BYTES).toBeLessThan(JSON.stringify(logLines).length);
});

test('a report beyond its budget keeps every verdict, and counts the checks that lost their evidence', () => {
  const { checks, table } = sampleReport();
  const whole = reportWithinBudget({ checks, table });
  expect(whole).toEqual({ checks, table, leftOut: 0 });
  const none = reportWithinBudget({ checks, table }, 0);
  expect(none.checks.map(({ id, verdict }) => [id, verdict])).toEqual(checks.map(({ id, verdict }) => [id, verdict]));
  expect(none.checks.map(({ transcript }) => transcript).every((transcript) => transcript === null)).toBe(true);
  expect(none.leftOut).toBe(checks.length + table.flatMap(({ looks }) => looks).length);
});
