import type { Observation } from '../scenario/observation.ts';
import { type Deviation, describeDeviation, knownDeviation } from './deviation.ts';
import type { Verdict } from './verdict.ts';

/** What many observations of one gateway say about one property, such as "nobody is paired without an operator who says yes". */
export type PropertyEvidence = {
  /** Why the property is not claimed for this release; null where it is. */
  notClaimed: string | null;
  /** An observation that breaks the property beyond doubt; `observation` is null where no deviation may excuse it. null for no breach. */
  breach: { observation: Observation | null } | null;
  /** Why a breach is in doubt: what broke the property once did not when it was looked at again. null where nothing is in doubt. */
  doubt: string | null;
  /** Why an absence of breaches proves nothing: what was not reached or could not be read. null where all was seen. */
  gap: string | null;
};

/** The check that the property is judged as, on a gateway of this version, at this day (YYYY-MM-DD). */
export type PropertyCase = { check: string; version: string; deviations: readonly Deviation[]; today: string };

export type PropertyRuling = { verdict: Verdict; because: string | null };

/**
 * Judges one property of a gateway by everything that was seen of it. A breach beyond doubt outranks one in doubt, and both outrank what was
 * not seen. Pure.
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
