import { shellWord } from './shell-word.ts';

/** What `postern replay` plays again, beside the id: where, from which file, and with which random knocks. */
type Played = {
  /** References of gateways; none for the newest published one. */
  gateways?: readonly string[];
  /** The path of the scenario's file, if that is not in the catalogue. */
  file?: string | null;
  /** The seed of a search by random knocks, and the path of a violation that it found (null if it found none). */
  search?: { seed: number; path: string | null } | null;
};

/**
 * The command that plays a check, a scenario or a cell of the decision table once more, as reports and answers show it: one line that can be
 * pasted into a shell.
 */
export function replayCommand(id: string, { gateways = [], file = null, search = null }: Played = {}): string {
  return [
    'npx postern replay',
    id,
    ...gateways.flatMap((gateway) => ['--gateway', shellWord(gateway)]),
    ...(file === null ? [] : ['--file', shellWord(file)]),
    ...(search === null ? [] : ['--seed', `${search.seed}`]),
    ...(search === null || search.path === null ? [] : ['--path', search.path]),
  ].join(' ');
}
