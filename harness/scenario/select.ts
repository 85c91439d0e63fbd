import { UsageError } from '../exit.ts';
import type { LoadedScenario } from './load.ts';

/** What a person picks scenarios by. Empty lists pick everything. */
export type Selection = {
  /** Scenario ids, or check ids: the scenario of the check is played. A trailing `*` stands for any ending. */
  only: readonly string[];
  classes: readonly string[];
  tags: readonly string[];
};

/**
 * The scenarios that every given filter picks, in their own order. Throws UsageError, with what there is to pick from,
 * for a filter that picks nothing: a misspelt one must not turn a run green.
 */
export function select(all: readonly LoadedScenario[], selection: Selection): LoadedScenario[] {
  const filters: {
    given: readonly string[];
    flag: string;
    picks(loaded: LoadedScenario, wanted: string): boolean;
    known(): string[];
  }[] = [
    {
      given: selection.only,
      flag: '--only',
      picks: ({ scenario, checks }, wanted) =>
        wanted.endsWith('*')
          ? scenario.id.startsWith(wanted.slice(0, -1))
          : scenario.id === wanted || checks.some((check) => check.id === wanted),
      known: () => all.map(({ scenario }) => scenario.id),
    },
    {
      given: selection.classes,
      flag: '--class',
      picks: ({ scenario }, wanted) => scenario.class === wanted,
      known: () => all.map(({ scenario }) => scenario.class),
    },
    {
      given: selection.tags,
      flag: '--tag',
      picks: ({ scenario }, wanted) => scenario.tags.includes(wanted),
      known: () => all.flatMap(({ scenario }) => scenario.tags),
    },
  ];
  for (const { given, flag, picks, known } of filters) {
    for (const wanted of given) {
      if (all.some((loaded) => picks(loaded, wanted))) continue;
      const there = [...new Set(known())].sort().join(', ') || 'none';
      throw new UsageError(`${flag} ${wanted} matches nothing`, `There is: ${there}.`);
    }
  }
  const picked = all.filter((loaded) =>
    filters.every(({ given, picks }) => given.length === 0 || given.some((wanted) => picks(loaded, wanted))),
  );
  if (picked.length === 0) throw new UsageError('no scenario matches all filters together', 'Take one of them away.');
  return picked;
}

/** Scenarios that wait for minutes, such as for a request to expire, carry this tag. */
const SLOW = 'slow';

/** Why a scenario that was selected is not played unless it is asked for by its tag or its name; null where it is played. */
export function whyLeftOut({ scenario }: LoadedScenario, { only, tags }: Selection): string | null {
  if (!scenario.tags.includes(SLOW) || only.length > 0 || tags.includes(SLOW)) return null;
  return `it takes minutes; play it with --tag ${SLOW}`;
}
