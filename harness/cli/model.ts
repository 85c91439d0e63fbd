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

/** Seeds of fast-check are 32-bit numbers. */
const SEEDS = 2 ** 31;

function wholeNumber(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('It has to be a whole number.');
  return Number(text);
}

/** `postern model`: searches a gateway for an order of pairing, deciding and knocking that breaks a property. */
export function addModel(program: Command, output: Output): void {
  program
    .command('model')
    .description(
      'Pair, approve, rotate, revoke and knock in any order, and hold a small model of what must be against it.',
    )
    .option('--gateway <reference>', 'what to test: latest, 2026.4.1, ./openclaw.tgz, …', 'latest')
    .option('--runs <count>', 'how many runs of commands', wholeNumber, 60)
    .option('--minutes <count>', 'how long at most, shrinking included', wholeNumber, 10)
    .option('--seed <number>', 'the same runs again; chosen and printed unless given', wholeNumber)
    .option('--path <path>', 'that run alone, as it was printed with the seed')
    .option('--strict', 'take what the release is known to break for a violation, too', false)
    .addHelpText(
      'after',
      `
Examples:
  postern model --gateway 2026.4.1
  postern model --gateway 2026.3.13 --strict       finds, and shrinks, what was reported of that release
  postern model --gateway ./openclaw.tgz --runs 500 --minutes 60`,
    )
    .action(async ({ gateway, seed, path, ...options }: ModelOptions) => {
      if (path !== undefined && seed === undefined)
        throw new UsageError('--path is given without --seed', 'Give both as they were printed.');
      const { readPath } = await import('../stateful/path.ts'); // only this command needs fast-check and the engine
      const { runModel } = await import('../stateful/run.ts');
      const { exitCodeOfSearch } = await import('../stateful/search.ts');
      const { printSearch: tellSearch } = await import('../stateful/render.ts');
      const result = await runModel({
        ...options,
        gateway,
        seed: seed ?? randomInt(SEEDS),
        path: path === undefined ? null : readPath(path),
        ran: (runs, commands) => {
          output.progress(`${commands} commands in ${runs} runs`);
        },
        out: output,
      });
      const again = `npx postern model --gateway ${gateway}${options.strict ? ' --strict' : ''}`;
      output.say(`\n${tellSearch(result, again)}`);
      process.exitCode = exitCodeOfSearch(result);
    });
}
