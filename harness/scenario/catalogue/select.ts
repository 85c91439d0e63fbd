import { didYouMean } from '../../did-you-mean.ts';
import { UsageError } from '../../exit.ts';
import type { LoadedScenario } from './load.ts';
import { type ChosenProfile, PROFILES, whyProfileLeavesOut } from './profile.ts';

/** The filters of a selection of scenarios. An empty list selects everything. */
export type Selection = {
  /** Scenario ids, or check ids, which select their scenario without its other workarounds. A trailing `*` matches any ending. */
  only: readonly string[];
  classes: readonly string[];
  tags: readonly string[];
  /** The profile, which leaves out scenarios that no other filter names; null for none. */
  profile: ChosenProfile | null;
};

/**
 * The scenarios that every given filter selects, in the order of `all`, each with the workarounds that are selected. Throws UsageError, with the nearest existing names, for a filter
 * that selects nothing: a misspelt filter must not make a run pass.
 */
export function select(all: readonly LoadedScenario[], selection: Selection): LoadedScenario[] {
  const filters: {
    given: readonly string[];
    flag: string;
    picks(loaded: LoadedScenario, wanted: string): boolean;
    known(): string[];
    /** A hint how to list every name. */
    all(known: readonly string[]): string;
  }[] = [
    {
      given: selection.only,
      flag: '--only',
      picks: (loaded, wanted) => isWhole(loaded, wanted) || loaded.checks.some((check) => check.id === wanted),
      known: () =>
        all.flatMap(({ scenario, checks }) => [scenario.id, `${scenario.class}/*`, ...checks.map(({ id }) => id)]),
      all: () => '`postern list --checks` lists every scenario and check.',
    },
    {
      given: selection.classes,
      flag: '--class',
      picks: ({ scenario }, wanted) => scenario.class === wanted,
      known: () => all.map(({ scenario }) => scenario.class),
      all: (known) => `The classes are ${known.join(', ')}.`,
    },
    {
      given: selection.tags,
      flag: '--tag',
      picks: ({ scenario }, wanted) => scenario.tags.includes(wanted),
      known: () => all.flatMap(({ scenario }) => scenario.tags),
      all: (known) => (known.length === 0 ? 'No scenario has a tag.' : `The tags are ${known.join(', ')}.`),
    },
  ];
  for (const { given, flag, picks, known, all: sayAll } of filters) {
    for (const wanted of given) {
      if (all.some((loaded) => picks(loaded, wanted))) continue;
      const names = [...new Set(known())].sort();
      throw new UsageError(`${flag} ${wanted} matches nothing`, didYouMean(wanted, names, sayAll(names)));
    }
  }
  const picked = all.filter((loaded) =>
    filters.every(({ given, picks }) => given.length === 0 || given.some((wanted) => picks(loaded, wanted))),
  );
  if (picked.length === 0)
    throw new UsageError('no scenario matches all filters together', 'Remove one of the filters.');
  return picked.map((loaded) => narrowed(loaded, selection.only));
}

/** Whether an id selects a scenario as a whole. */
function isWhole({ scenario }: LoadedScenario, wanted: string): boolean {
  return wanted.endsWith('*') ? scenario.id.startsWith(wanted.slice(0, -1)) : scenario.id === wanted;
}

/**
 * A scenario of which only single checks are selected, without the workarounds that have none of them: each takes as long as the scenario
 * itself, and no check rests on the workaround of another.
 */
function narrowed(loaded: LoadedScenario, only: readonly string[]): LoadedScenario {
  if (only.length === 0 || only.some((wanted) => isWhole(loaded, wanted))) return loaded;
  const needed = new Set(loaded.checks.filter(({ id }) => only.includes(id)).map(({ workaround }) => workaround));
  const { scenario, checks } = loaded;
  return {
    ...loaded,
    scenario: { ...scenario, workarounds: scenario.workarounds.filter((workaround) => needed.has(workaround)) },
    checks: checks.filter(({ workaround }) => workaround === null || needed.has(workaround)),
  };
}

/** The tag of scenarios that take minutes, such as those that wait until a request expires. */
const SLOW = 'slow';

/** Why Postern leaves out a selected scenario that neither its tag nor its name selects; null if Postern plays it. */
export function whyLeftOut(loaded: LoadedScenario, { only, tags, profile }: Selection): string | null {
  if (only.length > 0) return null;
  const isSlow = loaded.scenario.tags.includes(SLOW) && !tags.includes(SLOW);
  if (isSlow && !(profile !== null && PROFILES[profile.name].slow))
    return `it takes minutes; play it with --tag ${SLOW}`;
  return profile === null ? null : whyProfileLeavesOut(loaded, profile);
}
