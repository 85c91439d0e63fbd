import { expect, test } from 'vitest';
import { describeKillMatrix, describeMutantResult, renderKillMatrix } from './kill-matrix.ts';
import type { Mutant, MutatedRelease } from './mutant.ts';
import type { MutantResult, NoticedCheck, Result } from './mutant-result.ts';
import type { CachedCheck } from './result-cache.ts';

const kept = (id: string, seen: string): CachedCheck => ({ id, verdict: 'pass', seen, observation: null });

function notice(check: string, role: NoticedCheck['role']): NoticedCheck {
  return { check, role, change: 'weakened', base: kept(check, 'refused'), seen: kept(check, 'admitted') };
}

function result(id: string, release: MutatedRelease, fate: Partial<MutantResult>, more: Partial<Mutant> = {}): Result {
  const whole: MutantResult = { kind: 'killed', noticed: [], missed: [], why: null, ...fate };
  const noticed = [
    ...whole.noticed.filter(({ role }) => role !== 'follows').map(({ check }) => check),
    ...whole.missed,
  ];
  const named = noticed.filter((check) => whole.noticed.every((each) => each.check !== check || each.role === 'named'));
  const mutant: Mutant = { id, says: `It is ${id}.`, area: 'locality', expectedKills: named, on: {}, ...more };
  return { mutantBuild: { mutant, release, edits: [], expectedKills: named }, fate: whole };
}

const RESULTS = [
  result('wide-open', '2026.4.1', {
    noticed: [notice('door/lan/waits', 'named'), notice('door/lan/later', 'follows')],
  }),
  result('half-open', '2026.4.1', {
    kind: 'seen in part',
    noticed: [notice('door/lan/waits', 'named')],
    missed: ['door/panel/waits'],
  }),
  result('ajar', '2026.4.1', {
    kind: 'seen elsewhere',
    noticed: [notice('door/lan/waits', 'named'), notice('log/line', 'unrelated')],
  }),
  result('unheard', '2026.4.1', { kind: 'known hole', why: 'Nobody asks.' }, { unseen: 'Nobody asks.' }),
  result('wide-open', '2026.9.6', { noticed: [notice('door/lan/waits', 'named')] }),
];

test('on a terminal: a row for each mutant, a column for each check', () => {
  expect(describeKillMatrix(RESULTS)).toBe(
    [
      '',
      '2026.4.1: 1 of 4 weakened gateways killed',
      '          123',
      'wide-open ●   killed',
      'half-open ●○  seen in part',
      'ajar      ● ! seen elsewhere',
      'unheard       known hole',
      '',
      '2026.9.6: 1 of 1 weakened gateway killed',
      '          1',
      'wide-open ● killed',
      '',
    ].join('\n'),
  );
});

test('one line for each mutant, with its faults below', () => {
  expect(RESULTS.slice(0, 3).map((each) => describeMutantResult(each, 12_300))).toEqual([
    'killed         wide-open on 2026.4.1, 1 of 1 named check, 12.3 s',
    ['seen in part   half-open on 2026.4.1, 1 of 2 named checks, 12.3 s', '  door/panel/waits does not notice it'].join(
      '\n',
    ),
    ['seen elsewhere ajar on 2026.4.1, 1 of 1 named check, 12.3 s', '  log/line notices it: refused → admitted'].join(
      '\n',
    ),
  ]);
});

test('as Markdown: faults come first, and every column has a legend', () => {
  const markdown = renderKillMatrix(RESULTS);
  expect(markdown.indexOf('## Not as meant')).toBeLessThan(markdown.indexOf('## Known holes'));
  expect(markdown).toContain('- half-open on 2026.4.1: seen in part\n  - door/panel/waits does not notice it');
  expect(markdown).toContain('- unheard on 2026.4.1: known hole\n  - Nobody asks.');
  expect(markdown).toContain(
    [
      '| mutant | fate | 1 | 2 | 3 | more that follow |',
      '| --- | --- | --- | --- | --- | --- |',
      '| wide-open | killed | ● |   |   | 1 |',
      '| half-open | seen in part | ● | ○ |   |  |',
      '| ajar | seen elsewhere | ● |   | ! |  |',
      '| unheard | known hole |   |   |   |  |',
      '',
      '1. door/lan/waits',
      '2. door/panel/waits',
      '3. log/line',
    ].join('\n'),
  );
});
