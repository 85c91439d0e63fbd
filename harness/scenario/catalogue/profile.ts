import { everyStepOf } from './checks.ts';
import type { LoadedScenario } from './load.ts';

/** Kinds of scenario that take long for what they add to a pull request: those with turns of an agent, and those with other releases. */
export type Costly = 'agent turns' | 'updates';

/** The surveys of what the scenarios do not vary: every method, every HTTP route, every event, every access setting. */
export const SURVEY_NAMES = ['rights', 'routes', 'events', 'settings'] as const;
export type SurveyName = (typeof SURVEY_NAMES)[number];

/** What a profile plays. */
export type Profile = {
  /** The size of the decision table. */
  table: 'quick' | 'full';
  /** The random knocks on each gateway. */
  randomKnocks: number;
  /** Whether scenarios that take minutes are played. */
  slow: boolean;
  /** What is played behind the door, by the names of the surveys. */
  surveys: readonly SurveyName[];
  /** The kinds of scenario that are left out if no changed path reaches them. */
  leavesOut: readonly Costly[];
};

/** The profiles of `postern gate` and `postern run`, by name. */
export const PROFILES = {
  pr: {
    table: 'quick',
    randomKnocks: 40,
    slow: false,
    surveys: ['rights', 'routes'],
    leavesOut: ['agent turns', 'updates'],
  },
  release: { table: 'full', randomKnocks: 200, slow: true, surveys: SURVEY_NAMES, leavesOut: [] },
  nightly: { table: 'full', randomKnocks: 1_000, slow: true, surveys: SURVEY_NAMES, leavesOut: [] },
} as const satisfies Record<string, Profile>;
export type ProfileName = keyof typeof PROFILES;

/** A profile, and the paths that the head changes in the gateway's repository; null if they are not known. */
export type ChosenProfile = { name: ProfileName; changedPaths: readonly string[] | null };

/**
 * Which kinds of scenario a changed path of the gateway's repository reaches, by the first row whose pattern matches it. A path that no row
 * matches reaches both. A row would be wrong if a change below its path alone changed the answer of a scenario that it leaves out.
 */
export const REACHES: readonly { path: RegExp; reaches: readonly Costly[]; because: string }[] = [
  {
    path: /\.mdx?$|^docs\/|\.(test|e2e)\.tsx?$|^test\//,
    reaches: [],
    because: 'Texts and tests are no part of a running gateway.',
  },
  {
    path: /^(apps|ui)\//,
    reaches: [],
    because: 'Apps and pages are clients. The scenarios with a page in a browser are always played.',
  },
  {
    path: /^(extensions|src\/(agents|cron|auto-reply|tools))\//,
    reaches: ['agent turns'],
    because: 'Agents, their tools and plugins work in a turn. None of them reads or writes pairings.',
  },
  {
    path: /^(src\/gateway|packages\/gateway-[^/]*)\//,
    reaches: ['agent turns'],
    because:
      "An agent's own calls pass the handshake. An update differs by how stored pairings are read, which is done below src/infra and src/config.",
  },
];

/** Every kind that `Profile.leavesOut` may name, with what it needs in a scenario. */
const IS_COSTLY: Record<Costly, (loaded: LoadedScenario) => boolean> = {
  'agent turns': ({ scenario }) => everyStepOf(scenario).some(({ kind }) => kind === 'turn'),
  updates: ({ scenario }) =>
    scenario.gateway.release !== undefined || everyStepOf(scenario).some(({ kind }) => kind === 'upgrade'),
};

/** The kinds of scenario that a changed path reaches. */
function reachedBy(path: string): readonly Costly[] {
  return REACHES.find((row) => row.path.test(path))?.reaches ?? ['agent turns', 'updates'];
}

/** Why a profile leaves a scenario out, as a clause; null if it plays it. If the changed paths are not known, it leaves out nothing. Pure. */
export function whyProfileLeavesOut(loaded: LoadedScenario, { name, changedPaths }: ChosenProfile): string | null {
  if (changedPaths === null) return null;
  const { leavesOut }: Profile = PROFILES[name];
  const reached = new Set(changedPaths.flatMap(reachedBy));
  const kind = leavesOut.find((each) => !reached.has(each) && IS_COSTLY[each](loaded));
  return kind === undefined ? null : `profile ${name}: none of the changed paths reaches scenarios with ${kind}`;
}
