import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Selection } from '../scenario/select.ts';

/** Options that pick scenarios, the same on every command that takes them. */
export type SelectionOptions = { only: string[]; class: string[]; tag: string[] };

/** An option that may be given again, and gives a list. `none` tells in words what an empty list stands for. */
export function repeatable(flags: string, description: string, none: string): Option {
  return new Option(flags, `${description}; repeatable`)
    .argParser((value: string, before: string[]) => [...before, value])
    .default([], none);
}

/** Adds --only, --class and --tag. */
export function withSelection(command: Command): Command {
  return command
    .addOption(repeatable('--only <id>', 'a scenario or check id; a trailing * stands for any ending', 'all'))
    .addOption(repeatable('--class <name>', 'scenarios of a class', 'all'))
    .addOption(repeatable('--tag <name>', 'scenarios with a tag', 'with or without'));
}

/** The seed of a run, where one was given. */
export type SeedOption = { seed?: number };

/** Adds --seed. */
export function withSeed(command: Command): Command {
  return command.option(
    '--seed <number>',
    'the same order of play and the same made-up knocks again; chosen and printed unless given',
    wholeNumber,
  );
}

/** Reads a whole number; commander tells the person what was given otherwise. */
function wholeNumber(text: string): number {
  if (!/^-?\d{1,10}$/.test(text)) throw new InvalidArgumentError('Give a whole number, as a report shows it.');
  return Number(text);
}

/** Adds --gateway and --reports. */
export function withGateways(command: Command, gateways: readonly string[]): Command {
  return command
    .addOption(
      repeatable(
        '--gateway <reference>',
        'what to test: latest, 2026.4.1, npm:openclaw@beta, ./openclaw.tgz, image:name:tag or dir:../openclaw',
        gateways.join(', '),
      ),
    )
    .option('--reports <folder>', 'where report folders are made', 'reports');
}

export function selectionOf(options: SelectionOptions): Selection {
  return { only: options.only, classes: options.class, tags: options.tag };
}

/** The command line as a person would type it again. */
export function commandLine(): string {
  return ['postern', ...process.argv.slice(2)]
    .map((word) => (/[\s"'$]/.test(word) ? JSON.stringify(word) : word))
    .join(' ');
}
