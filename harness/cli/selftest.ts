import path from 'node:path';
import { type Command, Option } from 'commander';
import { didYouMean } from '../did-you-mean.ts';
import { type ExitCode, UsageError } from '../exit.ts';
import { MUTANTS, SMOKE } from '../mutants/all-mutants.ts';
import { MUTANTS_OF_SURVEY } from '../mutants/all-survey-mutants.ts';
import { buildsOf, MUTATED_RELEASES } from '../mutants/mutant.ts';
import { SURVEYED_RELEASES, type SurveyBuild, surveyBuildsOf } from '../mutants/survey-mutant.ts';
import type { Output } from '../report/terminal/output.ts';
import { SURVEY_NAMES, type SurveyName } from '../scenario/catalogue/profile.ts';
import { listed } from '../text/format.ts';
import { repeatable } from './options.ts';

type SelftestOptions = {
  mutant: string[];
  gateway: string[];
  smoke: boolean;
  rights: boolean;
  events: boolean;
  settings: boolean;
  routes: boolean;
  table: boolean;
  again: boolean;
  list: boolean;
  reports: string;
};

/** Adds `postern selftest`, which plays mutants: the suite must notice each weakened gateway, and pass each fix. */
export function addSelftest(program: Command, output: Output): void {
  const command = program
    .command('selftest')
    .description('Play gateways that are weakened on purpose, and fixes; report which check notices which mutant.')
    .addOption(repeatable('--mutant <id>', 'play this mutant', 'all'))
    .addOption(repeatable('--gateway <release>', 'play the mutants of this release', 'all releases that have mutants'))
    .option('--smoke', `play six mutants of ${MUTATED_RELEASES[0]}, which takes minutes`, false)
    .addOption(
      new Option('--table', 'play the decision table on each mutant, in place of scenarios, and say what it notices')
        .default(false)
        .conflicts(['smoke', 'again', ...SURVEY_NAMES]),
    )
    .option('--again', 'play again the mutants whose results are kept', false)
    .option('--list', 'list the mutants that would be played, and play nothing', false)
    .option('--reports <folder>', 'the folder in which the results are kept', 'reports')
    .addHelpText(
      'after',
      `
A mutant is a copy of a published package in which the body of a named function, an argument of a named call, a condition or a constant
is replaced. A mutant that no longer applies to its release ends the self-test with exit code 2. Two gateways are up at once. Results are
kept in ${path.join('reports', 'selftest')}; the next self-test plays only the mutants that are missing there.

With the name of a survey, each mutant and its unchanged release are surveyed, one gateway after the other. A mutant names the properties that
must notice it, and whether the comparison must. The table is ${path.join('reports', 'selftest', 'rights.md')}, or one with another name. Exit 1: a
mutant was not noticed as it says. Exit 3: a mutant could not be built, or did not start.

With --table, the quick decision table is played on each mutant, some minutes each: ${path.join('reports', 'selftest', 'table.md')} says which mutants a gate
notices without a scenario.

Examples:
  postern selftest --smoke
  postern selftest
  postern selftest --mutant everyone-is-local --gateway 2026.9.6
  postern selftest --rights --gateway 2026.4.1`,
    )
    .action(async (options: SelftestOptions) => {
      const { builds, play } =
        surveyChosen(options) === null ? withoutSurvey(options, output) : surveyed(options, output);
      if (options.list) {
        for (const { mutant, release } of builds) output.say(`${mutant.id} on ${release}\n    ${mutant.says}`);
        output.say(`\n${builds.length} to play`);
        return;
      }
      process.exitCode = await play();
    });
  for (const name of SURVEY_NAMES) command.addOption(surveyOption(name));
}

/** What the mutants of a survey are about. */
const SUBJECTS: Readonly<Record<SurveyName, string>> = {
  rights: 'method rights',
  routes: 'HTTP routes',
  events: 'events',
  settings: 'access settings',
};

