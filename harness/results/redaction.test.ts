import { describe, expect, test } from 'vitest';
import { createSecretRegistry } from '../redaction/redactor.ts';
import type { Observation } from '../scenario/observation.ts';
import { RedactionError, redacted, redactedObservation } from './redaction.ts';
import { reportSchema } from './report.ts';
import { ONE_GATEWAY, sampleReport } from './sample.fixture.ts';

const secretRegistry = createSecretRegistry();
const SECRET = secretRegistry.mint('token');

/** Takes every word for a secret. */
const everything = (text: string): string => text.replace(/\S+/g, '«x»');

test('free text is redacted, and every other part of an observation stays as it is', () => {
  const observation: Observation = {
    outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'credentials', reason: 'why', text: 'no way' },
    pairing: 'none',
    audit: [{ event: 'refused', scopesFrom: ['operator.read'], line: 'a line' }],
    answer: { kind: 'answered', payload: { ok: true, deep: [{ text: 'said' }, 1, null] } },
  };
  const words = /^(refused|handshake|credentials|none|answered)$/;
  const redact = (text: string): string => (words.test(text) ? text : everything(text));
  expect(redactedObservation(observation, redact)).toEqual({
    outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'credentials', reason: '«x»', text: '«x» «x»' },
    pairing: 'none',
    audit: [{ event: 'refused', scopesFrom: ['«x»'], line: '«x» «x»' }],
    answer: { kind: 'answered', payload: { '«x»': true, '«x» (2)': [{ '«x»': '«x»' }, 1, null] } },
  });
});

describe('keys of a payload', () => {
  const payloadOf = (payload: Record<string, unknown>): unknown => {
    const seen = redactedObservation({ answer: { kind: 'answered', payload } }, secretRegistry.redact);
    return seen.answer?.kind === 'answered' ? seen.answer.payload : null;
  };

  test('never change while no secret stands in them', () => {
    const payload = { schemaVersion: { token: 1, '«token»': 2, 'operator.admin': 3 }, __proto__x: [] };
    expect(payloadOf(payload)).toEqual(payload);
  });

  test('are replaced where one does, and hide no other', () => {
    expect(payloadOf({ [SECRET]: 1, '«token»': 2, deep: { [`x-${SECRET}`]: 3 } })).toEqual({
      '«token» (2)': 1,
      '«token»': 2,
      deep: { 'x-«token»': 3 },
    });
  });
});

test('a secret in a word of ours is an error that names the place and not the secret', () => {
  const report = sampleReport(ONE_GATEWAY);
  const scenarios = report.scenarios.map((scenario) => ({ ...scenario, file: `scenarios/${SECRET}.yaml` }));
  expect(() => redacted(reportSchema, { ...report, scenarios }, secretRegistry.redact)).toThrow(
    new RedactionError('a secret stands in scenarios.0.file, where no text of others may stand'),
  );
});

test('a report without secrets stays as it is', () => {
  const report = sampleReport();
  expect(redacted(reportSchema, report, secretRegistry.redact)).toEqual(report);
});
