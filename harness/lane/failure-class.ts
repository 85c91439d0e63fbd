import { EXIT, type ExitCode } from '../exit.ts';

/**
 * How OpenClaw's release process classes a failure: its docs/reference/RELEASING.md has "product, harness/tooling/provenance,
 * infrastructure/credential, or wrapper". Only a product failure changes the candidate.
 */
export type FailureClass = 'product' | 'harness-tooling-provenance' | 'infrastructure-credential' | 'wrapper';

/** The class of each exit code of Postern; null for success. */
const FAILURE_CLASS: Record<ExitCode, FailureClass | null> = {
  [EXIT.holds]: null,
  [EXIT.failed]: 'product',
  [EXIT.weakened]: 'product',
  [EXIT.usage]: 'harness-tooling-provenance',
  [EXIT.stale]: 'harness-tooling-provenance',
  [EXIT.environment]: 'infrastructure-credential',
  // What ended the run from outside was not Postern: a cancelled job, or the time limit of the lane.
  [EXIT.interrupted]: 'wrapper',
};

/** The class of a failure, by the exit code of a report; `wrapper` for a number that Postern never gives. */
export function failureClassOf(exitCode: number): FailureClass | null {
  const known = Object.values(EXIT).find((code) => code === exitCode);
  return known === undefined ? 'wrapper' : FAILURE_CLASS[known];
}
