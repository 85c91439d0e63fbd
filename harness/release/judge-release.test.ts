import { expect, test } from 'vitest';
import { EXIT } from '../exit.ts';
import type { Verdict } from '../judge/verdict.ts';
import { changeWith, explainedWith, findingOf } from '../results/comparison.fixture.ts';
import type { Comparison } from '../results/comparison.ts';
import { HARMS, type Harm } from '../results/finding.ts';
import { type Outcome, RULED_OUTCOMES, type RuledOutcome } from '../results/release-outcomes.ts';
import type { Effect, ReleaseVerdict } from '../results/release-verdict.ts';
import type { PlayedGate } from './evidence.ts';
import { channelOf, judgeRelease, type ReleaseEvidence } from './judge-release.ts';
import { BETA, evidenceWith, gatesWith, POLICY, reasonsOf, STABLE } from './release.fixture.ts';

const BLOCKER = 'stale-scopes/local-write-after-read/local-upgrade';
const REMOTE_BLOCKER = 'stale-scopes/local-write-after-read/remote-upgrade';
const OTHER = 'restart/paired-after-restart/after-restart';

const judged = (evidence: ReleaseEvidence): ReleaseVerdict => judgeRelease(evidence).whole;
const summary = ({ verdict, exitCode }: ReleaseVerdict): [string, number] => [verdict, exitCode];

test('a candidate that was played whole against every baseline, and on which everything holds, ships', () => {
  const { verdict, exitCode, channel, baselines, checks, reasons } = judged(evidenceWith(STABLE));
  expect({ verdict, exitCode, channel, checks, reasons }).toEqual({
    verdict: 'SHIP',
    exitCode: 0,
    channel: 'stable',
    checks: { declared: 18, held: 18, notRun: 0 },
    reasons: [],
  });
  expect(baselines.map(({ name, release, state }) => [name, release, state])).toEqual([
    ['latest', '2026.9.6', 'compared'],
    ['previous-stable', '2026.9.5', 'compared'],
    ['extended-stable', '2026.7.35', 'compared'],
    ['floor', '2026.6.34', 'compared'],
  ]);
});

test('a preview goes out as a beta, and everything else is judged as a stable release', () => {
  expect([BETA, STABLE, '2026.7.1-2', 'dev'].map(channelOf)).toEqual(['beta', 'stable', 'stable', 'stable']);
});

/** The gates of a candidate with another comparison. */
const comparedWith = (version: string, over: Partial<PlayedGate['compared']>): PlayedGate[] =>
  gatesWith(version).map((gate) => ({ ...gate, compared: { ...gate.compared, ...over } }));

const CHANGE = changeWith({ id: 'identity/example/check', base: {}, head: {}, change: 'changed' });
const DEVIATION = {
  check: BLOCKER,
  releases: '>=2026.9.7-beta.1',
  signature: {},
  reason: 'It is known.',
  link: 'openclaw/openclaw#1',
  owner: '@somebody',
  expires: '2026-12-01',
};
const WAIVER = {
  outcome: 'check-regressed' as const,
  of: OTHER,
  candidates: '>=2026.9.7-beta.1 <=2026.9.7',
  reason: 'It is rare.',
  link: 'openclaw/openclaw#2',
  owner: '@somebody',
  expires: '2027-03-31',
};

const ofChecks =
  (candidate: Partial<Record<string, Verdict>>, base: Partial<Record<string, Verdict>> = {}) =>
  (version: string): Partial<ReleaseEvidence> => ({ gates: gatesWith(version, { base, candidate }) });
const ofComparison =
  (over: Partial<Comparison>) =>
  (version: string): Partial<ReleaseEvidence> => ({ gates: comparedWith(version, over) });

/** What makes each outcome, and what the policy of the project says about it for a beta and for a stable release. */
const MADE: Record<
  Exclude<RuledOutcome, Exclude<Harm, 'undecided'>>,
  [over: (version: string) => Partial<ReleaseEvidence>, beta: Effect, stable: Effect]
