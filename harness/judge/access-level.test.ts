import { describe, expect, test } from 'vitest';
import { type Cause, causeSchema, type Observation, type Outcome } from '../scenario/schema/observation.ts';
import { type AccessLevel, compareAccessLevels, grantedAccessOf } from './access-level.ts';

const refused = (cause: Cause): Outcome => ({
  kind: 'refused',
  at: 'handshake',
  code: 1008,
  cause,
  reason: null,
  text: '',
});
const admitted = (scopes: string[]): Outcome => ({
  kind: 'admitted',
  role: 'operator',
  scopes,
  protocol: 4,
  deviceToken: true,
});

describe('the access level of an observation', () => {
  test.each<[string, Observation, string | null]>([
    [
      'a request that waits though something else is wrong',
      { outcome: refused('credentials'), pairing: 'pending' },
      'refused before authentication',
    ],
    ['a request that waits', { outcome: refused('pairing-required'), pairing: 'pending' }, 'waits for approval'],
    [
      'a refusal that leaves no request',
      { outcome: refused('pairing-required'), pairing: 'none' },
      'refused after authentication',
    ],
    ['a wrong secret', { outcome: refused('credentials'), pairing: 'none' }, 'refused before authentication'],
    [
      'a silent approval behind a refusal',
      { outcome: refused('credentials'), pairing: 'approved-silently' },
      'admitted',
    ],
    ['a timeout', { outcome: { kind: 'timeout', phase: 'awaiting-hello', afterMs: 1 }, pairing: 'none' }, null],
    ['a broken connection', { outcome: { kind: 'crash', phase: 'awaiting-hello', text: '' } }, null],
    ['an answer', { answer: { kind: 'answered', payload: {} } }, 'admitted'],
    ['a denial', { answer: { kind: 'denied', code: 'FORBIDDEN', message: 'no' } }, 'refused after authentication'],
    [
      'a session that was ended',
      { answer: { kind: 'closed', code: 4001, reason: '' } },
      'refused after authentication',
    ],
    ['a session that outlived its end', { answer: { kind: 'open', afterMs: 15_000 } }, 'admitted'],
    ['no answer', { answer: { kind: 'timeout', afterMs: 1 } }, null],
    ['a gateway that is not there', { outcome: { kind: 'unreachable', text: '' } }, null],
    ['an answer that nobody can read', { outcome: { kind: 'unreadable', phase: 'awaiting-hello', text: '' } }, null],
    ['a silent approval alone', { pairing: 'approved-silently' }, null],
    ['a page', { http: { status: 200, body: '' } }, 'admitted'],
    ['a page that moved', { http: { status: 399, body: '' } }, 'admitted'],
    ['a request that makes no sense', { http: { status: 400, body: '' } }, 'refused before authentication'],
    ['a refused request', { http: { status: 401, body: '' } }, 'refused before authentication'],
    ['a gateway that fell over its own feet', { http: { status: 500, body: '' } }, null],
    ['a count of rows', { rows: { paired: 1, pending: 0 } }, null],
  ])('%s', (_what, observation, level) => {
    expect(grantedAccessOf(observation)).toEqual(level === null ? null : { level, scopes: [] });
  });

  test('an admission, with its scopes', () => {
    const grantedAccess = { level: 'admitted', scopes: ['operator.read'] };
    expect(grantedAccessOf({ outcome: admitted(['operator.read']), pairing: 'unchanged' })).toEqual(grantedAccess);
    expect(grantedAccessOf({ outcome: admitted(['operator.read']), pairing: 'approved-silently' })).toEqual(
      grantedAccess,
    );
  });

  test('a gateway that is starting has decided nothing, and every other cause is a refusal', () => {
    const undecided = causeSchema.options.filter((cause) => grantedAccessOf({ outcome: refused(cause) }) === null);
    expect(undecided).toEqual(['starting']);
  });

  test('any admission is more open than any refusal, and an unreadable refusal is not compared with others', () => {
    const degreeOf = (observation: Observation): AccessLevel => {
      const grantedAccess = grantedAccessOf(observation);
      if (grantedAccess === null) throw new Error('this was decided');
      return grantedAccess.level;
    };
    const letIn = degreeOf({ outcome: admitted([]) });
    const unread = degreeOf({ outcome: refused('unstated') });
    const refusals = causeSchema.options
      .filter((cause) => cause !== 'starting')
      .map((cause) => degreeOf({ outcome: refused(cause) }));
    for (const refusal of refusals)
      expect([compareAccessLevels(letIn, refusal), compareAccessLevels(refusal, letIn)]).toEqual([1, -1]);
    for (const refusal of refusals.filter((level) => level !== unread)) {
      expect([compareAccessLevels(unread, refusal), compareAccessLevels(refusal, unread)]).toEqual([null, null]);
    }
    expect(compareAccessLevels(unread, unread)).toBe(0);
  });
});
