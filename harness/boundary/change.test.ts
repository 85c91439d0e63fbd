import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '../report/comparison.ts';
import type { Observation } from '../scenario/observation.ts';
import { changeBetween } from './change.ts';

const admitted = (...scopes: string[]): Observation => ({
  outcome: { kind: 'admitted', role: 'operator', scopes, protocol: 4, deviceToken: true },
  pairing: 'unchanged',
});
const waits: Observation = {
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'pairing-required', reason: 'not-paired', text: 'a' },
  pairing: 'pending',
};
const wrongSecret: Observation = {
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'credentials', reason: null, text: 'b' },
  pairing: 'none',
};
const limited: Observation = {
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'rate-limit', reason: null, text: 'c' },
  pairing: 'none',
};
const silence: Observation = { outcome: { kind: 'timeout', phase: 'awaiting-hello', afterMs: 5 }, pairing: 'none' };
const ended: Observation = { answer: { kind: 'closed', code: 4001, reason: '' } };
const lives: Observation = { answer: { kind: 'open', afterMs: 5 } };

const EVERY: readonly Observation[] = [
  admitted('operator.read'),
  admitted('operator.read', 'operator.write'),
  admitted('operator.admin'),
  admitted(),
  waits,
  wrongSecret,
  limited,
  silence,
  ended,
  lives,
  { rows: { paired: 1, pending: 0 } },
  { environmentFailed: 'the engine went away' },
];

describe('what became of a step', () => {
  test.each<[string, Observation, Observation, Change]>([
    ['more scopes', admitted('operator.read'), admitted('operator.read', 'operator.write'), 'weakened'],
    ['fewer scopes', admitted('operator.read', 'operator.write'), admitted('operator.read'), 'tightened'],
    ['other scopes', admitted('operator.read'), admitted('operator.approvals'), 'changed'],
    ['in at last', waits, admitted(), 'weakened'],
    ['past the secret', wrongSecret, waits, 'weakened'],
    ['out', admitted('operator.read'), wrongSecret, 'tightened'],
    ['another cause', wrongSecret, limited, 'changed'],
    ['a session that outlives its end', ended, lives, 'weakened'],
    ['silence', admitted('operator.read'), silence, 'broke'],
    ['speech', silence, waits, 'recovered'],
    ['silence twice', silence, { environmentFailed: 'the engine went away' }, 'same'],
    ['another text', waits, structuredClone(waits), 'same'],
    [
      'another role',
      admitted(),
      { ...admitted(), outcome: { kind: 'admitted', role: 'node', scopes: [], protocol: 4, deviceToken: true } },
      'changed',
    ],
    [
      'the same scopes in another order',
      admitted('operator.read', 'operator.write'),
      admitted('operator.write', 'operator.read'),
      'same',
    ],
    ['another close code', ended, { answer: { kind: 'closed', code: 1012, reason: '' } }, 'changed'],
    ['another reason for the same code', ended, { answer: { kind: 'closed', code: 4001, reason: 'revoked' } }, 'same'],
    ['a call without an answer', ended, { answer: { kind: 'timeout', afterMs: 5 } }, 'broke'],
    ['a step that is not carried out', ended, { notCarriedOut: 'nobody is connected' }, 'broke'],
    ['a gateway that gives up', {}, { exited: { exitCode: 1, lastLines: '' } }, 'changed'],
    [
      'a gateway that gives up with other words',
      { exited: { exitCode: 1, lastLines: 'a' } },
      { exited: { exitCode: 2, lastLines: 'b' } },
      'same',
    ],
    ['another count', { rows: { paired: 1, pending: 0 } }, { rows: { paired: 2, pending: 0 } }, 'changed'],
  ])('%s', (_what, base, head, change) => {
    expect(changeBetween(base, head)).toBe(change);
  });

  test('words, ids and times decide nothing', () => {
    const other: Observation = {
      outcome: {
        kind: 'refused',
        at: 'handshake',
        code: 1008,
        cause: 'pairing-required',
        reason: 'x',
        text: 'other words',
      },
      pairing: 'pending',
      audit: [{ event: 'refused', line: 'a line' }],
    };
    expect(changeBetween(waits, other)).toBe('same');
  });

  test('seen from the other side, every change is its opposite', () => {
    const opposite: Record<Change, Change> = {
      weakened: 'tightened',
      tightened: 'weakened',
      broke: 'recovered',
      recovered: 'broke',
      changed: 'changed',
      same: 'same',
    };
    const any = fc.constantFrom(...EVERY);
    fc.assert(
      fc.property(any, any, (base, head) => {
        expect(changeBetween(head, base)).toBe(opposite[changeBetween(base, head)]);
      }),
    );
  });
});