> = {
  'blocker-regressed': [ofChecks({ [BLOCKER]: 'fail' }), 'holds', 'holds'],
  'blocker-red-on-both': [ofChecks({ [BLOCKER]: 'reproduced' }, { [BLOCKER]: 'reproduced' }), 'noted', 'holds'],
  'own-client-given-more': [ofComparison({ ownClientGivenMore: 'admitted' }), 'holds', 'holds'],
  'check-regressed': [ofChecks({ [OTHER]: 'fail' }), 'noted', 'holds'],
  'check-red-on-both': [ofChecks({ [OTHER]: 'fail' }, { [OTHER]: 'fail' }), 'noted', 'noted'],
  'verdict-lost': [ofChecks({ [OTHER]: 'not-applicable' }), 'holds', 'holds'],
  'gateway-problem': [
    (version) => ({
      gates: gatesWith(version).map((gate) => ({
        ...gate,
        problems: [{ text: 'it wrote a token to its log', of: 'gateway' }],
      })),
    }),
    'holds',
    'holds',
  ],
  'entry-stale': [ofComparison({ stale: ['the weakening accepted for x expired'] }), 'holds', 'holds'],
  'entry-expiring': [() => ({ tolerated: { deviations: [DEVIATION], accepted: [] } }), 'noted', 'holds'],
  'unexpected-pass': [ofChecks({ [OTHER]: 'unexpected-pass' }), 'noted', 'noted'],
  'waiver-unused': [() => ({ policy: { ...POLICY, waivers: [WAIVER] } }), 'noted', 'noted'],
  flaky: [ofChecks({ [OTHER]: 'flaky' }), 'holds', 'holds'],
  undecided: [ofChecks({ [OTHER]: 'not-testable' }), 'holds', 'holds'],
};

/** What the policy of the project says about the findings of each harm. */
const HARM_EFFECTS: Record<Harm, [beta: Effect, stable: Effect]> = {
  'remote-admin': ['holds', 'holds'],
  'remote-admission': ['holds', 'holds'],
  'remote-secret': ['holds', 'holds'],
  'remote-scopes': ['holds', 'holds'],
  'remote-nearer': ['holds', 'holds'],
  unlogged: ['noted', 'holds'],
  'local-gain': ['noted', 'noted'],
  undecided: ['holds', 'holds'],
  'local-loss': ['noted', 'holds'],
  accepted: ['noted', 'noted'],
  'remote-loss': ['noted', 'noted'],
  other: ['noted', 'noted'],
};

const effectsOf = (outcome: Outcome, over: (version: string) => Partial<ReleaseEvidence>): (Effect | undefined)[] =>
  [BETA, STABLE].map((version) => {
    const found = reasonsOf(evidenceWith(version, over(version))).filter(([name]) => name === outcome);
    return found[0]?.[2];
  });

test.each(Object.entries(MADE))('the rule about %s decides for a beta and for a stable release', (name, row) => {
  const [over, beta, stable] = row;
  const outcome = RULED_OUTCOMES.find((each) => each === name) ?? 'other';
  expect(effectsOf(outcome, over)).toEqual([beta, stable]);
  expect(effectsOf(outcome, () => ({}))).toEqual([undefined, undefined]);
});

test.each(HARMS)('the rule about findings of the harm %s decides for a beta and for a stable release', (harm) => {
  const { findings } = explainedWith({ findings: [findingOf(CHANGE, { harm })] });
  expect(effectsOf(harm, (version) => ({ gates: comparedWith(version, { findings }) }))).toEqual(HARM_EFFECTS[harm]);
});

test('a published weakness that is still there holds a beta, too', () => {
  const declared = evidenceWith(BETA).declared.map((check) => ({ ...check, class: 'advisories' }));
  const gates = gatesWith(BETA, { base: { [BLOCKER]: 'reproduced' }, candidate: { [BLOCKER]: 'reproduced' } });
  expect(reasonsOf(evidenceWith(BETA, { gates, declared }))).toContainEqual(['blocker-red-on-both', BLOCKER, 'holds']);
});

test('a baseline that was not played is not run, and holds the candidates that must be compared with it', () => {
  const onlyLatest = (version: string): ReleaseEvidence =>
    evidenceWith(version, { gates: gatesWith(version).slice(0, 1) });
  expect(reasonsOf(onlyLatest(STABLE))).toEqual([
    ['not-run', 'previous-stable', 'holds'],
    ['not-run', 'extended-stable', 'holds'],
    ['not-run', 'floor', 'holds'],
  ]);
  expect(summary(judged(onlyLatest(STABLE)))).toEqual(['HOLD', EXIT.environment]);
  expect(summary(judged(onlyLatest(BETA)))).toEqual(['SHIP', EXIT.holds]);
});

