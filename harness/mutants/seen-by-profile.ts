import type { MutantRow } from '../report/tables/mutants.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { PROFILES, type ProfileName, type SurveyName } from '../scenario/catalogue/profile.ts';
import { whyLeftOut } from '../scenario/catalogue/select.ts';
import { buildsOf, type Mutant, type MutantBuild } from './mutant.ts';
import { type SurveyBuild, type SurveyMutant, surveyBuildsOf } from './survey-mutant.ts';

/** The mutants of one survey. */
export type SurveyMutants = { survey: SurveyName; mutants: readonly SurveyMutant[] };

/**
 * What must notice each weakened gateway, in a whole gate and in one of the profile whose head changes `changedPaths` in the gateway's
 * repository. Fixes are left out, because a gate must not end red for them. Pure. A row would be wrong if `postern selftest` showed a named
 * check that does not notice the mutant.
 */
export function seenMutants(
  mutants: readonly Mutant[],
  surveys: readonly SurveyMutants[],
  scenarios: readonly LoadedScenario[],
  profile: { name: ProfileName; changedPaths: readonly string[] },
): MutantRow[] {
  const played = new Set(
    scenarios
      .filter((loaded) => whyLeftOut(loaded, { only: [], classes: [], tags: [], profile }) === null)
      .flatMap(({ checks }) => checks.map(({ id }) => id)),
  );
  const ofScenarios = buildsOf(mutants.filter(({ fix }) => fix === undefined));
  const plays: readonly SurveyName[] = PROFILES[profile.name].surveys;
  return [
    ...byMutant(
      ofScenarios,
      ({ expectedKills }) => expectedKills,
      (id) => played.has(id),
    ),
    ...surveys.flatMap(({ survey, mutants: own }) =>
      byMutant(
        surveyBuildsOf(own),
        (build) => noticingOf(survey, build),
        () => plays.includes(survey),
      ),
    ),
  ];
}

function noticingOf(survey: SurveyName, { expected }: SurveyBuild): string[] {
  const compared = expected.comparison ? [`the comparison of ${survey}`] : [];
  return [...compared, ...expected.properties.map((property) => `boundary/${survey}/${property}`)];
}

/** One row for each mutant of `builds`, which follow each other. */
function byMutant<Build extends MutantBuild | SurveyBuild>(
  builds: readonly Build[],
  noticing: (build: Build) => readonly string[],
  plays: (id: string) => boolean,
): MutantRow[] {
  return [...Map.groupBy(builds, ({ mutant }) => mutant.id).values()].map((own): MutantRow => {
    const [{ mutant } = { mutant: null }] = own;
    if (mutant === null) throw new Error('a mutant without a build');
    const byBuild = own.map(noticing);
    const everywhere = byBuild.every((ids) => ids.some(plays));
    const whole = [...new Set(byBuild.flat())];
    return {
      id: mutant.id,
      says: mutant.says,
      releases: own.map(({ release }) => release),
      whole,
      profile: everywhere ? whole.filter(plays) : [],
      hole: mutant.unseen ?? null,
    };
  });
}
