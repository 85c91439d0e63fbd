import { expect, test } from 'vitest';
import type { CallEnd } from '../client/connection.ts';
import { type CallAnswer, provenBy, readCallEnd, sayAnswer } from './call-answer.ts';

const denied = (code: string, message: string, details: Record<string, unknown> = {}): CallEnd => ({
  kind: 'denied',
  error: { code, message, details },
});

type Case = [end: CallEnd, answer: CallAnswer, proves: ReturnType<typeof provenBy>, said: string];

test.each<Case>([
  [{ kind: 'answered', payload: {} }, { kind: 'allowed' }, 'may', 'allowed'],
  [denied('INVALID_REQUEST', 'invalid agents.list params'), { kind: 'allowed' }, 'may', 'allowed'],
  [denied('UNAVAILABLE', 'rate limit exceeded for config.set'), { kind: 'allowed' }, 'may', 'allowed'],
  [
    denied('INVALID_REQUEST', 'missing scope: operator.read'),
    { kind: 'denied-scope', scope: 'operator.read' },
    'may-not',
    'denied: needs operator.read',
  ],
  [
    denied('FORBIDDEN', 'not allowed', { code: 'MISSING_SCOPE', missingScope: 'operator.admin' }),
    { kind: 'denied-scope', scope: 'operator.admin' },
    'may-not',
    'denied: needs operator.admin',
  ],
  [
    denied('INVALID_REQUEST', 'missing scope: operator.read', { config: 'x'.repeat(1_100) }),
    { kind: 'unreadable', text: 'a denial with 1113 characters of details' },
    'undecided',
    'cannot be read: a denial with 1113 characters of details',
  ],
  [
    denied('INVALID_REQUEST', 'unauthorized role: node'),
    { kind: 'denied-role', role: 'node' },
    'may-not',
    'denied: not for the role node',
  ],
  [
    denied('FORBIDDEN', 'Session-scoped access requires a verified user profile.'),
    { kind: 'denied-person' },
    'may-not',
    'denied: only for a person who is signed in',
  ],
  [denied('INVALID_REQUEST', 'unknown method: a.b'), { kind: 'unknown' }, 'may-not', 'no such method'],
  [
    denied('UNAVAILABLE', "TypeError: Cannot read properties of undefined (reading 'x')"),
    { kind: 'broke', how: 'exception' },
    'may',
    'an exception in the gateway',
  ],
  [
    denied('FORBIDDEN', 'no'),
    { kind: 'unreadable', text: 'FORBIDDEN: no' },
    'undecided',
    'cannot be read: FORBIDDEN: no',
  ],
  [{ kind: 'timeout', afterMs: 5 }, { kind: 'broke', how: 'timeout' }, 'undecided', 'no answer in time'],
  [
    { kind: 'closed', code: 1012, reason: 'service restart' },
    { kind: 'broke', how: 'lost' },
    'undecided',
    'the connection was lost',
  ],
  [{ kind: 'closed', code: 4001, reason: '' }, { kind: 'closed', code: 4001 }, 'may-not', 'closed with 4001'],
])('%j is read as %j, which proves %s', (end, answer, proves, said) => {
  expect(readCallEnd(end)).toEqual(answer);
  expect(provenBy(answer)).toBe(proves);
  expect(sayAnswer(answer)).toBe(said);
});

test('a message that mentions a scope within other words is no denial for it', () => {
  expect(readCallEnd(denied('INVALID_REQUEST', 'invalid params: missing scope: field'))).toEqual({ kind: 'allowed' });
});
