import { describe, expect, test } from 'vitest';
import { rangeFault } from '../scenario/releases/range.ts';
import type { CallAnswer } from './call-answer.ts';
import type { Breach } from './caller-property.ts';
import { ALLOWED, matrixWith, ROWS } from './matrix.fixture.ts';
import { type Matrix, OVER_HTTP, type Row } from './matrix.ts';
import { RIGHTS_PROPERTIES } from './properties.ts';

const at = (row: string, caller: string, answer: Matrix['rows'][number]['answers'][string] = ALLOWED): Matrix =>
  matrixWith({ [row]: { [caller]: answer } });

const CONFIG_SET_OVER_HTTP: Row = {
  method: 'config.set',
  given: OVER_HTTP,
  found: ['hello', 'table'],
  declared: 'operator.admin',
  needs: ['operator.admin'],
};

/** For each property: a matrix that breaks it, and the breach. */
const BROKEN: Record<string, [Matrix, Breach]> = {
  'a-call-needs-its-scope': [
    at('config.set', 'remote/read'),
    { where: 'config.set', callers: ['remote/read'], seen: 'allowed' },
  ],
  'roles-stay-apart': [
    at('agents.list', 'remote/node'),
    { where: 'agents.list', callers: ['remote/node'], seen: 'allowed' },
  ],
  'remote-callers-reach-no-more': [
    at('plugin.run', 'remote/read'),
    { where: 'plugin.run', callers: ['remote/read'], seen: 'allowed' },
  ],
  'http-is-not-more-open': [
    matrixWith({ 'config.set (over HTTP)': { 'remote/read': ALLOWED } }, [...ROWS, CONFIG_SET_OVER_HTTP]),
    { where: 'config.set (over HTTP)', callers: ['remote/read'], seen: 'allowed' },
  ],
  'a-denied-call-has-no-effect': [
    { ...matrixWith(), effects: [{ part: 'jobs', before: '[]', after: '["a"]' }] },
    { where: 'jobs', callers: [], seen: '[] became ["a"]' },
  ],
  'undeclared-methods-need-a-scope': [
    at('plugin.run', 'local/none'),
    { where: 'plugin.run', callers: ['local/none'], seen: 'allowed' },
  ],
  'a-revoked-session-is-over': [
    at('agents.list', 'local/revoked'),
    { where: 'agents.list', callers: ['local/revoked'], seen: 'allowed' },
  ],
  'a-scope-suffices': [
    at('agents.list', 'remote/write', { kind: 'denied-scope', scope: 'operator.read' }),
    { where: 'agents.list', callers: ['remote/write'], seen: 'denied: needs operator.read' },
  ],
  'a-denial-names-the-scope': [
    at('config.set', 'remote/read', { kind: 'denied-scope', scope: 'operator.write' }),
    { where: 'config.set', callers: ['remote/read'], seen: 'denied: needs operator.write' },
  ],
  'every-call-is-answered': [
    at('config.set', 'remote/read', { kind: 'broke', how: 'timeout' }),
    { where: 'config.set', callers: ['remote/read'], seen: 'no answer in time' },
  ],
};

test('there is a case for each property', () => {
  expect(Object.keys(BROKEN)).toEqual(RIGHTS_PROPERTIES.map(({ id }) => id));
});

describe.each(RIGHTS_PROPERTIES)('$id', ({ id, releases, breaches }) => {
  test('holds for a gateway that does what it declares', () => {
    expect(breaches(matrixWith())).toEqual([]);
  });

  test('finds the one answer that breaks it', () => {
    const [matrix, breach] = BROKEN[id] ?? [];
    expect(matrix === undefined ? [] : breaches(matrix)).toEqual([breach]);
  });

  test('is claimed for a range of releases', () => {
    expect(rangeFault(releases)).toBeNull();
  });
});

test('a method that only the table has may be unknown to the gateway; one that hello lists may not', () => {
  const suffices = RIGHTS_PROPERTIES.find(({ id }) => id === 'a-scope-suffices');
  const unknown = { kind: 'unknown' } as const;
  expect(suffices?.breaches(at('node.event', 'remote/node', unknown))).toEqual([]);
  expect(suffices?.breaches(at('config.set', 'remote/admin', unknown))).toEqual([
    { where: 'config.set', callers: ['remote/admin'], seen: 'no such method' },
  ]);
});

test('a device token need not open anything over HTTP, and a revoked one opens nothing, not even health', () => {
  const row = { method: 'health', given: OVER_HTTP, found: [], declared: null, needs: null };
  const breachesOf = (property: string, caller: string, answer: CallAnswer): Breach[] | undefined =>
    RIGHTS_PROPERTIES.find(({ id }) => id === property)?.breaches(
      matrixWith({ 'health (over HTTP)': { [caller]: answer } }, [row]),
    );
  expect(breachesOf('a-scope-suffices', 'remote/admin', { kind: 'not-admitted', status: 401 })).toEqual([]);
  expect(breachesOf('a-revoked-session-is-over', 'remote/revoked', ALLOWED)).toEqual([
    { where: 'health (over HTTP)', callers: ['local/revoked', 'remote/revoked'], seen: 'allowed' },
  ]);
});

test('a session that ends in the middle of its calls shows nothing about scopes', () => {
  const ended = at('config.set', 'remote/admin', { kind: 'closed', code: 1008 });
  const brokenBy = RIGHTS_PROPERTIES.filter(({ breaches }) => breaches(ended).length > 0).map(({ id }) => id);
  expect(brokenBy).toEqual(['every-call-is-answered']);
});
