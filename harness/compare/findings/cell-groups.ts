import { cellOfProbe, cellWith, DIMENSION_NAMES, PLAIN, PROBES, reportedName } from '../../pairwise/cell.ts';
import { PRIORS } from '../../pairwise/dimensions.ts';
import type { ObservationChange } from '../../results/comparison.ts';
import type { Observation } from '../../scenario/schema/observation.ts';
import { answerOf, type ChangeKind, kindOf } from './change-kind.ts';
import { costOf, type Explanation, explain, type Row } from './condition.ts';
import { harmOf, tierOf } from './harm.ts';

/** The change of one probe of a cell. */
export type CellChange = { change: ObservationChange; kind: ChangeKind; tier: number; probe: string; row: Row };

/** Changes of cells that one condition explains, and the unchanged probes that are exceptions to it. */
export type CellGroup = {
  changes: readonly CellChange[];
  explanation: Explanation;
  exceptions: readonly string[];
  consequences: readonly ObservationChange[];
};

/** What a gateway knows of a device that was not approved, after the knock of its cell came to this. */
const KNOWN_AFTER: Partial<Record<NonNullable<Observation['pairing']>, string>> = {
  pending: 'pending',
  'approved-silently': 'approved-before',
};

/**
 * The values of a probe, by the names of the dimensions. The probe from another machine has the values of its own knock, and its device is known to
 * the base by what the knock came to (`knock`). Values that Postern no longer has stay as the report names them.
 */
function rowOf({ base }: ObservationChange, knock: ObservationChange | undefined): Row {
  const { values = {}, look = '' } = base.cell ?? {};
  const cell = cellWith(values);
  if (cell === null) return Object.fromEntries(DIMENSION_NAMES.map((name) => [name, values[reportedName(name)] ?? '']));
  const { pairing } = knock?.base.observation ?? {};
  const isNew = look === 'elsewhere' && PRIORS[cell.prior].approved === null;
  const known = isNew && pairing !== undefined ? KNOWN_AFTER[pairing] : undefined;
  return { ...cellOfProbe(cell, look), ...(known === undefined ? {} : { prior: known }) };
}

/** The id of the cell of a change of a probe. */
export function cellIdIn({ id }: ObservationChange): string {
  return id.replace(/^table\/|\/[^/]+$/g, '');
}

/** The number of a row's values that are not plain. */
const oddness = (row: Row): number => DIMENSION_NAMES.filter((name) => row[name] !== PLAIN[name]).length;

const byPlainness = (a: CellChange, b: CellChange): number =>
  oddness(a.row) - oddness(b.row) || (cellIdIn(a.change) < cellIdIn(b.change) ? -1 : 1);

/** The changes of one cell: those that come first, each with those that follow from it. A later probe follows unless it is of a worse tier. */
function causesIn(changes: readonly CellChange[]): { first: CellChange; consequences: ObservationChange[] }[] {
  const causes: { first: CellChange; consequences: ObservationChange[] }[] = [];
  for (const each of changes) {
    const cause = causes.find(({ first }) => first.tier <= each.tier);
    if (cause === undefined) causes.push({ first: each, consequences: [] });
    else cause.consequences.push(each.change);
  }
  return causes;
}

type Group = { changes: CellChange[]; explanation: Explanation };

/** An unchanged probe. */
type Same = { id: string; row: Row };

/** The unchanged probes by probe and answer: those for which the base gave the answer that it gave before a change. */
type Unchanged = ReadonlyMap<string, readonly Same[]>;
const placeOf = (probe: string, answer: string): string => JSON.stringify([probe, answer]);

function comparableTo(changes: readonly CellChange[], unchanged: Unchanged): Same[] {
  const places = new Set(changes.map(({ probe, kind }) => placeOf(probe, kind.from)));
  return [...places].flatMap((place) => unchanged.get(place) ?? []);
}

function groupOf(changes: readonly CellChange[], unchanged: Unchanged): Group {
  const sorted = changes.toSorted(byPlainness);
  const rows = comparableTo(sorted, unchanged).map(({ row }) => row);
  return {
    changes: sorted,
    explanation: explain(
      sorted.map(({ row }) => row),
      rows,
    ),
  };
}