test('a build that calls itself by the version of a baseline is not that baseline', () => {
  const [latest, ...others] = gatesWith(BETA);
  if (latest === undefined) throw new Error('a beta has baselines');
  const base = { ...latest.compared.base, source: 'packed' as const };
  const gates = [{ ...latest, compared: { ...latest.compared, base } }, ...others];
  expect(reasonsOf(evidenceWith(BETA, { gates }))).toEqual([['not-run', 'latest', 'holds']]);
});

test.each<[what: string, verdict: Verdict]>([
  ['the selection left out', 'skipped'],
  ['the environment failed', 'error'],
])('a check that %s was not run, on the candidate or on a baseline', (_what, verdict) => {
  for (const side of ['base', 'candidate'] as const) {
    const [gate, ...others] = gatesWith(BETA, { [side]: { [OTHER]: verdict } });
    if (gate === undefined) throw new Error('a beta has baselines');
    const evidence = evidenceWith(BETA, { gates: [gate, ...others] });
    expect(reasonsOf(evidence)).toContainEqual(['not-run', 'restart/paired-after-restart', 'holds']);
    expect(judged(evidence).checks.notRun).toBe(1);
  }
});

test('each scenario that was not run has the reason of the report, and the command that plays it', () => {
  const because = 'it takes minutes; play it with --tag slow';
  const gates = gatesWith(BETA, { candidate: { [BLOCKER]: 'skipped' } }).map((gate) => ({
    ...gate,
    candidate: {
      ...gate.candidate,
      checks: gate.candidate.checks.flatMap((check) => {
        if (check.id === OTHER) return [];
        return check.id === BLOCKER ? [{ ...check, because }] : [check];
      }),
    },
  }));
  const notRun = judged(evidenceWith(BETA, { gates })).reasons.filter(({ outcome }) => outcome === 'not-run');
  expect(Object.fromEntries(notRun.map(({ id, text, command }) => [id, [text, command]]))).toEqual({
    'stale-scopes/local-write-after-read': [
      `${because}: ${BLOCKER}`,
      'npx postern gate --profile release --base 2026.9.6 --head ./openclaw-current.tgz --table none --only stale-scopes/local-write-after-read',
    ],
    'restart/paired-after-restart': [
      `the report of gate 20261121-093000-a1b2 does not have it, so its selection, profile or Postern lacks it: ${OTHER}`,
      'npx postern gate --profile release --base 2026.9.6 --head ./openclaw-current.tgz --table none --only restart/paired-after-restart',
    ],
  });
});

test('what one change of the gateway does to other clients is a reason of its own that names the worst', () => {
  const change = changeWith({ id: BLOCKER, base: {}, head: {}, change: 'changed' });
  const local = findingOf(change, { harm: 'local-loss' });
  const { findings } = explainedWith({ findings: [findingOf(CHANGE, { harm: 'remote-admin', also: [local] })] });
  const texts = judged(evidenceWith(STABLE, { gates: comparedWith(STABLE, { findings }) })).reasons.map(
    ({ outcome, text }) => [outcome, text],
  );
  const answers = 'refused: pairing-required (not-paired) → admitted';
  const about = 'its scenario is about: A device first paired for reading cannot spawn sub-agents';
  expect(texts).toEqual([
    ['remote-admin', answers],
    ['local-loss', `${answers}; ${about}; the same change as identity/example/check`],
  ]);
});

test('a report from which public output left something out cannot ship, and what it lacks is not named', () => {
  const gates = gatesWith(BETA).map((gate) => ({
    ...gate,
    candidate: { ...gate.candidate, withheld: 1, checks: gate.candidate.checks.slice(1) },
  }));
  expect(reasonsOf(evidenceWith(BETA, { gates }))).toEqual([['withheld', '20261121-093000-a1b2', 'holds']]);
});

test('what is red on one baseline and right on another is worse, and is told once', () => {
  const [first, second, ...others] = gatesWith(STABLE, { candidate: { [BLOCKER]: 'fail' } });
  const [, red] = gatesWith(STABLE, { base: { [BLOCKER]: 'fail' }, candidate: { [BLOCKER]: 'fail' } });
  if (first === undefined || second === undefined || red === undefined) throw new Error('there are baselines');
  const blockers = judged(evidenceWith(STABLE, { gates: [first, red, ...others] })).reasons.filter(
    ({ id }) => id === BLOCKER,
  );
  expect(blockers.map(({ outcome, against }) => [outcome, against])).toEqual([
    ['blocker-regressed', ['2026.9.6', '2026.7.35', '2026.6.34']],
  ]);
});

