import type { Verdict } from '../judge/verdict.ts';
import { declaredChecks } from '../pairwise/declared.ts';
import type { ReleaseReason } from '../results/release-verdict.ts';
import { sampleReport } from '../results/sample.fixture.ts';
import { SAMPLE_SCENARIOS } from '../results/sample-scenarios.fixture.ts';
import { ROOT } from '../root.ts';
import { CATALOGUE } from '../scenario/catalogue/catalogue.fixture.ts';
import { NPM_RELEASES } from '../scenario/releases/npm-releases.ts';
import { baselinesOf } from '../scenario/releases/upgrade-baselines.ts';
import type { DeclaredCheck, PlayedGate } from './evidence.ts';
import { judgeRelease, type ReleaseEvidence } from './judge-release.ts';
import { playedGate } from './played-gate.ts';
import { loadPolicy } from './policy.ts';

export const TODAY = '2026-11-27';
export const BETA = '2026.9.7-beta.1';
export const STABLE = '2026.9.7';
/** The candidate, a build that nobody has published. */
export const CANDIDATE = './openclaw-current.tgz';

type Verdicts = Partial<Record<string, Verdict>>;

/** No accepted weakenings, and nothing to explain a comparison by. */
const NOTHING_KNOWN = { accepted: [], scenarios: [], published: [] };

export const DECLARED: readonly DeclaredCheck[] = SAMPLE_SCENARIOS.flatMap(({ info, checks }) =>
  checks.map(({ name }) => ({
    id: `${info.id}/${name}`,
    scenario: info.id,
    class: info.class,
    blocker: info.blocker,
  })),
);

/** The release policy of the project. */
export const POLICY = loadPolicy(ROOT, declaredChecks(CATALOGUE)).policy;

/** A gate of a candidate of this version against a release, with the verdicts that are no pass. */
export function gateWith(
  version: string,
  { base = {}, candidate = {}, against = '2026.9.6' }: { base?: Verdicts; candidate?: Verdicts; against?: string } = {},
): PlayedGate {
  const gateways = [
    { reference: against, version: against, verdicts: base },
    { reference: CANDIDATE, version, verdicts: candidate },
  ];
  const report = sampleReport(gateways, 'gate');
  return playedGate(
    { ...report, run: { ...report.run, exitCode: 0, problems: [] } },
    { reasons: [], sha256: 'a'.repeat(64) },
    NOTHING_KNOWN,
    TODAY,
  );
}

/** The same gate against every baseline of the candidate. */
export function gatesWith(version: string, verdicts: Parameters<typeof gateWith>[1] = {}): PlayedGate[] {
  return baselinesOf(version, NPM_RELEASES).flatMap(({ release }) =>
    release === null ? [] : [gateWith(version, { ...verdicts, against: release })],
  );
}

/** The evidence about a candidate of this version, played whole, on which everything holds, except for the given fields. */
export function evidenceWith(version: string, over: Partial<ReleaseEvidence> = {}): ReleaseEvidence {
  const gates = over.gates ?? gatesWith(version);
  const candidate = (gates[0] ?? gateWith(version)).compared.head;
  return {
    candidate,
    tarball: { name: 'openclaw-current.tgz', sha256: 'b'.repeat(64) },
    gates,
    declared: DECLARED,
    published: NPM_RELEASES,
    tolerated: { deviations: [], accepted: [] },
    policy: POLICY,
    about: { file: 'scenarios/release-policy.yaml', sha256: 'c'.repeat(64) },
    suite: { version: '0.1.0', commit: '8c09baa' },
    today: TODAY,
    ...over,
  };
}

/** What was seen of a candidate: outcome, id and effect of each reason. */
export function reasonsOf(evidence: ReleaseEvidence): [ReleaseReason['outcome'], string, ReleaseReason['effect']][] {
  return judgeRelease(evidence).whole.reasons.map(({ outcome, id, effect }) => [outcome, id, effect]);
}