const isWhole = ({ changes, explanation }: Group): boolean => explanation.covered.length === changes.length;

/** Whether one condition explains all of these groups together at least as well as the hardest of them alone. */
function isSimpler(merged: Group, groups: readonly Group[]): boolean {
  if (!isWhole(merged)) return false;
  const hardest = Math.max(
    ...groups.map((group) => (isWhole(group) ? costOf(group.explanation) : Number.POSITIVE_INFINITY)),
  );
  return costOf(merged.explanation) <= hardest;
}

/** Merges groups of one family, as long as one condition explains two of them: the same cause met clients that were answered differently. */
function merged(groups: readonly Group[], unchanged: Unchanged): Group[] {
  const all = groupOf(
    groups.flatMap(({ changes }) => changes),
    unchanged,
  );
  if (groups.length < 2 || isSimpler(all, groups)) return [all];
  for (const [at, one] of groups.entries())
    for (const other of groups.slice(at + 1)) {
      const both = groupOf([...one.changes, ...other.changes], unchanged);
      if (isSimpler(both, [one, other]))
        return merged([both, ...groups.filter((group) => group !== one && group !== other)], unchanged);
    }
  return [...groups];
}

/** Splits a group that no one condition covers into those that one does. */
function split(group: Group, unchanged: Unchanged): Group[] {
  if (isWhole(group)) return [group];
  const isCovered = (_: CellChange, index: number): boolean => group.explanation.covered.includes(index);
  const covered = group.changes.filter(isCovered);
  const left = group.changes.filter((each, index) => !isCovered(each, index));
  return [groupOf(covered, unchanged), ...split(groupOf(left, unchanged), unchanged)];
}

/**
 * Groups the changes of the probes of cells by cause. Within a cell, later probes follow from the first that changed. Between cells, changes are of
 * one cause if they are of one kind and one condition covers them and no unchanged probe that got the same answer from the base. Changes of several
 * kinds are of one cause if they end in the same answer and one condition, not larger than theirs, covers them all. Pure.
 */
export function groupCells(changes: readonly ObservationChange[]): CellGroup[] {
  const knocks = new Map(
    changes.flatMap((change) => (change.base.cell?.look === 'knock' ? [[cellIdIn(change), change]] : [])),
  );
  const rowIn = (change: ObservationChange): Row => rowOf(change, knocks.get(cellIdIn(change)));
  const same = changes.filter(({ change }) => change === 'same');
  const unchanged: Unchanged = Map.groupBy(
    same.map((change) => ({ id: change.id, row: rowIn(change), base: change.base })),
    ({ base }) => placeOf(base.cell?.look ?? '', answerOf(base.observation)),
  );
  const changed = changes.flatMap((change): CellChange[] => {
    const harm = harmOf(change);
    if (harm === null) return [];
    return [
      { change, kind: kindOf(change), tier: tierOf(harm), probe: change.base.cell?.look ?? '', row: rowIn(change) },
    ];
  });
  const order: readonly string[] = PROBES;
  const rank = ({ probe }: CellChange): number => order.indexOf(probe);
  const causes = [...Map.groupBy(changed, ({ change }) => cellIdIn(change)).values()].flatMap((cell) =>
    causesIn(cell.toSorted((a, b) => rank(a) - rank(b))),
  );
  const consequencesOf = new Map(causes.map(({ first, consequences }) => [first, consequences]));
  const families = Map.groupBy([...consequencesOf.keys()], ({ change, tier, kind }) =>
    JSON.stringify([change.local, tier, kind.family]),
  );
  return [...families.values()].flatMap((family) => {
    const kinds = Map.groupBy(family, ({ probe, kind }) => JSON.stringify([probe, kind.before, kind.after]));
    const groups = merged(
      [...kinds.values()].map((kind) => groupOf(kind, unchanged)),
      unchanged,
    ).flatMap((group) => split(group, unchanged));
    return groups.map((group): CellGroup => {
      const comparable = comparableTo(group.changes, unchanged);
      return {
        ...group,
        exceptions: group.explanation.exceptions.flatMap((index) => comparable[index]?.id ?? []),
        consequences: group.changes.flatMap((each) => consequencesOf.get(each) ?? []),
      };
    });
  });
}
