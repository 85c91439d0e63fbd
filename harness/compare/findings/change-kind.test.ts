import { expect, test } from 'vitest';
import { changeWith } from '../../results/comparison.fixture.ts';
import type { Observation } from '../../scenario/schema/observation.ts';
import { answerOf, kindOf } from './change-kind.ts';
import { admitted, refused, waits } from './played-table.fixture.ts';

const kind = (base: Observation, head: Observation, change: Parameters<typeof changeWith>[0]['change'] = 'changed') =>
  kindOf(changeWith({ base, head, change }));
const READ = admitted(['operator.read']);

test.each<[Observation, string]>([
  [READ, 'admitted'],
  [admitted([], 'approved-silently'), 'admitted, approved without asking'],
  [waits('scope-upgrade'), 'refused: pairing-required (scope-upgrade), a request waits'],
  [{ answer: { kind: 'denied', code: 'FORBIDDEN', message: 'm' } }, 'denied: FORBIDDEN'],
  [{ answer: { kind: 'closed', code: 4001, reason: 'r' } }, 'connection closed with 4001'],
  [{ http: { status: 401, body: 'b' } }, 'HTTP 401'],
  [{ command: { argv: [], exitCode: 3, stdout: '', stderr: '' } }, 'command fails'],
  [{ outcome: { kind: 'timeout', phase: 'hello', afterMs: 1 } }, 'no decision: timeout'],
  [{ pairing: 'none', leaked: ['gateway token in the log'] }, 'discloses gateway token in the log'],
  [{ notCarriedOut: 'why' }, 'not carried out'],
  [{}, 'nothing observed'],
])('an answer in the words that changes of one kind share: %#', (observation, words) => {
  expect(answerOf(observation)).toBe(words);
});

test('scopes are told only where they differ, so that clients that ask for different ones are of one kind', () => {
  expect(kind(admitted(['a', 'b']), admitted(['a', 'c']))).toEqual({
    from: 'admitted',
    before: 'admitted, with b',
    after: 'admitted, with c',
    family: 'let in: [["scopes"],["scopes"]]',
  });
  expect(kind(waits('not-paired'), READ)).toEqual(kind(waits('not-paired'), admitted(['operator.admin'])));
});

test('changes of one family end alike; the reason of a refusal only says what a client lacks', () => {
  expect(kind(READ, waits('scope-upgrade')).family).toBe(kind(READ, waits('role-upgrade')).family);
  expect(kind(READ, waits('scope-upgrade')).family).not.toBe(kind(READ, refused('origin')).family);
  const approved = refused('pairing-required', 'scope-upgrade', 'approved-silently');
  expect(kind(waits('role-upgrade'), approved).family).toBe(kind(waits('role-upgrade'), READ).family);
});

test('where only the pairing decision or the log differs, that is the kind', () => {
  expect(kind(refused('origin'), refused('origin', null, 'unchanged'))).toMatchObject({
    before: 'refused: origin, not on the pairing list',
    after: 'refused: origin, pairing list as before',
  });
  expect(kind(READ, READ, 'unrecorded')).toMatchObject({ before: 'admitted, logged', after: 'admitted, not logged' });
});
