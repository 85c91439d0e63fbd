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

/** `postern selftest`: whether the suite sees gateways that are wrong on purpose, and lets fixes pass. */
export function addSelftest(program: Command, output: Output): void {
  program
    .command('selftest')
    .description('Play the suite on gateways that are weakened on purpose, and on fixes: who is seen by which check.')
    .addOption(repeatable('--mutant <id>', 'play this mutant', 'all'))
    .addOption(repeatable('--gateway <release>', 'play mutants of this release', MUTATED_RELEASES.join(', ')))
    .option('--smoke', `six of them, on ${MUTATED_RELEASES[0]}, in minutes`, false)
    .option('--again', 'play what is kept from before once more', false)
    .option('--list', 'list the mutants that would be played, and play nothing', false)
    .option('--reports <folder>', 'where the results are kept', 'reports')
    .addHelpText(
      'after',
      `
A mutant is made from a published package by replacing the body of a named function, an argument of a named call, a condition or a
constant, in a copy; one that no longer applies to its release ends the run with exit code 2. Two gateways are up at once. What was played
is kept in ${path.join('reports', 'selftest')}, and the next run goes on from there.

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
      // Loading these takes a second, which the other commands need not wait.
      const { selftest } = await import('../mutants/selftest.ts');
      process.exitCode = await selftest({
        mutantBuilds,
        folder: path.join(options.reports, 'selftest'),
        again: options.again,
        out: output,
      });
    });
}

/** The mutants that were asked for. Throws UsageError for one that there is not, and where nothing is left. */
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
        `mutants are not made of ${release}`,
        didYouMean(release, MUTATED_RELEASES, `They are made of ${MUTATED_RELEASES.join(' and ')}.`),
      );
  const releases = smoke && gateway.length === 0 ? [MUTATED_RELEASES[0]] : gateway;
  const ids = smoke && mutant.length === 0 ? SMOKE : mutant;
  const mutantBuilds = buildsOf(MUTANTS).filter(
    (mutantBuild) =>
      (ids.length === 0 || ids.includes(mutantBuild.mutant.id)) &&
      (releases.length === 0 || releases.some((each) => each === mutantBuild.release)),
  );
  if (mutantBuilds.length > 0) return mutantBuilds;
  throw new UsageError('no mutant matches', 'Leave out --gateway: not every mutant is made of every release.');
}