/** The option that selects the mutants of a survey in place of all others. */
function surveyOption(name: SurveyName): Option {
  return new Option(`--${name}`, `play mutants of ${SUBJECTS[name]}, with \`postern ${name}\``)
    .default(false)
    .conflicts(['smoke', ...SURVEY_NAMES.filter((other) => other !== name)]);
}

/** What is chosen, to list it or to play it. */
type Chosen = {
  builds: readonly { mutant: { id: string; says: string }; release: string }[];
  play(): Promise<ExitCode>;
};

/** The mutants that scenarios, or the decision table, are played on. Throws as `chosen` does. */
function withoutSurvey({ mutant, gateway, smoke, again, table, reports }: SelftestOptions, out: Output): Chosen {
  const builds = chosen('selftest', buildsOf(MUTANTS), MUTATED_RELEASES, {
    mutant: smoke && mutant.length === 0 ? SMOKE : mutant,
    gateway: smoke && gateway.length === 0 ? [MUTATED_RELEASES[0]] : gateway,
  });
  return {
    builds,
    async play() {
      const folder = path.join(reports, 'selftest');
      if (table) {
        const { tableSelftest } = await import('../mutants/table-selftest.ts');
        return tableSelftest({ builds, folder, out });
      }
      // Loading this module takes a second; only this command needs it.
      const { selftest } = await import('../mutants/selftest.ts');
      return selftest({ mutantBuilds: builds, folder, again, out });
    },
  };
}

/** The survey of which the options select the mutants; null for scenarios. */
function surveyChosen(options: SelftestOptions): SurveyName | null {
  return SURVEY_NAMES.find((name) => options[name]) ?? null;
}

/** The mutants that are surveyed. Throws as `chosen` does. */
function surveyed(options: SelftestOptions, out: Output): Chosen {
  const { mutant, gateway, again, reports } = options;
  const survey = surveyChosen(options) ?? 'rights';
  const all = surveyBuildsOf(MUTANTS_OF_SURVEY[survey]);
  const command = `selftest --${survey}`;
  const builds: readonly SurveyBuild[] = chosen(command, all, SURVEYED_RELEASES, { mutant, gateway });
  const request = { builds, folder: path.join(reports, 'selftest'), again, out };
  return {
    builds,
    async play() {
      const [{ surveySelftest }, { MUTANT_EVENTS, MUTANT_RIGHTS, MUTANT_ROUTES, MUTANT_SETTINGS }] = await Promise.all([
        import('../mutants/survey-selftest.ts'),
        import('../mutants/mutant-surveys.ts'),
      ]);
      switch (survey) {
        case 'rights':
          return surveySelftest(request, MUTANT_RIGHTS);
        case 'routes':
          return surveySelftest(request, MUTANT_ROUTES);
        case 'events':
          return surveySelftest(request, MUTANT_EVENTS);
        case 'settings':
          return surveySelftest(request, MUTANT_SETTINGS);
      }
    },
  };
}

/** The builds that the options of `command` select; empty lists select all. Throws UsageError for an unknown mutant or release, and for an empty selection. */
function chosen<Build extends { mutant: { id: string }; release: string }>(
  command: string,
  all: readonly Build[],
  releases: readonly string[],
  { mutant, gateway }: { mutant: readonly string[]; gateway: readonly string[] },
): Build[] {
  const known = [...new Set(all.map((build) => build.mutant.id))];
  for (const id of mutant)
    if (!known.includes(id))
      throw new UsageError(
        `there is no mutant "${id}"`,
        didYouMean(id, known, `\`postern ${command} --list\` lists every mutant.`),
      );
  for (const release of gateway)
    if (!releases.includes(release))
      throw new UsageError(
        `there are no mutants of ${release}`,
        didYouMean(release, releases, `There are mutants of ${listed(releases)}.`),
      );
  const builds = all.filter(
    (build) =>
      (mutant.length === 0 || mutant.includes(build.mutant.id)) &&
      (gateway.length === 0 || gateway.includes(build.release)),
  );
  if (builds.length > 0) return builds;
  throw new UsageError('no mutant matches', 'Leave out --gateway: not every mutant is made from every release.');
}
