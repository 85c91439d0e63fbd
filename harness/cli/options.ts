import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { messageOf, UsageError } from '../exit.ts';
import { DISCLOSURES, type Disclosure, defaultDisclosure } from '../results/disclosure.ts';
import { type ChosenProfile, PROFILES, type ProfileName } from '../scenario/catalogue/profile.ts';
import type { Selection } from '../scenario/catalogue/select.ts';
import { shellWord } from '../shell-word.ts';
import type { Shard } from '../suite/shard.ts';

/** The options that select scenarios, the same for every command that has them. */
export type SelectionOptions = { only: string[]; class: string[]; tag: string[] };

/** An option that may be given several times; its value is a list. `none` says what an empty list means, for the help text. */
export function repeatable(flags: string, description: string, none: string): Option {
  return new Option(flags, `${description}; repeatable`)
    .argParser((value: string, before: string[]) => [...before, value])
    .default([], none);
}

/** Adds --only, --class and --tag. */
export function withSelection(command: Command): Command {
  return command
    .addOption(repeatable('--only <id>', 'a scenario id or check id; a * at the end matches any ending', 'all'))
    .addOption(repeatable('--class <name>', 'scenarios of this class', 'all'))
    .addOption(repeatable('--tag <name>', 'scenarios with this tag', 'with or without a tag'));
}

/** The folder of scenarios of the user, if the option was given. */
export type ScenariosOption = { scenarios?: string };

/** Adds --scenarios. */
export function withScenarios(command: Command): Command {
  return command.option(
    '--scenarios <folder>',
    'also take the scenarios in this folder, which has <class>/<name>.yaml as the catalogue has',
  );
}

/** The folder that --scenarios names; null without it. Throws UsageError if scenario files are given as well. */
export function ownScenariosOf({ scenarios }: ScenariosOption, files: readonly string[]): string | null {
  if (scenarios !== undefined && files.length > 0)
    throw new UsageError(
      'scenario files and --scenarios cannot both be given',
      'Give only the files, or --scenarios and --only with an id.',
    );
  return scenarios ?? null;
}

/** The seed of a run, if the option was given. */
export type SeedOption = { seed?: number };

/** Adds --seed. */
export function withSeed(command: Command): Command {
  return command.option(
    '--seed <number>',
    'repeat the order and the random knocks of an earlier run; without it, a seed is chosen and printed',
    wholeNumber,
  );
}

/** Parses a whole number. Throws InvalidArgumentError, to which commander adds the option and its value. */
function wholeNumber(text: string): number {
  if (!/^-?\d{1,10}$/.test(text)) throw new InvalidArgumentError('Give a whole number, as a report shows it.');
  return Number(text);
}

/** The part of the run that this process plays, if the option was given. */
export type ShardOption = { shard?: Shard };

/** Adds --shard. */
function withShard(command: Command): Command {
  return command.option(
    '--shard <i/n>',
    'play the i-th of n parts, with the same --seed on each machine; `postern merge` puts the reports together',
    parsedShard,
  );
}

/** Parses `2/4` as the second of four shards. Throws InvalidArgumentError, to which commander adds the option and its value. */
function parsedShard(text: string): Shard {
  const [, index = 0, of = 0] = (/^(\d{1,3})\/(\d{1,3})$/.exec(text) ?? []).map(Number);
  if (index < 1 || index > of)
    throw new InvalidArgumentError('Give the number of the part and how many there are, as 2/4.');
  return { index, of };
}

/**
 * The shard that --shard names; null without it. Throws UsageError without --seed: each shard would choose another order and other random knocks, and the
 * reports would not be those of one run.
 */
export function shardOf({ shard, seed }: ShardOption & SeedOption): Shard | null {
  if (shard !== undefined && seed === undefined)
    throw new UsageError(
      '--shard is given without --seed',
      'Give every shard the same --seed: any whole number, such as the number of the CI run.',
    );
  return shard ?? null;
}

/** What the output may tell, which has a default. */
export type DisclosureOption = { disclosure: Disclosure };

/** Adds --disclosure. */
export function withDisclosure(command: Command): Command {
  return command.addOption(
    new Option(
      '--disclosure <what>',
      'public: weaknesses that nobody has published and a released gateway may have go into a private file; full: they are shown',
    )
      .choices(DISCLOSURES)
      .default(defaultDisclosure(process.env), 'public if CI=true, else full'),
  );
}

/** Adds --gateway and --reports. */
export function withGateways(command: Command, gateways: readonly string[]): Command {
  return command
    .addOption(
      repeatable(
        '--gateway <reference>',
        'the gateway to test: latest, 2026.4.1, npm:openclaw@beta, ./openclaw.tgz, image:name:tag, dir:../openclaw or artifact:./downloaded',
        gateways.join(', '),
      ),
    )
    .option('--reports <folder>', 'the folder in which report folders are made', 'reports');
}

export function selectionOf(options: SelectionOptions, profile: ChosenProfile | null): Selection {
  return { only: options.only, classes: options.class, tags: options.tag, profile };
}

/** The profile of a run, and the file with the paths that the head changes. */
export type ProfileOptions = { profile?: ProfileName; changed?: string };

/** Adds --profile and --changed. */
export function withProfile(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--profile <name>',
        'pr: the quick table, and no scenarios that the changed paths do not reach; release, nightly: all scenarios, slow ones too, and the full table',
      ).choices(Object.keys(PROFILES)),
    )
    .option(
      '--changed <file>',
      'with --profile pr: a file with the paths that the head changes in the repository of the gateway, one a line',
    );
}

/** The profile that the options name, with the changed paths from their file; null for none. Throws UsageError for a file that cannot be read. */
export function profileOf({ profile, changed }: ProfileOptions): ChosenProfile | null {
  if (profile === undefined) {
    if (changed === undefined) return null;
    throw new UsageError('--changed is given without a profile', 'Add --profile pr, which leaves scenarios out by it.');
  }
  return { name: profile, changedPaths: changed === undefined ? null : linesOf(changed) };
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split(/\r?\n/)
      .filter((line) => line !== '');
  } catch (error) {
    throw new UsageError(
      `--changed ${file} cannot be read: ${messageOf(error)}`,
      'Write the changed paths into it: git diff --name-only BASE...HEAD.',
    );
  }
}

/** The options of every command that plays a selection of scenarios and reports. */
export type PlayOptions = SelectionOptions &
  ScenariosOption &
  SeedOption &
  ShardOption &
  DisclosureOption & { reports: string };

/** Adds --scenarios, --only, --class, --tag, --seed, --shard and --disclosure. */
export function withPlayOptions(command: Command): Command {
  return withDisclosure(withShard(withSeed(withSelection(withScenarios(command)))));
}

/** The command line of this process, quoted so that it can be pasted into a shell. */
export function commandLine(): string {
  return ['postern', ...process.argv.slice(2).map(shellWord)].join(' ');
}
