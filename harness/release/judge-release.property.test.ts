import fc from 'fast-check';
import { test } from 'vitest';
import type { Verdict } from '../judge/verdict.ts';
import { VERDICTS } from '../judge/verdict.ts';
import type { CheckResult } from '../results/report.ts';
import type { PlayedGate } from './evidence.ts';
import { judgeRelease, type ReleaseEvidence } from './judge-release.ts';
import { BETA, DECLARED, evidenceWith, gateWith, POLICY, STABLE } from './release.fixture.ts';

const IDS = DECLARED.map(({ id }) => id);
const anyId = fc.constantFrom(...IDS);
const verdicts = fc.dictionary(anyId, fc.constantFrom<Verdict>(...VERDICTS), { maxKeys: 4 });
const waiver = fc.record({
  outcome: fc.constantFrom('blocker-regressed' as const, 'check-regressed' as const, 'flaky' as const),
  of: anyId,
  candidates: fc.constant('>=2026.9.1'),
  reason: fc.constant('It is known.'),
  link: fc.constant('openclaw/openclaw#1'),
  owner: fc.constant('@somebody'),
  expires: fc.constantFrom('2026-01-01', '2027-12-31'),
});

/** A candidate with random verdicts on it and on its baseline, and with random waivers. Baselines that are not played hold a stable one. */
const evidences = fc
  .record({
    version: fc.constantFrom(BETA, STABLE),
    base: verdicts,
    candidate: verdicts,
    waivers: fc.uniqueArray(waiver, { maxLength: 3, selector: ({ outcome, of }) => `${outcome} ${of}` }),
  })
  .map(({ version, base, candidate, waivers }) =>
    evidenceWith(version, { gates: [gateWith(version, { base, candidate })], policy: { ...POLICY, waivers } }),
  );

const ships = (evidence: ReleaseEvidence): boolean => judgeRelease(evidence).whole.verdict === 'SHIP';

/** The evidence with other checks of the candidate. */
function withChecks(evidence: ReleaseEvidence, checks: (all: CheckResult[]) => CheckResult[]): ReleaseEvidence {
  const change = (gate: PlayedGate): PlayedGate => ({
    ...gate,
    candidate: { ...gate.candidate, checks: checks(gate.candidate.checks) },
  });
  return { ...evidence, gates: evidence.gates.map(change) };
}

test('a check more that fails never turns HOLD into SHIP', () => {
  fc.assert(
    fc.property(evidences, fc.boolean(), (evidence, blocker) => {
      const id = 'races/one-more/check';
      const declared = [...evidence.declared, { id, scenario: 'races/one-more', class: 'races', blocker }];
      const gates = evidence.gates.map((gate) => {
        const standing = { id, standing: 'regressed' as const, base: null, head: 'fail' as const };
        const compared = { ...gate.compared, standings: [...gate.compared.standings, standing] };
        const [check] = gate.candidate.checks;
        const checks = check === undefined ? [] : [...gate.candidate.checks, { ...check, id }];
        return {
          ...gate,
          compared,
          base: { ...gate.base, checks: [...gate.base.checks, ...checks.slice(-1)] },
          candidate: { ...gate.candidate, checks },
        };
      });
      return ships(evidence) || !ships({ ...evidence, gates, declared });
    }),
    { numRuns: 60 },
  );
});

test('a check that passes and then fails never turns HOLD into SHIP', () => {
  fc.assert(
    fc.property(evidences, anyId, (evidence, id) => {
      const gates = evidence.gates.map((gate) => {
        const was = gate.candidate.checks.find((check) => check.id === id);
        if (was?.verdict !== 'pass' || gate.base.checks.find((check) => check.id === id)?.verdict !== 'pass')
          return gate;
        const standing = { id, standing: 'regressed' as const, base: 'pass' as const, head: 'fail' as const };
        return { ...gate, compared: { ...gate.compared, standings: [...gate.compared.standings, standing] } };
      });
      return ships(evidence) || !ships({ ...evidence, gates });
    }),
    { numRuns: 60 },
  );
});

test('a played check that is removed never turns HOLD into SHIP, and always holds', () => {
  fc.assert(
    fc.property(
      evidences,
      anyId,
      (evidence, id) => !ships(withChecks(evidence, (all) => all.filter((check) => check.id !== id))),
    ),
    { numRuns: 60 },
  );
});
