import { EXIT, type ExitCode } from '../../exit.ts';

/** What a finished command says about merging its head, as one word for a CI server. */
export type MergeVerdict = 'safe' | 'weaker' | 'broken' | 'stale' | 'cannot-tell';

/** The word for each exit code. What was not decided is never `safe`. */
const MERGE_VERDICT: Record<ExitCode, MergeVerdict> = {
  [EXIT.holds]: 'safe',
  [EXIT.failed]: 'broken',
  [EXIT.usage]: 'cannot-tell',
  [EXIT.environment]: 'cannot-tell',
  [EXIT.weakened]: 'weaker',
  [EXIT.stale]: 'stale',
  [EXIT.interrupted]: 'cannot-tell',
};

/** The verdict about merging, by the exit code of the command or of its report; `cannot-tell` for a number that is no exit code of Postern. */
export function mergeVerdictOf(exitCode: number): MergeVerdict {
  const known = Object.values(EXIT).find((code) => code === exitCode);
  return known === undefined ? 'cannot-tell' : MERGE_VERDICT[known];
}
