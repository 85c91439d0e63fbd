import { expect, test } from 'vitest';
import { createSecretRegistry } from '../redaction/redactor.ts';
import { subjectOf } from '../results/comparison.fixture.ts';
import { EXAMPLE, EXAMPLE_FILE } from '../scenario/catalogue/example.fixture.ts';
import { loadScenario } from '../scenario/catalogue/load.ts';
import { lostChecks } from './build-report.ts';
import { createVerdicts, type VerdictsRequest } from './verdict-collector.ts';

const loaded = loadScenario(EXAMPLE, EXAMPLE_FILE);
const stage = {
  id: 'stage',
  gateway: loaded.scenario.gateway,
  batches: [[{ loaded, workaround: null }]],
  routes: [],
  showsPages: false,
};

function request(over: Partial<VerdictsRequest> = {}): VerdictsRequest {
  return {
    root: '.',
    secretRegistry: createSecretRegistry(),
    purpose: 'run',
    scenarios: [loaded],
    whyLeftOut: () => null,
    deviations: [],
    today: '2026-11-26',
    emit: () => {},
    problem: () => {},
    stopped: () => false,
    ...over,
  };
}
test('an answer that makes the judging code throw gives each check of the scenario an error', () => {
  const result = { subject: subjectOf('2026.9.6'), checks: [] };
  const verdicts = createVerdicts(request(), '2026.9.6', result, [stage]);
  // No schema of an observation takes this: the judge throws while it reads it.
  const broken = {
    observation: { rows: { paired: Number.NaN, pending: 0 } },
    transcript: null,
    logLines: [],
    pairingList: null,
    vantage: null,
    durationMs: 0,
  };
  verdicts.played(loaded, new Map(loaded.checks.map(({ id }) => [id, broken])));
  const judged: readonly { id: string; verdict: string }[] = result.checks;
  expect(judged.map(({ id, verdict }) => [id, verdict])).toEqual(loaded.checks.map(({ id }) => [id, 'error']));
});

test('declared checks without a verdict are a problem with its own exit code, for each gateway', () => {
  const judged = loaded.checks.slice(1).map(({ id }) => ({ gateway: 'a', id }));
  const declared = loaded.checks.map(({ id }) => id);
  expect(
    lostChecks(
      ['a'],
      declared,
      declared.map((id) => ({ gateway: 'a', id })),
    ),
  ).toEqual([]);
  expect(lostChecks(['a', 'b'], declared, judged)).toEqual([
    { text: `1 of ${declared.length} declared checks have no verdict on a, first ${declared[0]}`, exitCode: 3 },
    {
      text: `${declared.length} of ${declared.length} declared checks have no verdict on b, first ${declared[0]}`,
      exitCode: 3,
    },
  ]);
});
