import { describe, expect, test } from 'vitest';
import { UsageError } from '../../exit.ts';
import { EXAMPLE, EXAMPLE_FILE } from './example.fixture.ts';
import { loadScenario } from './load.ts';
import { type Selection, select, whyLeftOut } from './select.ts';

const named = (name: string, tags: string) =>
  loadScenario(
    EXAMPLE.replace('stale-scopes/example', `stale-scopes/${name}`).replace('clients:', `tags: [${tags}]\nclients:`),
    EXAMPLE_FILE.replace('example', name),
  );
const ALL = [named('one', 'slow'), named('two', 'fast'), named('two-more', 'fast')];
const picked = (selection: Partial<Selection>): string[] =>
  select(ALL, { only: [], classes: [], tags: [], profile: null, ...selection }).map(({ scenario }) => scenario.id);

test('without a filter everything is picked', () => {
  expect(picked({})).toEqual(['stale-scopes/one', 'stale-scopes/two', 'stale-scopes/two-more']);
});

test.each<[string, Partial<Selection>, string[]]>([
  ['an id', { only: ['stale-scopes/two'] }, ['stale-scopes/two']],
  ['a check id, for its scenario', { only: ['stale-scopes/two/first'] }, ['stale-scopes/two']],
  ['any ending', { only: ['stale-scopes/two*'] }, ['stale-scopes/two', 'stale-scopes/two-more']],
  ['one of several', { only: ['stale-scopes/one', 'stale-scopes/two'] }, ['stale-scopes/one', 'stale-scopes/two']],
  ['a tag', { tags: ['slow'] }, ['stale-scopes/one']],
  [
    'all filters together',
    { only: ['stale-scopes/two*'], tags: ['fast'], classes: ['stale-scopes'] },
    ['stale-scopes/two', 'stale-scopes/two-more'],
  ],
])('picks by %s', (_label, selection, ids) => {
  expect(picked(selection)).toEqual(ids);
});

test.each<[string, string[], string[]]>([
  ['of the steps leaves out every workaround', ['stale-scopes/two/first'], ['first', 'upgrade', 'remote']],
  [
    'of a workaround keeps that one',
    ['stale-scopes/two/approve.again'],
    ['first', 'upgrade', 'remote', 'approve.again'],
  ],
  [
    'beside the id of its scenario changes nothing',
    ['stale-scopes/two/first', 'stale-scopes/two'],
    ['first', 'upgrade', 'remote', 'approve.again'],
  ],
])('the id of a check %s', (_label, only, names) => {
  const [loaded] = select(ALL, { only, classes: [], tags: [], profile: null });
  expect(loaded?.checks.map(({ name }) => name)).toEqual(names);
  expect(loaded?.scenario.workarounds.map(({ name }) => name)).toEqual(
    names.includes('approve.again') ? ['approve'] : [],
  );
});

describe('a filter that matches nothing is an error, even together with one that matches', () => {
  test.each<[string, Partial<Selection>, string, string]>([
    [
      'id',
      { only: ['stale-scopes/one', 'stale-scopes/tow'] },
      '--only stale-scopes/tow matches nothing',
      'Did you mean stale-scopes/two or stale-scopes/*? `postern list --checks` lists every scenario and check.',
    ],
    [
      'ids with a comma',
      { only: ['stale-scopes/one,stale-scopes/two'] },
      '--only stale-scopes/one,stale-scopes/two matches nothing',
      'Did you mean stale-scopes/one or stale-scopes/two? `postern list --checks` lists every scenario and check.',
    ],
    [
      'class',
      { classes: ['stale'] },
      '--class stale matches nothing',
      'Did you mean stale-scopes? The classes are stale-scopes.',
    ],
    ['tag', { tags: ['fastt'] }, '--tag fastt matches nothing', 'Did you mean fast? The tags are fast, slow.'],
    [
      'all together',
      { only: ['stale-scopes/one'], tags: ['fast'] },
      'no scenario matches all filters together',
      'Remove one of the filters.',
    ],
  ])('%s', (_label, selection, message, next) => {
    expect(() => picked(selection)).toThrow(new UsageError(message, next));
  });
});

test('a slow scenario is left out, with a hint how to select it, unless its name or tag selects it', () => {
  const leftOut = (selection: Partial<Selection>): (string | null)[] => {
    const whole = { only: [], classes: [], tags: [], profile: null, ...selection };
    return select(ALL, whole).map((loaded) => whyLeftOut(loaded, whole));
  };
  expect(leftOut({})).toEqual(['it takes minutes; play it with --tag slow', null, null]);
  expect(leftOut({ classes: ['stale-scopes'] })).toEqual(['it takes minutes; play it with --tag slow', null, null]);
  expect(leftOut({ tags: ['slow'] })).toEqual([null]);
  expect(leftOut({ only: ['stale-scopes/one'] })).toEqual([null]);
});
