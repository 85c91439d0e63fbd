import type { ObservationChange } from '../../results/comparison.ts';
import type { Condition } from '../../results/finding.ts';
import type { CheckDeclaration } from '../../scenario/catalogue/checks.ts';
import type { LoadedScenario } from '../../scenario/catalogue/load.ts';
import type { Step } from '../../scenario/schema/step.ts';
import type { CellGroup } from './cell-groups.ts';
import { type ChangeKind, kindOf } from './change-kind.ts';
import { covers } from './condition.ts';
import { harmOf, tierOf } from './harm.ts';
import { valuesBehindProxy, valuesOfKnock } from './knock-values.ts';

/** The change of a check of a scenario. */
export type CheckChange = { change: ObservationChange; kind: ChangeKind; tier: number; scenario: string };

/** Changes of checks that have one cause: those of a group of cells (`cells`), or those of one kind (null). */
export type CheckGroup = {
  cells: CellGroup | null;
  changes: CheckChange[];
  consequences: ObservationChange[];
};

type Declared = CheckDeclaration & { loaded: LoadedScenario };

/** The clients that a step is about, by their names in the scenario. */
function clientsOf({ body }: Step): string[] {
  return ['as', 'of', 'by', 'closed'].flatMap((key) => {
    const value: unknown = Object.entries(body).find(([name]) => name === key)?.[1];
    return typeof value === 'string' ? [value] : [];
  });
}

/** Dimensions that scenarios vary without the words of the table, so that a knock matches a condition on them. */
const FREE = ['asks', 'metadata', 'prior'];

/**
 * Whether a check saw the cause of a group of cells: the same kind of change, of a knock that the group's condition covers. Where nobody gets more or
 * less, the same two answers are enough: another wording has one cause, whoever reads it.
 */
function saw({ change, kind, tier }: CheckChange, declared: Declared, { changes, explanation }: CellGroup): boolean {
  const isKind = changes.some(
    (cell) => cell.tier === tier && cell.change.local === change.local && cell.kind.family === kind.family,
  );
  const isWording =
    harmOf(change) === 'other' &&
    changes.some(
      (cell) => cell.kind.before === kind.before && cell.kind.after === kind.after && harmOf(cell.change) === 'other',
    );
  if (isWording) return true;
  if (!isKind || declared.step.kind !== 'knock') return false;
  const condition: Condition = explanation.condition;
  // A condition on nothing that the scenario states fits every knock: the answer must tell that it is the same change.
  const isStated = condition.some((terms) => terms.some(({ dimension }) => !FREE.includes(dimension)));
  if (!isStated && !changes.some((cell) => cell.kind.after === kind.after)) return false;
  const { scenario } = declared.loaded;
  const rows = [valuesOfKnock(declared.step, scenario), valuesBehindProxy(declared.step, scenario)];
  return rows.some((row) => row !== null && covers(condition, row, (name) => FREE.includes(name)));
}

/**
 * Groups the changes of checks by cause. A check that shows what a group of cells shows joins it. Of the others, one that comes after a change of the
 * same client in its scenario follows from that, unless its tier is worse; the rest is grouped by kind. Pure.
 */
export function groupChecks(
  changes: readonly ObservationChange[],
  cells: readonly CellGroup[],
  scenarios: readonly LoadedScenario[],
): CheckGroup[] {
  const changed = new Map(changes.map((change) => [change.id, change]));
  const groups = new Map<CellGroup | string, CheckGroup>();
  const add = (key: CellGroup | string, check: CheckChange): CheckGroup => {
    const group = groups.get(key) ?? { cells: typeof key === 'string' ? null : key, changes: [], consequences: [] };
    group.changes.push(check);
    groups.set(key, group);
    return group;
  };
  for (const loaded of scenarios) {
    const before: { clients: string[]; tier: number; group: CheckGroup }[] = [];
    for (const declared of loaded.checks) {
      const change = changed.get(declared.id);
      const harm = change === undefined ? null : harmOf(change);
      if (change === undefined || harm === null) continue;
      const check: CheckChange = { change, kind: kindOf(change), tier: tierOf(harm), scenario: loaded.scenario.id };
      const clients = clientsOf(declared.step);
      const seen = cells.find((group) => saw(check, { ...declared, loaded }, group));
      const cause = before.find(
        (each) => each.tier <= check.tier && each.clients.some((name) => clients.includes(name)),
      );
      if (seen === undefined && cause !== undefined) {
        cause.group.consequences.push(change);
        continue;
      }
      const { before: was, after } = check.kind;
      const key = seen ?? JSON.stringify([change.local, check.tier, was, after]);
      before.push({ clients, tier: check.tier, group: add(key, check) });
    }
  }
  return [...groups.values()];
}
