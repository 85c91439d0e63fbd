import { expect, test } from 'vitest';
import { exitCodeOf } from '../judge/verdict.ts';
import { runDeadlineMs } from '../limits.ts';
import { planStages } from '../play/plan-stages.ts';
import { recordOf } from '../play/record.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import { subjectOf } from '../results/comparison.fixture.ts';
import type { CheckResult, Subject } from '../results/report.ts';
import { EXAMPLE } from '../scenario/catalogue/example.fixture.ts';
import { loadScenario } from '../scenario/catalogue/load.ts';
import { startTimeLimit } from './time-limit.ts';
import { createVerdicts } from './verdict-collector.ts';

const LOADED = loadScenario(EXAMPLE, 'scenarios/stale-scopes/example.yaml');
const SUBJECT = subjectOf('2026.4.1');
const WHY = 'the run took longer than its 40 min, and the check was not judged by then';

test('when the time limit is over, checks without a verdict are errors, and later results are ignored', async () => {
  const limit = startTimeLimit(20);
  const result: { subject: Subject; checks: CheckResult[] } = { subject: SUBJECT, checks: [] };
  const request = {
    root: '',
    secretRegistry: createSecretRegistry(),
    purpose: 'run',
    scenarios: [LOADED],
    whyLeftOut: () => null,
    deviations: [],
    today: '2026-11-21',
    emit: () => {},
    problem: () => {},
    stopped: limit.passed,
  } as const;
  const verdicts = createVerdicts(request, 'stub', result, planStages([LOADED], '2026.4.1'));
  expect([await limit.over, limit.passed()]).toEqual([null, true]);

  verdicts.giveUp(WHY);
  verdicts.played(LOADED, new Map([[`${LOADED.scenario.id}/first`, recordOf({ pairing: 'pending' })]]));
  expect(result.checks.map(({ name, verdict, because }) => [name, verdict, because])).toEqual(
    LOADED.checks.map(({ name }) => [name, 'error', WHY]),
  );
  expect(exitCodeOf(result.checks, [])).toBe(3);
});

test('the time limit of a run depends on how much it plays', () => {
  const minutes = [runDeadlineMs(1, 1, 0), runDeadlineMs(250, 1, 0), runDeadlineMs(250, 2, 600)].map(
    (ms) => ms / 60_000,
  );
  expect(minutes).toEqual([60.5, 185, 640]);
});
