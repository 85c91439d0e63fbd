import { describe, expect, test } from 'vitest';
import { compareMatrices, isWeakened } from './compare.ts';
import { ALLOWED, matrixWith, ROWS } from './matrix.fixture.ts';
import { type Matrix, nameOfRow, OVER_HTTP, type PlayedRow } from './matrix.ts';

const SOUND = matrixWith();
const DENIED = { kind: 'denied-scope', scope: 'operator.read' } as const;
const NOTHING = { base: '2026.9.6', head: '2026.9.6', rows: [], admitted: [], notAdmitted: [], newCallers: [] };
const without = (method: string): Matrix =>
  matrixWith(
    {},
    ROWS.filter((row) => row.method !== method),
  );
const READ = ['operator.read', 'operator.read'];

test('a gateway compared with itself has no difference, and is not weakened', () => {
  const comparison = compareMatrices(SOUND, SOUND);
  expect(comparison).toEqual(NOTHING);
  expect(isWeakened(comparison)).toBe(false);
});

describe('a difference of one row', () => {
  const name = 'agents.list';
  test('that lets a caller do more is weakened, also if it lets another do less', () => {
    const head = matrixWith({ [name]: { 'remote/pairing': ALLOWED, 'remote/write': DENIED } });
    const comparison = compareMatrices(SOUND, head);
    const row = { row: name, kind: 'weakened', gained: ['remote/pairing'], lost: ['remote/write'], declared: READ };
    expect(comparison).toEqual({ ...NOTHING, rows: [row] });
    expect(isWeakened(comparison)).toBe(true);
  });

  test('that lets callers only do less is tightened', () => {
    const comparison = compareMatrices(SOUND, matrixWith({ [name]: { 'local/read': DENIED } }));
    const row = { row: name, kind: 'tightened', gained: [], lost: ['local/read'], declared: READ };
    expect(comparison).toEqual({ ...NOTHING, rows: [row] });
    expect(isWeakened(comparison)).toBe(false);
  });

  test('that one gateway did not answer is undecided, beside what the others show', () => {
    const head = matrixWith({
      [name]: { 'remote/none': { kind: 'broke', how: 'timeout' }, 'remote/pairing': ALLOWED },
    });
    expect(compareMatrices(SOUND, head).rows).toEqual([
      { row: name, kind: 'weakened', gained: ['remote/pairing'], lost: [], declared: READ },
      { row: name, kind: 'undecided', gained: ['remote/none'], lost: [], declared: READ },
    ]);
  });

  test('that only the head has is new with who may call it, and gone in the other direction', () => {
    const gained = [
      'local/admin',
      'remote/admin',
      'local/command',
      'remote/command',
      'local/no-device',
      'remote/no-device',
    ];
    const row = { row: 'config.set', gained, lost: [], declared: [null, 'operator.admin'] };
    expect(compareMatrices(without('config.set'), SOUND).rows).toEqual([{ ...row, kind: 'new' }]);
    expect(compareMatrices(SOUND, without('config.set')).rows).toEqual([
      { ...row, kind: 'gone', gained: [], lost: gained, declared: ['operator.admin', null] },
    ]);
  });

  test('that has parameters, or goes over HTTP, is undecided if the head has the method and was not asked', () => {
    const [row] = SOUND.rows.filter((each) => each.method === name);
    if (row === undefined) throw new Error(`the fixture has no ${name}`);
    for (const given of ['a node that does not exist', OVER_HTTP]) {
      const base: Matrix = { ...SOUND, rows: [...SOUND.rows, { ...row, given }] };
      const gained = Object.keys(row.answers);
      expect(compareMatrices(base, SOUND).rows).toEqual([
        { row: nameOfRow({ ...row, given }), kind: 'undecided', gained, lost: [], declared: ['operator.read', null] },
      ]);
      expect(compareMatrices(base, without(name)).rows.map(({ kind }) => kind)).toEqual(['gone', 'gone']);
    }
  });

  test('over HTTP is undecided for a caller that got no device token on the head', () => {
    const [row] = SOUND.rows.filter((each) => each.method === name);
    if (row === undefined) throw new Error(`the fixture has no ${name}`);
    const overHttp = (answers: PlayedRow['answers']): Matrix => ({
      ...SOUND,
      rows: [...SOUND.rows, { ...row, given: OVER_HTTP, answers }],
    });
    const both = { 'remote/read': ALLOWED, 'remote/none': DENIED };
    expect(compareMatrices(overHttp(both), overHttp({ 'remote/none': DENIED })).rows).toEqual([
      {
        row: nameOfRow({ ...row, given: OVER_HTTP }),
        ...{ kind: 'undecided', gained: ['remote/read'], lost: [], declared: READ },
      },
    ]);
  });

  test('is weakened if a call that only callers without the right make is allowed', () => {
    const [row] = matrixWith().rows;
    const only = (answer: typeof ALLOWED | typeof DENIED): Matrix => ({
      ...SOUND,
      rows: row === undefined ? [] : [{ ...row, given: 'a change', answers: { 'remote/none': answer } }],
    });
    expect(compareMatrices(only(DENIED), only(ALLOWED)).rows.map(({ kind }) => kind)).toEqual(['weakened']);
  });
});

test('a caller that only one gateway admits is named, and its calls are not compared', () => {
  const refused: Matrix = {
    ...SOUND,
    callers: {
      ...SOUND.callers,
      'remote/no-device': { kind: 'refused', why: 'device-identity-required (1008)' },
      'remote/talk': { kind: 'unknown-scope', scope: 'operator.talk' },
    },
  };
  const weaker = compareMatrices(refused, SOUND);
  expect(weaker).toEqual({ ...NOTHING, admitted: ['remote/no-device'], newCallers: ['remote/talk'] });
  expect(isWeakened(weaker)).toBe(true);
  expect(compareMatrices(SOUND, refused)).toEqual({ ...NOTHING, notAdmitted: ['remote/no-device'] });
});
