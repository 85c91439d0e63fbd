import type { CheckDeclaration } from '../scenario/checks.ts';
import type { Expectation } from '../scenario/expectation.ts';
import type { Observation } from '../scenario/observation.ts';
import { inRange, isVersion } from '../scenario/range.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { rangeOf } from '../scenario/workaround.ts';
import { type Comparison, compare } from './compare.ts';
import { describeExpectation, describeObservation, describeOutcome } from './describe.ts';
import { type Deviation, describeDeviation, deviationFor, isExpired, knownDeviation } from './deviation.ts';
import type { Verdict } from './verdict.ts';

/** Everything that a verdict rests on. */
export type Case = {
  check: CheckDeclaration;
  scenario: Scenario;
  /** Read from the running gateway. */
  version: string;
  /** What the step showed; null where it was never reached. */
  observation: Observation | null;
  /** The check that shows the door of a refusal open, with what it showed; null where the check needs none. */
  control: { id: string; observation: Observation | null } | null;
  /** Why the scenario was not to be played in this run; null where it was. */
  skipped: string | null;
  deviations: readonly Deviation[];
  /** YYYY-MM-DD. */
  today: string;
};

export type Judgement = {
  verdict: Verdict;
  /** Against right behaviour, whatever the verdict. Compares nothing where there was nothing to compare. */
  comparison: Comparison;
  /** Why the verdict is what it is, where that is more than the comparison. */
  because: string | null;
};

/** Why the check does not apply to this version, or null where it does. */
function whyNotApplicable({ check, scenario, version }: Case): string | null {
  if (scenario.applies !== undefined && !inRange(version, scenario.applies.range)) return scenario.applies.because;
  if (check.remedy !== null && !inRange(version, rangeOf(scenario, check.remedy))) {
    return check.remedy.range === undefined
      ? `nothing is broken on this release (affected: ${scenario.affected})`
      : `this is carried out on ${check.remedy.range}`;
  }
  return null;
}

/** Why a refusal that was seen proves nothing, or null where its control shows the door open. */
function whyRefusalProvesNothing(control: Case['control']): string | null {
  if (control === null) return 'a refusal proves nothing without a control that is admitted, and there is none';
  const outcome = control.observation?.outcome;
  if (outcome?.kind === 'admitted') return null;
  const saw = outcome === undefined ? describeObservation(control.observation) : describeOutcome(outcome);
  return `a refusal proves nothing while its control ${control.id} is not admitted; the control showed: ${saw}`;
}

/**
 * Judges one check of a scenario. A property that is held against many observations is judged in property.ts; no verdict is made outside
 * judge/. Pure: takes what was declared and what was seen, touches nothing.
 * `level` and `blocker` weigh a verdict in reports and gates; they do not change it.
 */
export function judge(input: Case): Judgement {
  const { check, scenario, version, observation } = input;
  const without = (verdict: Verdict, because: string): Judgement => ({
    verdict,
    comparison: {
      compared: 0,
      differences: [],
      expected: describeExpectation(check.expect),
      seen: describeObservation(observation),
    },
    because,
  });

  // No range is true of a version that cannot be read, and "not applicable" would be green.
  if (!isVersion(version)) return without('error', `"${version}" is no version that ranges can be held against`);
  const notApplicable = whyNotApplicable(input);
  if (notApplicable !== null) return without('not-applicable', notApplicable);
  if (input.skipped !== null) return without('skipped', input.skipped);
  if (observation === null) return without('not-testable', 'the step was never reached');
  if (observation.environmentFailed !== undefined) return without('error', observation.environmentFailed);
  if (observation.notCarriedOut !== undefined) return without('not-testable', observation.notCarriedOut);
  const leaked = (observation.leaked ?? []).length > 0;
  if (observation.outcome?.kind === 'unreadable' && !leaked)
    return without('error', describeOutcome(observation.outcome));

  const comparison = compare(check.expect, observation);
  const holds = comparison.differences.length === 0;
  if (holds && check.expect.refused !== undefined) {
    const because = whyRefusalProvesNothing(input.control);
    if (because !== null) return { verdict: 'not-testable', comparison, because };
  }
  const symptom: Expectation | undefined = check.step.symptom;
  if (symptom !== undefined && inRange(version, scenario.affected)) {
    const ruling = judgeAffected(holds, compare(symptom, observation), scenario.affected);
    // A gateway that refuses everyone shows every symptom that is a refusal.
    const because = symptom.refused === undefined ? null : whyRefusalProvesNothing(input.control);
    if (ruling.verdict === 'reproduced' && because !== null) return { verdict: 'not-testable', comparison, because };
    return { comparison, ...(ruling.verdict === 'reproduced' ? letBe(ruling, input, observation) : ruling) };
  }
  return { comparison, ...judgeDeviation(holds, input, observation) };
}

/** The judgement of a check that could not be judged, for the reason given: nothing is held against anything, and it never holds. */
export function unjudgeable(check: CheckDeclaration, because: string): Judgement {
  const expected = describeExpectation(check.expect);
  return {
    verdict: 'error',
    comparison: { compared: 0, differences: [], expected, seen: 'nothing that could be judged' },
    because,
  };
}

type Ruling = Pick<Judgement, 'verdict' | 'because'>;

/** On an affected release the symptom must be seen, exactly: anything else is a stale declaration or a broken scenario. */
function judgeAffected(holds: boolean, symptom: Comparison, affected: string): Ruling {
  const reproduced = symptom.differences.length === 0;
  if (reproduced && holds) {
    return { verdict: 'fail', because: 'the symptom cannot be told from right behaviour: both match what was seen' };
  }
  if (reproduced) return { verdict: 'reproduced', because: `what users reported: ${symptom.expected}` };
  if (holds)
    return { verdict: 'unexpected-pass', because: `declared affected (${affected}), but right behaviour was seen` };
  const differences = symptom.differences.join('; ');
  return { verdict: 'fail', because: `neither right behaviour nor the symptom (${symptom.expected}): ${differences}` };
}

/** A reported failure that is reproduced where somebody answers for it until a day is a known deviation until that day. */
function letBe(reproduced: Ruling, input: Case, observation: Observation): Ruling {
  const entry = knownDeviation(input.deviations, input.check.id, input, observation);
  return entry === null ? reproduced : { verdict: 'known-deviation', because: describeDeviation(entry) };
}

function judgeDeviation(holds: boolean, input: Case, observation: Observation): Ruling {
  const entry = deviationFor(input.deviations, input.check.id, input.version);
  if (entry === null) return { verdict: holds ? 'pass' : 'fail', because: null };
  const label = describeDeviation(entry);
  if (holds)
    return { verdict: 'unexpected-pass', because: `right behaviour was seen in spite of the deviation: ${label}` };
  const signature = compare(entry.signature, observation);
  if (signature.differences.length > 0) {
    const differences = signature.differences.join('; ');
    return { verdict: 'fail', because: `a deviation is declared, but this is another failure: ${differences}` };
  }
  if (isExpired(entry, input.today)) return { verdict: 'fail', because: `the deviation has expired: ${label}` };
  return { verdict: 'known-deviation', because: label };
}
