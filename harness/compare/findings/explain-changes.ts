import { standingHolds } from '../../judge/standing.ts';
import { tableCheck } from '../../pairwise/properties.ts';
import type { Comparison, ObservationChange } from '../../results/comparison.ts';
import { type CountedAnswer, type Finding, HARMS, type Harm } from '../../results/finding.ts';
import type { Published } from '../../results/published.ts';
import type { Report } from '../../results/report.ts';
import type { LoadedScenario } from '../../scenario/catalogue/load.ts';
import { compareReleases } from '../../scenario/releases/range.ts';
import { violatedOnlyIn } from './broken-properties.ts';
import { type CellGroup, cellIdIn, groupCells } from './cell-groups.ts';
import { type ChangeKind, kindOf } from './change-kind.ts';
import { type CheckGroup, groupChecks } from './check-groups.ts';
import { harmOf, rankOf } from './harm.ts';
import { joinFindings } from './join-findings.ts';

/** What explains a comparison besides itself: the two reports, every scenario, and the published results of releases. */
export type Evidence = {
  base: Report;
  head: Report;
  scenarios: readonly LoadedScenario[];
  published: readonly Published[];
};

/** The answers of the changes on one side, the most frequent first. */
function counted(
  changes: readonly ObservationChange[],
  side: keyof Pick<ChangeKind, 'before' | 'after'>,
): CountedAnswer[] {
  return [...Map.groupBy(changes, (change) => kindOf(change)[side])]
    .map(([answer, { length }]) => ({ answer, count: length }))
    .sort((a, b) => b.count - a.count || (a.answer < b.answer ? -1 : 1));
}

/** The worst harm of some changes; `other` if none of them is a change. */
function worstOf(changes: readonly ObservationChange[]): Harm {
  const harms = changes.map(harmOf);
  return HARMS.find((harm) => harms.includes(harm)) ?? 'other';
}

/** The releases before the head, other than the base, on which one of the checks reproduced its failure as it does on the head. */
function releasesLike(ids: readonly string[], { base, head, published }: Evidence): string[] {
  const [of, to] = [base, head].map(({ subjects }) => subjects[0]?.version ?? '');
  if (of === undefined || to === undefined) throw new Error('two reports are compared');
  const wrong = head.checks.filter(({ id, verdict }) => ids.includes(id) && verdict === 'reproduced');
  return published
    .filter(({ version }) => version !== of && compareReleases(version, to) < 0)
    .filter(({ scenarios }) =>
      wrong.some(({ scenario, name, verdict }) => scenarios[scenario]?.checks[name] === verdict),
    )
    .map(({ version }) => version);
}

function findingOf(
  { cells, checks }: { cells: CellGroup | null; checks: CheckGroup | null },
  { standings }: Comparison,
  evidence: Evidence,
): Finding[] {
  const seen = checks?.changes ?? [];
  const changes = [...(cells?.changes ?? []), ...seen].map(({ change }) => change);
  const [example] = changes;
  if (example === undefined) return [];
  const consequences = [...(cells?.consequences ?? []), ...(checks?.consequences ?? [])];
  const ids = [...changes, ...consequences].map(({ id }) => id);
  const { base, head } = evidence;
  const cellIds = (cells?.changes ?? []).map(({ change }) => cellIdIn(change));
  const broken = violatedOnlyIn(head, base, cellIds);
  const about = [...ids, ...broken.map((property) => tableCheck(property.id))];
  return [
    {
      id: example.id,
      harm: worstOf([...changes, ...consequences]),
      local: example.local,
      before: counted(changes, 'before'),
      after: counted(changes, 'after'),
      condition: cells?.explanation.condition ?? null,
      exceptions: cells?.exceptions ?? [],
      example,
      changes,
      consequences,
      broken,
      mended: violatedOnlyIn(base, head, cellIds),
      scenarios: [...new Set(seen.map(({ scenario }) => scenario))],
      regressed: standings
        .filter(({ id, standing }) => !standingHolds(standing) && about.includes(id))
        .map(({ id }) => id),
      releases: releasesLike(ids, evidence),
      also: [],
    },
  ];
}

/** The place of a finding: by its harm, but before what local users lose if it breaks a check. */
function placeOf({ harm, regressed }: Finding): number {
  return regressed.length === 0 ? rankOf(harm) : Math.min(rankOf(harm), rankOf('local-loss') - 0.5);
}

/**
 * The findings of a comparison, worst first: every change is in exactly one of them, as one of its changes or as a consequence. Takes the reports
 * that were compared, so that the properties that cells violate can be named. Pure.
 */
export function explainChanges(comparison: Comparison, evidence: Evidence): Finding[] {
  const { changes } = comparison;
  const ofCells = groupCells(changes.filter(({ base }) => base.cell !== null));
  const ofChecks = groupChecks(
    changes.filter(({ base }) => base.cell === null),
    ofCells,
    evidence.scenarios,
  );
  const groups = [
    ...ofCells.map((cells) => ({ cells, checks: ofChecks.find((group) => group.cells === cells) ?? null })),
    ...ofChecks.filter(({ cells }) => cells === null).map((checks) => ({ cells: null, checks })),
  ];
  const findings = groups
    .flatMap((group) => findingOf(group, comparison, evidence))
    .sort(
      (a, b) =>
        placeOf(a) - placeOf(b) ||
        b.regressed.length - a.regressed.length ||
        b.changes.length - a.changes.length ||
        (a.id < b.id ? -1 : 1),
    );
  return joinFindings(findings, changes, evidence.scenarios);
}
