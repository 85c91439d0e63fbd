import type { Observation } from '../scenario/schema/observation.ts';
import { type Deviation, describeDeviation, knownDeviation } from './deviation.ts';
import type { Verdict } from './verdict.ts';

/** The evidence that many observations of one gateway give about one property, such as "no device is paired without an operator's approval". */
export type PropertyEvidence = {
  /** Why the property is not claimed for this release; null if it is claimed. */
  notClaimed: string | null;
  /** A violation that was observed without doubt; its `observation` is null if no deviation may excuse it. null if there is no violation. */
  breach: { observation: Observation | null } | null;
  /** Why a violation is in doubt: a first observation violated the property, and a second one did not. null if nothing is in doubt. */
  doubt: string | null;
  /** Why the absence of violations proves nothing: what was not reached or could not be read. null if everything was observed. */
  gap: string | null;
};

/** The id of the property's check, the gateway's version, the entries of deviations.yaml, and the day of the run (YYYY-MM-DD). */
export type PropertyCase = { check: string; version: string; deviations: readonly Deviation[]; today: string };

/** The verdict of a property, and its reason in one line; null if the evidence alone is the reason. */
export type PropertyRuling = { verdict: Verdict; because: string | null };

/**
 * Judges one property of a gateway by all observations of it. A violation without doubt outranks one in doubt, and both outrank a gap: `fail` or
 * `known-deviation`, then `flaky`, then `not-testable`. Without any of them the property passes. Pure.
 */
export function judgeProperty(
  evidence: PropertyEvidence,
  { check, version, deviations, today }: PropertyCase,
): PropertyRuling {
  const { notClaimed, breach, doubt, gap } = evidence;
  if (notClaimed !== null) return { verdict: 'not-applicable', because: notClaimed };
  if (breach !== null) {
    const entry =
      breach.observation === null ? null : knownDeviation(deviations, check, { version, today }, breach.observation);
    return entry === null
      ? { verdict: 'fail', because: null }
      : { verdict: 'known-deviation', because: describeDeviation(entry) };
  }
  if (doubt !== null) return { verdict: 'flaky', because: doubt };
  if (gap !== null) return { verdict: 'not-testable', because: gap };
  return { verdict: 'pass', because: null };
}
