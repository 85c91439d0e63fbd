import { expect, test } from 'vitest';
import type { ObservationChange } from '../../results/comparison.ts';
import { LOADED } from '../../results/published.fixture.ts';
import type { Report } from '../../results/report.ts';
import { ALL_HOLD, sampleReport } from '../../results/sample.fixture.ts';
import type { Observation } from '../../scenario/schema/observation.ts';
import { diffReports } from '../diff.ts';
import { groupCells } from './cell-groups.ts';
import { groupChecks } from './check-groups.ts';
import { admitted, isHere, pairing, played, waits } from './played-table.fixture.ts';

const [CHECK] = sampleReport(ALL_HOLD).checks;
const READ = admitted(['operator.read'], 'approved-silently');

/** The report of a run of the example scenario, whose checks showed this, by name. */
function scenarioOf(version: string, seen: Readonly<Record<string, Observation>>): Report {
  if (CHECK === undefined) throw new Error('the sample has checks');
  const { scenario, checks } = LOADED;
  return {
    ...played(pairing(isHere), version),
    checks: checks.map(({ id, name }) => ({
      ...CHECK,
      id,
      name,
      scenario: scenario.id,
      gateway: version,
      local: name !== 'remote',
      observation: seen[name] ?? waits('not-paired'),
    })),
  };
}

const changesFrom = (before: Report, after: Report): readonly ObservationChange[] => diffReports(before, after).changes;

/** The groups of checks in short: whether they joined cells, and the names of their changes and consequences. */
const told = (changes: readonly ObservationChange[]): unknown =>
  groupChecks(
    changes.filter(({ base }) => base.cell === null),
    groupCells(changes.filter(({ base }) => base.cell !== null)),
    [LOADED],
  ).map(({ cells, changes: of, consequences }) => ({
    cells: cells !== null,
    changes: of.map(({ change }) => change.id.split('/').at(-1)),
    consequences: consequences.map(({ id }) => id.split('/').at(-1)),
  }));

test('a later check of the same client follows from an earlier one', () => {
  const base = scenarioOf('2026.4.1', { first: READ, upgrade: READ });
  const head = scenarioOf('2026.9.6', {});
  expect(told(changesFrom(base, head))).toEqual([{ cells: false, changes: ['first'], consequences: ['upgrade'] }]);
});

test('a later check that is worse does not', () => {
  const base = scenarioOf('2026.4.1', { first: READ });
  const head = scenarioOf('2026.9.6', { remote: READ });
  expect(told(changesFrom(base, head))).toEqual([
    { cells: false, changes: ['first'], consequences: [] },
    { cells: false, changes: ['remote'], consequences: [] },
  ]);
});

test('a check joins the cells that show the same, if the condition covers its knock', () => {
  const everywhere = played(
    pairing(() => true),
    '2026.9.6',
  );
  const base = scenarioOf('2026.4.1', {});
  const head = { ...scenarioOf('2026.9.6', { remote: READ }), table: everywhere.table };
  expect(told(changesFrom(base, head))).toEqual([{ cells: true, changes: ['remote'], consequences: [] }]);

  const atName = played(
    pairing((cell) => isHere(cell) || cell.host === 'host-name'),
    '2026.9.6',
  );
  expect(told(changesFrom(base, { ...head, table: atName.table }))).toEqual([
    { cells: false, changes: ['remote'], consequences: [] },
  ]);
});
