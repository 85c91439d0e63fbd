import { expect, test } from 'vitest';
import { compareMatrices } from './compare.ts';
import { findingsOf } from './findings.ts';
import { ALLOWED, matrixWith } from './matrix.fixture.ts';
import type { Matrix } from './matrix.ts';
import { exitCodeOf, isComplete } from './report.ts';

const SOUND = matrixWith();
const OPEN = matrixWith({ 'config.set': { 'remote/read': ALLOWED } });
const SILENT = matrixWith({ 'config.set': { 'remote/read': { kind: 'broke', how: 'timeout' } } });
const LACKING: Matrix = { ...SOUND, callers: { ...SOUND.callers, 'remote/setup-code': { kind: 'not-made', why: '' } } };
/** A gateway that admits nobody from another machine. */
const CLOSED: Matrix = {
  ...SOUND,
  callers: Object.fromEntries(
    Object.entries(SOUND.callers).map(([id, state]) => [
      id,
      id.startsWith('remote/') ? { kind: 'refused' as const, why: 'credentials (1008)' } : state,
    ]),
  ),
};

test.each<[title: string, head: Matrix, base: Matrix | null, exitCode: number]>([
  ['a gateway without findings', SOUND, null, 0],
  ['a gateway without findings, like its base', SOUND, SOUND, 0],
  ['a gateway with a finding', OPEN, null, 1],
  ['a gateway with the finding that its base has', OPEN, OPEN, 1],
  ['a gateway that lets a caller do more than its base', OPEN, SOUND, 4],
  ['a gateway that is stricter than its base', SOUND, OPEN, 0],
  ['a gateway that leaves a call without an answer', SILENT, null, 1],
  ['a base that left a call without an answer', SOUND, SILENT, 3],
  ['a caller that could not be made', LACKING, null, 3],
  ['a gateway that refuses every remote caller', CLOSED, null, 3],
  ['a gateway that refuses every remote caller, which its base admits', CLOSED, SOUND, 3],
])('the exit code of %s', (_title, head, base, exitCode) => {
  expect(exitCodeOf(head, findingsOf(head), base === null ? null : compareMatrices(base, head))).toBe(exitCode);
});

test('a matrix is complete if each caller was made or refused, and each answer says something', () => {
  const refused: Matrix = { ...SOUND, callers: { ...SOUND.callers, 'remote/talk': { kind: 'refused', why: '' } } };
  expect([SOUND, OPEN, refused].map(isComplete)).toEqual([true, true, true]);
  const empty: Matrix = { ...SOUND, rows: [] };
  expect([SILENT, LACKING, CLOSED, empty].map(isComplete)).toEqual([false, false, false, false]);
});
