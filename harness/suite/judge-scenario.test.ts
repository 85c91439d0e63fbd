import { expect, test } from 'vitest';
import type { StepRecord } from '../play/record.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import { EXAMPLE, EXAMPLE_FILE } from '../scenario/catalogue/example.fixture.ts';
import { loadScenario } from '../scenario/catalogue/load.ts';
import { judgeScenario, unjudged } from './judge-scenario.ts';

const CONTEXT = {
  gateway: '2026.9.6',
  version: '2026.9.6',
  purpose: 'run',
  skipped: null,
  deviations: [],
  today: '2026-11-21',
} as const;

test('a token that a description would cut in two is redacted before', () => {
  const secretRegistry = createSecretRegistry();
  const token = secretRegistry.mint('token');
  const loaded = loadScenario(EXAMPLE, EXAMPLE_FILE);
  // Descriptions have the first 160 characters of a text: the token would be across that edge.
  const record: StepRecord = {
    observation: { answer: { kind: 'answered', payload: { filler: 'x'.repeat(120), token } } },
    transcript: null,
    logLines: [],
    pairingList: null,
    vantage: 'lan',
    durationMs: 0,
  };
  const results = judgeScenario(loaded, new Map(loaded.checks.map(({ id }) => [id, record])), {
    ...CONTEXT,
    redact: secretRegistry.redact,
  });
  const told = JSON.stringify(results.map(({ seen, differences, observation }) => [seen, differences, observation]));
  expect(told).toContain('«token»');
  expect(told).not.toContain(token.slice(0, 12));
});

test('a scenario that cannot be judged keeps every check, as an error that says why', () => {
  const loaded = loadScenario(EXAMPLE, EXAMPLE_FILE);
  const results = unjudged(loaded, 'a token was in the way', {
    ...CONTEXT,
    redact: (text) => text.replace('token', '«token»'),
  });
  expect(results.map(({ id, verdict, holds }) => [id, verdict, holds])).toEqual(
    loaded.checks.map(({ id }) => [id, 'error', false]),
  );
  expect(new Set(results.map(({ because }) => because))).toEqual(
    new Set(['this scenario could not be judged, which is a defect of Postern: a «token» was in the way']),
  );
});

test('the report calls the part of a workaround `remedies`, as it always did', () => {
  const loaded = loadScenario(EXAMPLE, EXAMPLE_FILE);
  const results = judgeScenario(loaded, new Map(), { ...CONTEXT, redact: (text) => text });
  expect(loaded.checks.map(({ part }) => part)).toEqual(['steps', 'steps', 'boundary', 'workarounds']);
  expect(results.map(({ part }) => part)).toEqual(['steps', 'steps', 'boundary', 'remedies']);
});
