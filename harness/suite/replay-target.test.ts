import { describe, expect, test } from 'vitest';
import { type PosternError, UsageError } from '../exit.ts';
import { cellsOf } from '../pairwise/covering-array.ts';
import { checksOfPart, type Search } from '../pairwise/table-part.ts';
import { LOADED } from '../results/published.fixture.ts';
import { type ReplayTarget, replayTarget } from './replay-target.ts';

const SEARCH: Search = { path: null, runs: 60 };
const read = (id: string, search = SEARCH): ReplayTarget => replayTarget(id, [LOADED], search);
const selecting = (id: string): ReplayTarget['selection'] => ({ only: [id], classes: [], tags: [], profile: null });

/** The error of a call, as message and advice. */
function refusalOf(call: () => unknown): Pick<PosternError, 'message' | 'next'> | null {
  try {
    call();
  } catch (error) {
    if (error instanceof UsageError) return { message: error.message, next: error.next };
    throw error;
  }
  return null;
}

describe('the id', () => {
  test('of a check plays its scenario and shows the check', () => {
    expect(read('stale-scopes/example/upgrade')).toEqual({
      selection: selecting('stale-scopes/example/upgrade'),
      part: null,
      focus: { kind: 'checks', ids: ['stale-scopes/example/upgrade'] },
    });
  });

  test('of a scenario shows every check of it', () => {
    expect(read('stale-scopes/example')).toEqual({
      selection: selecting('stale-scopes/example'),
      part: null,
      focus: { kind: 'checks', ids: LOADED.checks.map(({ id }) => id) },
    });
  });

  test('of a property plays its cells alone', () => {
    const { selection, part, focus } = read('boundary/table/a-secret-is-needed');
    expect(selection).toEqual(selecting('boundary/table'));
    expect(focus).toEqual({ kind: 'checks', ids: ['boundary/table/a-secret-is-needed'] });
    expect(part === null ? [] : checksOfPart(part)).toEqual(['boundary/table/a-secret-is-needed']);
    expect(part?.cells.length).toBeLessThan(cellsOf('quick').length);
  });

  test.each([
    ['loopback+wrong-secret', null],
    ['table/loopback+wrong-secret/again', 'again'],
  ])('of a cell, %s, plays that cell alone', (id, probe) => {
    const { selection, part, focus } = read(id);
    expect(selection).toEqual(selecting('boundary/table'));
    expect(focus).toEqual({ kind: 'cell', id: 'loopback+wrong-secret', probe });
    expect(part).toMatchObject({
      cells: [{ route: 'loopback', credential: 'wrong-secret' }],
      witness: false,
      search: null,
    });
  });

  test('of the fuzzing plays the random knock of its path', () => {
    const search = { path: '3:0', runs: 1 };
    const { part } = read('boundary/table/knocks-made-up', search);
    expect(part).toEqual({ cells: [], properties: [], witness: false, search });
  });
});

describe('an id that names nothing', () => {
  test('is refused with the nearest ids and the kinds of id', () => {
    expect(refusalOf(() => read('stale-scopes/exmple'))).toEqual({
      message: 'there is no check, scenario or cell "stale-scopes/exmple"',
      next: 'Did you mean stale-scopes/example? An id is that of a check (host-header/dns-rebinding/rebound-webchat), of a scenario (host-header/dns-rebinding), of a check of the decision table (boundary/table/strangers-wait), or of a cell as reports and comparisons name it (loopback+wrong-secret, table/loopback+wrong-secret/again). `postern list --checks` lists every check.',
    });
  });

  test.each([
    ['strangers-wiat', 'boundary/table/strangers-wait'],
    ['xff-lopback', 'xff-loopback'],
  ])('%s is near to %s', (id, near) => {
    expect(refusalOf(() => read(id))?.next).toContain(near);
  });
});

test('a path of a random knock is refused with another id', () => {
  expect(refusalOf(() => read('plain', { path: '3:0', runs: 1 }))).toEqual({
    message: '--path belongs to a random knock, and plain is none',
    next: 'Leave --path out, or give the id boundary/table/knocks-made-up.',
  });
});
