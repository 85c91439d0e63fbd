import { describe, expect, test } from 'vitest';
import { LOADED } from '../results/published.fixture.ts';
import { concludeScenario, verdictOf } from './conclude.ts';
import { PLAYS, REPRODUCED, runOf } from './reproduction.fixture.ts';
import type { ScenarioResult } from './reproduction.ts';

const conclude = (...[verdicts, problems]: Parameters<typeof runOf>): ScenarioResult =>
  concludeScenario(LOADED, PLAYS, runOf(verdicts, problems), null);

const states = ({ releases }: ScenarioResult): string[] => releases.map(({ version, state }) => `${version} ${state}`);

test('a release on which the symptom was seen reproduces the report', () => {
  const result = conclude(REPRODUCED);
  expect(states(result)).toEqual([
    '2026.4.1 reproduced',
    '2026.9.6 not-reproduced',
    '2026.7.35 reproduced',
    '2026.8.1 not-reproduced',
  ]);
  expect(verdictOf([result])).toBe('reproduced');
});

test('the first release without the failure is named only if both sides of the end were seen', () => {
  expect(conclude(REPRODUCED).firstWithout).toBe('2026.8.1');
  expect(conclude({ '2026.4.1/upgrade': 'reproduced' }).firstWithout).toBeNull();
  expect(conclude({ ...REPRODUCED, '2026.8.1/first': 'error' }).firstWithout).toBeNull();
});

test('a workaround is told with its outcome only if every check of it passed on the release', () => {
  expect(conclude(REPRODUCED).workarounds).toEqual([
    {
      name: 'approve',
      advice: 'Approve the pending request.',
      outcome: 'helps',
      version: '2026.4.1',
      checks: ['stale-scopes/example/approve.again'],
    },
  ]);
  expect(conclude({ ...REPRODUCED, '2026.4.1/approve.again': 'fail' }).workarounds).toEqual([]);
});

test('the boundary is told with the releases on which it held, and those on which it did not', () => {
  expect(conclude({ ...REPRODUCED, '2026.4.1/remote': 'fail' }).boundary).toEqual([
    {
      check: 'stale-scopes/example/remote',
      expected: 'remote is as it should be',
      held: ['2026.9.6', '2026.7.35', '2026.8.1'],
      broken: ['2026.4.1'],
    },
  ]);
});

test('a boundary held on no release on which the scenario was left out', () => {
  const [boundary] = conclude({ ...REPRODUCED, '2026.8.1/remote': 'skipped' }).boundary;
  expect(boundary).toMatchObject({ held: ['2026.4.1', '2026.9.6', '2026.7.35'], broken: [] });
});

describe('undecided', () => {
  test.each([
    ['a check that fails in another way', { '2026.4.1/upgrade': 'fail' }, 'fail: upgrade was fail'],
    ['an error', { '2026.4.1/first': 'error' }, 'error: the engine stopped'],
  ] as const)('is %s', (_, verdicts, because) => {
    const result = conclude(verdicts);
    expect(result.releases[0]).toMatchObject({ state: 'undecided', because });
    expect(verdictOf([result])).toBe('undecided');
  });

  test('is a release that could not be built, with the problem that names it', () => {
    const report = runOf(REPRODUCED, ['2026.8.1 could not be pulled', 'the image of 2026.4.1 could not be built']);
    const without = { ...report, checks: report.checks.filter(({ gateway }) => gateway !== '2026.4.1') };
    const result = concludeScenario(LOADED, PLAYS, without, null);
    expect(result.releases[0]).toMatchObject({
      state: 'undecided',
      because: 'the image of 2026.4.1 could not be built',
    });
  });
});

test('a failure on another release than the reported one does not reproduce the report', () => {
  expect(verdictOf([conclude({ '2026.7.35/upgrade': 'reproduced' })])).toBe('not-reproduced');
});

test('where a scenario does not apply to the reported release, the next one decides and is repeated', () => {
  const steps = LOADED.checks
    .filter(({ part }) => part === 'steps')
    .map(({ name }) => [`2026.4.1/${name}`, 'not-applicable']);
  const result = conclude(Object.fromEntries(steps));
  expect(result.releases[0]?.state).toBe('does-not-apply');
  expect(verdictOf([result])).toBe('not-reproduced');
  expect(result.command).toBe('npx postern replay stale-scopes/example --gateway 2026.9.6');
});

test('the settings of the report decide as well', () => {
  const asReported: ScenarioResult['asReported'] = {
    settings: [],
    version: '2026.4.1',
    because: null,
    command: '',
    state: 'reproduced',
  };
  expect(verdictOf([{ ...conclude({}), asReported }])).toBe('reproduced');
});

test('without a scenario nothing was played', () => {
  expect(verdictOf([])).toBe('not-played');
});
