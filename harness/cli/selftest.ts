import path from 'node:path';
import type { Command } from 'commander';
import { didYouMean } from '../did-you-mean.ts';
import { UsageError } from '../exit.ts';
import { MUTANTS, SMOKE } from '../mutants/all-mutants.ts';
import { buildsOf, MUTATED_RELEASES, type MutantBuild } from '../mutants/mutant.ts';
import type { Output } from '../report/terminal/output.ts';
import { repeatable } from './options.ts';

type SelftestOptions = {
  mutant: string[];
  gateway: string[];
  smoke: boolean;
  again: boolean;
  list: boolean;
  reports: string;
};

/** Adds `postern selftest`, which plays mutants: the suite must notice each weakened gateway, and pass each fix. */
export function addSelftest(program: Command, output: Output): void {
  program
    .command('selftest')
    .description('Play gateways that are weakened on purpose, and fixes; report which check notices which mutant.')
    .addOption(repeatable('--mutant <id>', 'play this mutant', 'all'))
    .addOption(repeatable('--gateway <release>', 'play the mutants of this release', MUTATED_RELEASES.join(', ')))
    .option('--smoke', `play six mutants of ${MUTATED_RELEASES[0]}, which takes minutes`, false)
    .option('--again', 'play again the mutants whose results are kept', false)
    .option('--list', 'list the mutants that would be played, and play nothing', false)
    .option('--reports <folder>', 'the folder in which the results are kept', 'reports')
    .addHelpText(
      'after',
      `
A mutant is a copy of a published package in which the body of a named function, an argument of a named call, a condition or a constant
is replaced. A mutant that no longer applies to its release ends the self-test with exit code 2. Two gateways are up at once. Results are
kept in ${path.join('reports', 'selftest')}; the next self-test plays only the mutants that are missing there.

Examples:
  postern selftest --smoke
  postern selftest
  postern selftest --mutant everyone-is-local --gateway 2026.9.6`,
    )
    .action(async (options: SelftestOptions) => {
      const mutantBuilds = chosen(options);
      if (options.list) {
        for (const { mutant, release } of mutantBuilds) output.say(`${mutant.id} on ${release}\n    ${mutant.says}`);
        output.say(`\n${mutantBuilds.length} to play`);
        return;
      }
      // Loading this module takes a second; only this command needs it.
      const { selftest } = await import('../mutants/selftest.ts');
      process.exitCode = await selftest({
        mutantBuilds,
        folder: path.join(options.reports, 'selftest'),
        again: options.again,
        out: output,
      });
    });
}

/** The builds that the options select. Throws UsageError for an unknown mutant or release, and for an empty selection. */
function chosen({ mutant, gateway, smoke }: SelftestOptions): MutantBuild[] {
  const known = MUTANTS.map(({ id }) => id);
  for (const id of mutant)
    if (!known.includes(id))
      throw new UsageError(
        `there is no mutant "${id}"`,
        didYouMean(id, known, '`postern selftest --list` lists every mutant.'),
      );
  for (const release of gateway)
    if (!MUTATED_RELEASES.some((each) => each === release))
      throw new UsageError(
        `there are no mutants of ${release}`,
        didYouMean(release, MUTATED_RELEASES, `There are mutants of ${MUTATED_RELEASES.join(' and ')}.`),
      );
  const releases = smoke && gateway.length === 0 ? [MUTATED_RELEASES[0]] : gateway;
  const ids = smoke && mutant.length === 0 ? SMOKE : mutant;
  const mutantBuilds = buildsOf(MUTANTS).filter(
    (mutantBuild) =>
      (ids.length === 0 || ids.includes(mutantBuild.mutant.id)) &&
      (releases.length === 0 || releases.some((each) => each === mutantBuild.release)),
  );
  if (mutantBuilds.length > 0) return mutantBuilds;
  throw new UsageError('no mutant matches', 'Leave out --gateway: not every mutant is made from every release.');
}
