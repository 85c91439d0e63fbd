import type { CheckDeclaration } from '../scenario/catalogue/checks.ts';
import { rangeOf } from '../scenario/catalogue/workaround.ts';
import { inRange, isVersion } from '../scenario/releases/range.ts';
import type { Expectation } from '../scenario/schema/expectation.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';
import { type Comparison, compare } from './compare.ts';
import { describeExpectation, describeObservation, describeOutcome } from './describe.ts';
import { type Deviation, describeDeviation, deviationFor, isExpired, knownDeviation } from './deviation.ts';
import type { Verdict } from './verdict.ts';

/** The input of one verdict. */
export type Case = {
  check: CheckDeclaration;
  scenario: Scenario;
  /** The version that ranges are compared with: that of the installed package, and for the head of a gate at least that of the base. */
  version: string;
  /** The observation of the check's step; null if the run never reached the step. */
  observation: Observation | null;
  /**
   * The control of an expected refusal: the id of the check whose client must be admitted, with its observation (null if the run never
   * reached it). null if the check has no control.
   */
  control: { id: string; observation: Observation | null } | null;
  /** Why the run's selection leaves the scenario out; null if the scenario is selected. */
  skipped: string | null;
  deviations: readonly Deviation[];
  /** The day of the run, as YYYY-MM-DD; decides whether a deviation has expired. */
  today: string;
};

/** The verdict of one check, with its reasons. */
export type Judgement = {
  verdict: Verdict;
  /** The observation compared with `expect`, for every verdict; `compared` is 0 if the check was not compared. */
  comparison: Comparison;
  /** The reason for the verdict, in one line; null if the comparison alone is the reason. */
  because: string | null;
};

/** Why the check does not apply to this version; null if it applies. */
function whyNotApplicable({ check, scenario, version }: Case): string | null {
  if (scenario.applies !== undefined && !inRange(version, scenario.applies.releases)) return scenario.applies.because;
  if (check.workaround !== null && !inRange(version, rangeOf(scenario, check.workaround))) {
    return check.workaround.releases === undefined
      ? `nothing is broken on this release (affected: ${scenario.affected})`
      : `this is carried out on ${check.workaround.releases}`;
  }
  return null;
}

/** Why an observed refusal proves nothing; null if its control was admitted. */
function whyRefusalProvesNothing(control: Case['control']): string | null {
  if (control === null) return 'a refusal proves nothing without a control that is admitted, and there is none';
  const outcome = control.observation?.outcome;
  if (outcome?.kind === 'admitted') return null;
  const saw = outcome === undefined ? describeObservation(control.observation) : describeOutcome(outcome);
  return `a refusal proves nothing while its control ${control.id} is not admitted; the control showed: ${saw}`;
}

/**
 * Judges one check of a scenario. Takes the declaration, the observation, the control and the deviations; gives the verdict, the comparison
 * and the reason. Pure: the function reads and writes nothing else. `level` and `blocker` of the scenario do not change the verdict.
 *
 * A property is judged by many observations, in property.ts. No code outside of judge/ makes a verdict.
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

  // An unreadable version is in no range, so that every check with a range would be "not applicable", which is green.
  if (!isVersion(version)) return without('error', `"${version}" is not a version that can be compared with ranges`);
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
    // A gateway that refuses every client shows each symptom that is a refusal, so a reproduced refusal needs the control as well.
    const because = symptom.refused === undefined ? null : whyRefusalProvesNothing(input.control);
    if (ruling.verdict === 'reproduced' && because !== null) return { verdict: 'not-testable', comparison, because };
    return { comparison, ...(ruling.verdict === 'reproduced' ? applyDeviation(ruling, input, observation) : ruling) };
  }
  return { comparison, ...judgeDeviation(holds, input, observation) };
}

/** The judgement `error` of a check that the harness could not judge, for the given reason. Compares nothing, and never holds. */
export function unjudgeable(check: CheckDeclaration, because: string): Judgement {
  const expected = describeExpectation(check.expect);
  return {
    verdict: 'error',
    comparison: { compared: 0, differences: [], expected, seen: 'nothing that could be judged' },
    because,
  };
}

type Ruling = Pick<Judgement, 'verdict' | 'because'>;

/**
 * Judges a check with a symptom on a release in the range `affected`. Takes whether `expect` holds, and the comparison with the symptom. Only an
 * exact symptom is `reproduced`: right behaviour means that `affected` is stale, and a third behaviour that the scenario is wrong.
 */
function judgeAffected(holds: boolean, symptom: Comparison, affected: string): Ruling {
  const reproduced = symptom.differences.length === 0;
  if (reproduced && holds) {
    return { verdict: 'fail', because: 'the symptom cannot be told from right behaviour: both match the observation' };
  }
  if (reproduced) return { verdict: 'reproduced', because: `what users reported: ${symptom.expected}` };
  if (holds)
    return { verdict: 'unexpected-pass', because: `declared affected (${affected}), but right behaviour was observed` };
  const differences = symptom.differences.join('; ');
  return { verdict: 'fail', because: `neither right behaviour nor the symptom (${symptom.expected}): ${differences}` };
}

/** Gives `known-deviation` for a reproduced failure that has an entry in deviations.yaml until the entry expires, else the given ruling. */
function applyDeviation(reproduced: Ruling, input: Case, observation: Observation): Ruling {
  const entry = knownDeviation(input.deviations, input.check.id, input, observation);
  return entry === null ? reproduced : { verdict: 'known-deviation', because: describeDeviation(entry) };
}

/** Judges a check outside of `affected`: by `expect`, and by its entry in deviations.yaml, if it has one for this version. */
function judgeDeviation(holds: boolean, input: Case, observation: Observation): Ruling {
  const entry = deviationFor(input.deviations, input.check.id, input.version);
  if (entry === null) return { verdict: holds ? 'pass' : 'fail', because: null };
  const label = describeDeviation(entry);
  if (holds)
    return { verdict: 'unexpected-pass', because: `right behaviour was observed in spite of the deviation: ${label}` };
  const signature = compare(entry.signature, observation);
  if (signature.differences.length > 0) {
    const differences = signature.differences.join('; ');
    return { verdict: 'fail', because: `a deviation is declared, but this is another failure: ${differences}` };
  }
  if (isExpired(entry, input.today)) return { verdict: 'fail', because: `the deviation has expired: ${label}` };
  return { verdict: 'known-deviation', because: label };
}
