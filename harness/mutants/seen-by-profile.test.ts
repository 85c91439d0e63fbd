import { expect, test } from 'vitest';
import { CATALOGUE } from '../scenario/catalogue/catalogue.fixture.ts';
import { type Mutant, onBoth } from './mutant.ts';
import { seenMutants } from './seen-by-profile.ts';
import { comparisonAnd, NOTHING, onEach, type SurveyMutant } from './survey-mutant.ts';

const EDIT = { start: 'authorize', with: '' };
const PAGE = 'host-header/dns-rebinding/rebound-control-ui';
const UPDATE = 'stale-scopes/update-into-the-database/phone-is-in';

const weak = (id: string, ...expectedKills: string[]): Mutant => ({
  id,
  says: `${id}.`,
  area: 'scopes',
  expectedKills,
  on: onBoth(EDIT),
});

const behind = (id: string, rest: Partial<SurveyMutant> = {}): SurveyMutant => ({
  id,
  says: `${id}.`,
  expects: comparisonAnd('a-property'),
  on: onEach(EDIT),
  ...rest,
});

const seen = (
  mutants: readonly Mutant[],
  surveys: Parameters<typeof seenMutants>[1],
  changedPaths: readonly string[],
) => seenMutants(mutants, surveys, CATALOGUE, { name: 'pr', changedPaths });

test('a profile sees a mutant if it plays a named check on every release', () => {
  const mutants = [
    weak('by-a-page', PAGE),
    weak('by-an-update', UPDATE),
    weak('by-both', PAGE, UPDATE),
    { ...weak('by-an-update-on-the-newer', UPDATE), further: { '2026.4.1': [PAGE] } },
  ];
  const rows = seen(mutants, [], ['src/gateway/server.ts']);
  expect(rows.map(({ id, whole, profile }) => [id, whole, profile])).toEqual([
    ['by-a-page', [PAGE], [PAGE]],
    ['by-an-update', [UPDATE], []],
    ['by-both', [PAGE, UPDATE], [PAGE]],
    ['by-an-update-on-the-newer', [UPDATE, PAGE], []],
  ]);
  expect(seen([weak('by-an-update', UPDATE)], [], ['src/infra/state.ts'])[0]?.profile).toEqual([UPDATE]);
});

test('fixes are no row, and a mutant that nothing notices says why', () => {
  const hole: Mutant = { ...weak('unnoticed'), unseen: 'No check is there.' };
  expect(seen([{ ...weak('mended', PAGE), fix: 'openclaw/openclaw#1' }, hole], [], [])).toEqual([
    {
      id: 'unnoticed',
      says: 'unnoticed.',
      releases: ['2026.4.1', '2026.9.6'],
      whole: [],
      profile: [],
      hole: 'No check is there.',
    },
  ]);
});

test('what a survey notices, a profile sees if it plays the survey', () => {
  const surveys = [
    {
      survey: 'rights',
      mutants: [behind('called'), behind('hidden', { expects: NOTHING, unseen: 'Nobody calls it.' })],
    },
    { survey: 'events', mutants: [behind('heard')] },
  ] as const;
  expect(seen([], surveys, []).map(({ id, whole, profile, hole }) => [id, whole, profile, hole])).toEqual([
    [
      'called',
      ['the comparison of rights', 'boundary/rights/a-property'],
      ['the comparison of rights', 'boundary/rights/a-property'],
      null,
    ],
    ['hidden', [], [], 'Nobody calls it.'],
    ['heard', ['the comparison of events', 'boundary/events/a-property'], [], null],
  ]);
});
