import { randomInt } from 'node:crypto';
import { type Command, InvalidArgumentError } from 'commander';
import { UsageError } from '../exit.ts';
import type { Output } from '../report/terminal/output.ts';

type ModelOptions = {
  gateway: string;
  seed?: number;
  path?: string;
  runs: number;
  minutes: number;
  strict: boolean;
};

/** Upper bound of a seed, exclusive: fast-check takes 32-bit numbers. */
const SEEDS = 2 ** 31;

function wholeNumber(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
}

/** Adds `postern model`, which runs random sequences of pairing operations on a gateway and searches for one that violates a property. */
export function addModel(program: Command, output: Output): void {
  program
    .command('model')
    .description(
      'Run random sequences of pairing operations on a gateway, and check the properties after each operation.',
    )
    .option('--gateway <reference>', 'the gateway to test: latest, 2026.4.1, ./openclaw.tgz, …', 'latest')
    .option('--runs <count>', 'how many sequences to run', wholeNumber, 60)
    .option('--minutes <count>', 'how long to search at most, including shrinking', wholeNumber, 10)
    .option(
      '--seed <number>',
      'repeat the sequences of an earlier search; without it, a seed is chosen and printed',
      wholeNumber,
    )
    .option('--path <path>', 'with --seed: repeat one violation at once; the path was printed with the seed')
    .option('--strict', 'report violations too that are known of the release', false)
    .addHelpText(
      'after',
      `
Examples:
  postern model --gateway 2026.4.1
  postern model --gateway 2026.3.13 --strict       finds and shrinks a failure that was reported of it
  postern model --gateway ./openclaw.tgz --runs 500 --minutes 60`,
    )
    .action(async ({ gateway, seed, path, ...options }: ModelOptions) => {
      if (path !== undefined && seed === undefined)
        throw new UsageError('--path is given without --seed', 'Give both, as the search printed them.');
      const { readPath } = await import('../stateful/path.ts'); // only this command needs fast-check and the engine
      const { runModel } = await import('../stateful/run.ts');
      const { exitCodeOfSearch } = await import('../stateful/search.ts');
      const { printSearch } = await import('../stateful/render.ts');
      const result = await runModel({
        ...options,
        gateway,
        seed: seed ?? randomInt(SEEDS),
        path: path === undefined ? null : readPath(path),
        ran: (runs, commands) => {
          output.progress(`${commands} operations in ${runs} sequences`);
        },
        out: output,
      });
      const again = `npx postern model --gateway ${gateway}${options.strict ? ' --strict' : ''}`;
      output.say(`\n${printSearch(result, again)}`);
      process.exitCode = exitCodeOfSearch(result);
    });
}
