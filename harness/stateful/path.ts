import { UsageError } from '../exit.ts';

/**
 * Where in a search a violation was found. With the seed it leads there again: `path` is that of fast-check through its runs and what
 * they shrank to, `replay` tells it which commands made sense on the way.
 */
export type Path = { path: string; replay: string };

const SHAPE = /^(\d+(?::\d+)*)@([A-Za-z0-9+/]*:[A-Za-z0-9+/]*)$/;

/** As one word for the command line. */
export function writePath({ path, replay }: Path): string {
  return `${path}@${replay}`;
}

/** The path that such a word stands for; throws UsageError where it stands for none. */
export function readPath(word: string): Path {
  const [, path, replay] = SHAPE.exec(word) ?? [];
  if (path === undefined || replay === undefined)
    throw new UsageError(`--path ${word} is no path`, 'Give it as it was printed, such as 12:0:3@CA:F.');
  return { path, replay };
}

/** What fast-check adds to a run of commands when it is asked for its text. */
export function replayIn(text: string): string {
  return /replayPath="([^"]*)"/.exec(text)?.[1] ?? ':';
}
