import type { ExitCode } from '../exit.ts';
import { worst } from '../judge/verdict.ts';
import type { Comparison } from '../results/comparison.ts';
import { exitReasonsOf } from './exit-reasons.ts';

/** The exit code that the reasons of a comparison come to. */
export function exitCodeOfComparison(comparison: Comparison): ExitCode {
  return worst(exitReasonsOf(comparison).map(({ exitCode }) => exitCode));
}