test('reasons come in the order of their weight, and the exit code is that of the worst', () => {
  const gates = comparedWith(STABLE, {
    findings: [findingOf(CHANGE, { harm: 'local-loss' }), findingOf(CHANGE, { harm: 'remote-admission', id: 'x' })],
    standings: [{ id: OTHER, standing: 'untold', base: 'pass', head: 'flaky' }],
    stale: ['an entry is old'],
  });
  const outcomes = reasonsOf(evidenceWith(STABLE, { gates: gates.slice(0, 1) })).map(([outcome]) => outcome);
  expect(outcomes).toEqual([
    ...['remote-admission', 'local-loss', 'entry-stale', 'flaky'],
    ...['not-run', 'not-run', 'not-run'],
  ]);
  const codeOf = (over: Partial<ReleaseEvidence>): number => judged(evidenceWith(STABLE, over)).exitCode;
  expect(codeOf({ gates: gates.slice(0, 1) })).toBe(EXIT.weakened);
  expect(codeOf({ gates: comparedWith(STABLE, { unwritten: ['auto-approved'] }).slice(0, 1) })).toBe(EXIT.failed);
  expect(codeOf({ gates: comparedWith(STABLE, { stale: ['old'] }).slice(0, 1) })).toBe(EXIT.environment);
  expect(codeOf({ gates: comparedWith(STABLE, { stale: ['old'] }) })).toBe(EXIT.stale);
});

const waived = (expires: string): ReleaseEvidence =>
  evidenceWith(STABLE, {
    gates: gatesWith(STABLE, { candidate: { [OTHER]: 'fail' } }),
    policy: { ...POLICY, waivers: [{ ...WAIVER, expires }] },
  });

test.each([
  ['weakened', 'HOLD', [['remote-scopes', 'rights/sessions.delete', 'holds']]],
  ['undecided', 'HOLD', [['undecided', 'rights/sessions.delete', 'holds']]],
  ['tightened', 'SHIP', [['remote-loss', 'rights/sessions.delete', 'noted']]],
  ['new', 'SHIP', []],
] as const)('a method of the candidate that is %s: %s', (kind, verdict, reasons) => {
  const gates = gatesWith(STABLE).map((gate) => {
    const change = {
      survey: 'rights',
      where: 'sessions.delete',
      gained: 'read',
      lost: '',
      isOfBase: false,
      accepted: null,
    };
    return { ...gate, compared: { ...gate.compared, surveys: [{ ...change, kind }] } };
  });
  const evidence = evidenceWith(STABLE, { gates });
  expect(summary(judged(evidence))[0]).toBe(verdict);
  expect(reasonsOf(evidence)).toEqual(reasons);
});

test('a waiver lets one thing through until its last day, and then holds', () => {
  const checks = (evidence: ReleaseEvidence) => reasonsOf(evidence).filter(([outcome]) => outcome !== 'other');
  expect(checks(waived('2027-03-31'))).toEqual([['check-regressed', OTHER, 'waived']]);
  expect(summary(judged(waived('2027-03-31')))).toEqual(['SHIP', EXIT.holds]);
  const label = `waiver of check-regressed for ${OTHER}`;
  expect(checks(waived('2026-11-27'))).toEqual([
    ['check-regressed', OTHER, 'waived'],
    ['entry-expiring', label, 'holds'],
  ]);
  expect(checks(waived('2026-11-26'))).toEqual([
    ['check-regressed', OTHER, 'holds'],
    ['entry-stale', label, 'holds'],
  ]);
  expect(summary(judged(waived('2026-11-26')))).toEqual(['HOLD', EXIT.failed]);
});

test('a waiver counts for the candidates that it names alone', () => {
  const evidence = waived('2027-03-31');
  const waivers = [{ ...WAIVER, candidates: '=2026.9.8' }];
  expect(summary(judged({ ...evidence, policy: { ...POLICY, waivers } }))).toEqual(['HOLD', EXIT.failed]);
});

test('what a baseline has and nobody has published counts, and is in no public form', () => {
  const gates = gatesWith(STABLE, {
    base: { [REMOTE_BLOCKER]: 'fail' },
    candidate: { [REMOTE_BLOCKER]: 'fail' },
  });
  const { whole, shown } = judgeRelease(evidenceWith(STABLE, { gates }));
  expect(whole.reasons.map(({ id }) => id)).toContain(REMOTE_BLOCKER);
  expect(JSON.stringify(shown)).not.toContain(REMOTE_BLOCKER);
  expect([shown.verdict, shown.exitCode, shown.withheld]).toEqual(['HOLD', whole.exitCode, 1]);
});
