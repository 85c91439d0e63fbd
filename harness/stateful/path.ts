import { UsageError } from '../exit.ts';

/**
 * The position of a violation in a search; with the seed it repeats the violation. `path` is the path of fast-check through its runs and
 * their shrunk forms; `replay` is its replayPath, which says which commands were applicable.
 */
export type Path = { path: string; replay: string };

const SHAPE = /^(\d+(?::\d+)*)@([A-Za-z0-9+/]*:[A-Za-z0-9+/]*)$/;

/** Formats a path as one word for `--path`. */
export function writePath({ path, replay }: Path): string {
  return `${path}@${replay}`;
}

/** Parses a word of `writePath`; throws UsageError if it is not one. */
export function readPath(word: string): Path {
  const [, path, replay] = SHAPE.exec(word) ?? [];
  if (path === undefined || replay === undefined)
    throw new UsageError(`--path ${word} is not a path`, 'Copy the path that the search printed, such as 12:0:3@CA:F.');
  return { path, replay };
}

/** The replayPath in the text of fast-check for a run of commands; ":" if there is none. */
export function replayIn(text: string): string {
  return /replayPath="([^"]*)"/.exec(text)?.[1] ?? ':';
}
