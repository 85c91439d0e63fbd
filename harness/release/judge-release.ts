import { type Channel, worstOfRelease } from '../results/release-outcomes.ts';
import { RELEASE_SCHEMA_VERSION, type ReleaseVerdict } from '../results/release-verdict.ts';
import type { Subject } from '../results/report.ts';
import { isPreview } from '../scenario/releases/npm-releases.ts';
import { weigh } from './apply-policy.ts';
import { judgedBaselines } from './baselines.ts';
import { checkOccurrences } from './check-occurrences.ts';
import { comparisonOccurrences } from './comparison-occurrences.ts';
import { coverageOccurrences, notRunIn } from './coverage-occurrences.ts';
import type { DeclaredCheck, PlayedGate } from './evidence.ts';
import { type Days, dayAfter, listOccurrences, type Tolerated, waiverOccurrences } from './list-occurrences.ts';
import type { Policy } from './policy-schema.ts';

/** What a release verdict is made of. */
export type ReleaseEvidence = {
  candidate: Subject;
  /** The tarball that the candidate was installed from; null for any other kind of gateway, or if it is gone. */
  tarball: ReleaseVerdict['candidate']['tarball'];
  gates: readonly PlayedGate[];
  /** The checks that must have a verdict in every gate. */
  declared: readonly DeclaredCheck[];
  /** The releases among which the baselines are found, in any order. */
  published: readonly string[];
  tolerated: Tolerated;
  policy: Policy;
  about: ReleaseVerdict['policy'];
  suite: ReleaseVerdict['suite'];
  /** YYYY-MM-DD. */
  today: string;
};

/** A release verdict, whole and as public output shows it. */
type JudgedRelease = { whole: ReleaseVerdict; shown: ReleaseVerdict };

/** The channel that a version goes to: beta for a preview, stable for every other one and for a build without a version. */
export function channelOf(version: string): Channel {
  return isPreview(version) ? 'beta' : 'stable';
}

/**
 * Decides about a candidate. It ships only if nothing holds it: no rule of the policy, and nothing that was not run, was left out or could not be
 * decided. What is left out of the public form counts all the same. Pure.
 */
export function judgeRelease(evidence: ReleaseEvidence): JudgedRelease {
  const { candidate, gates, policy, declared, today } = evidence;
  const { version } = candidate;
  const channel = channelOf(version);
  const baselines = judgedBaselines(
    version,
    evidence.published,
    gates.map(({ compared }) => compared.base),
  );
  const days: Days = { today, soon: dayAfter(today, policy.expiringDays) };
  const byId = new Map(declared.map((check) => [check.id, check]));
  const seen = [
    ...gates.flatMap((gate) => checkOccurrences(gate, byId)),
    ...gates.flatMap(comparisonOccurrences),
    ...listOccurrences(gates, evidence.tolerated, version, days),
    ...coverageOccurrences(gates, declared, baselines, candidate.reference),
  ];
  const weighed = weigh([...seen, ...waiverOccurrences(policy.waivers, seen, version, days)], policy, {
    channel,
    candidate: version,
    today,
  });
  const reasons = weighed.map(({ reason }) => reason);
  const holding = reasons.filter(({ effect }) => effect === 'holds');
  const { reference, source, image, digest } = candidate;
  const whole: ReleaseVerdict = {
    schemaVersion: RELEASE_SCHEMA_VERSION,
    verdict: holding.length === 0 ? 'SHIP' : 'HOLD',
    exitCode: worstOfRelease(holding.map(({ exitCode }) => exitCode)),
    channel,
    judgedOn: today,
    candidate: { reference, version, source, image, digest, tarball: evidence.tarball },
    suite: evidence.suite,
    policy: evidence.about,
    baselines,
    gates: gates.map(judgedGate),
    checks: countsOf(gates, declared),
    reasons,
    withheld: 0,
  };
  const shown = weighed.filter(({ isWithheld }) => !isWithheld).map(({ reason }) => reason);
  return { whole, shown: { ...whole, reasons: shown, withheld: reasons.length - shown.length } };
}

function judgedGate({ compared, candidate: { run }, sha256 }: PlayedGate): ReleaseVerdict['gates'][number] {
  const { reference, version, source, image, digest } = compared.base;
  return {
    run: run.id,
    base: { reference, version, source, image, digest },
    suite: run.suite,
    sha256,
    exitCode: run.exitCode,
  };
}

/** How many checks are declared, hold on the candidate in every gate, and have no verdict in one of them. */
function countsOf(gates: readonly PlayedGate[], declared: readonly DeclaredCheck[]): ReleaseVerdict['checks'] {
  const verdicts = gates.map(
    ({ candidate }) => new Map(candidate.checks.map(({ id, verdict }) => [id, verdict === 'pass'])),
  );
  const held = gates.length === 0 ? [] : declared.filter(({ id }) => verdicts.every((of) => of.get(id) === true));
  const notRun = gates.length === 0 ? declared : [...new Set(gates.flatMap((gate) => notRunIn(gate, declared)))];
  return { declared: declared.length, held: held.length, notRun: notRun.length };
}
