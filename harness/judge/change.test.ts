import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditEvent, Observation, Shown } from '../scenario/schema/observation.ts';
import type { Change } from './change.ts';
import { changeBetween } from './change.ts';

const admitted = (...scopes: string[]): Shown => ({
  outcome: { kind: 'admitted', role: 'operator', scopes, protocol: 4, deviceToken: true },
  pairing: 'unchanged',
});
const waits: Shown = {
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'pairing-required', reason: 'not-paired', text: 'a' },
  pairing: 'pending',
};
const wrongSecret: Shown = {
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'credentials', reason: null, text: 'b' },
  pairing: 'none',
};
const limited: Shown = {
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'rate-limit', reason: null, text: 'c' },
  pairing: 'none',
};
const unread: Shown = {
  outcome: {
    kind: 'refused',
    at: 'handshake',
    code: 1008,
    cause: 'unstated',
    unknownCode: 'QUARANTINED',
    reason: null,
    text: 'd',
  },
  pairing: 'none',
};
const starting: Shown = {
  outcome: { kind: 'refused', at: 'handshake', code: 1013, cause: 'starting', reason: null, text: 'e' },
  pairing: 'none',
};
const silence: Shown = { outcome: { kind: 'timeout', phase: 'awaiting-hello', afterMs: 5 }, pairing: 'none' };
const ended: Shown = { answer: { kind: 'closed', code: 4001, reason: '' } };
const lives: Shown = { answer: { kind: 'open', afterMs: 5 } };

const withoutToken: Shown = {
  outcome: { kind: 'admitted', role: 'operator', scopes: ['operator.read'], protocol: 4, deviceToken: false },
  pairing: 'unchanged',
};
const approved = (...scopes: string[]): Shown => ({ ...admitted(...scopes), pairing: 'approved-silently' });
const audited = (...events: AuditEvent['event'][]): Shown => ({
  ...waits,
  audit: events.map((event) => ({ event, line: 'a line' })),
});

const EVERY: readonly Observation[] = [
  admitted('operator.read'),
  admitted('operator.read', 'operator.write'),
  admitted('operator.admin'),
  admitted(),
  waits,
  wrongSecret,
  limited,
  unread,
  starting,
  silence,
  ended,
  lives,
  { rows: { paired: 1, pending: 0 } },
  { environmentFailed: 'the engine went away' },
];

describe('the change of a step from base to head', () => {
  test.each<[string, Observation, Observation, Change]>([
    ['more scopes', admitted('operator.read'), admitted('operator.read', 'operator.write'), 'weakened'],
    ['fewer scopes', admitted('operator.read', 'operator.write'), admitted('operator.read'), 'tightened'],
    ['other scopes', admitted('operator.read'), admitted('operator.approvals'), 'changed'],
    ['a client that waited is admitted', waits, admitted(), 'weakened'],
    ['a refusal before authentication becomes one after it', wrongSecret, waits, 'weakened'],
    ['an admission becomes a refusal', admitted('operator.read'), wrongSecret, 'tightened'],
    ['another cause', wrongSecret, limited, 'changed'],
    ['an unreadable refusal becomes an admission', unread, admitted(), 'weakened'],
    ['an admission becomes an unreadable refusal', admitted(), unread, 'tightened'],
    ['an unreadable refusal becomes a request that waits', unread, waits, 'changed'],
    ['an unreadable refusal on both', unread, structuredClone(unread), 'same'],
    ['an admission, and the base was starting', starting, admitted('operator.admin'), 'recovered'],
    [
      'a page, and the base answered with HTTP 5xx',
      { http: { status: 500, body: '' } },
      { http: { status: 200, body: '' } },
      'recovered',
    ],
    ['a device token that the base did not issue', withoutToken, admitted('operator.read'), 'weakened'],
    ['a device token that the head does not issue', admitted('operator.read'), withoutToken, 'tightened'],
    ['a silent approval', admitted('operator.read'), approved('operator.read'), 'weakened'],
    ['a silent approval with fewer scopes', admitted('operator.read'), approved(), 'weakened'],
    ['an approval that is no longer silent', approved('operator.read'), admitted('operator.read'), 'tightened'],
    ['a secret that is shown', waits, { ...waits, leaked: ['token in the log'] }, 'weakened'],
    ['a secret that is shown by a gateway that hangs', waits, { ...silence, leaked: ['token in the log'] }, 'weakened'],
    ['a secret that is not shown any more', { ...waits, leaked: ['token in the log'] }, waits, 'tightened'],
    ['an upgrade that the head does not log', audited('access-upgrade'), audited(), 'unrecorded'],
    ['an upgrade that the head logs as another event', audited('access-upgrade'), audited('refused'), 'unrecorded'],
    ['a log that was not read whole', audited(), waits, 'unrecorded'],
    ['a line more', audited(), audited('access-upgrade'), 'same'],
    ['a session that outlives its end', ended, lives, 'weakened'],
    ['a head without a decision', admitted('operator.read'), silence, 'broke'],
    ['a base without a decision', silence, waits, 'recovered'],
    ['no decision on both', silence, { environmentFailed: 'the engine went away' }, 'same'],
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

  test('texts, ids and times are not compared', () => {
    const other: Shown = {
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

  test('with base and head swapped, each change becomes its opposite', () => {
    const opposite: Record<Exclude<Change, 'unrecorded'>, Change> = {
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
        const change = changeBetween(base, head);
        if (change === 'unrecorded') throw new Error('none of these has a log');
        expect(changeBetween(head, base)).toBe(opposite[change]);
      }),
    );
  });
});
