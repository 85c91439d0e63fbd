import { describe, expect, test } from 'vitest';
import { createSecretRegistry } from '../redaction/redactor.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import { RedactionError, redacted, redactedObservation } from './redaction.ts';
import { reportSchema } from './report.ts';
import { ONE_GATEWAY, sampleReport } from './sample.fixture.ts';

const secretRegistry = createSecretRegistry();
const SECRET = secretRegistry.mint('token');

/** Treats every text as a secret. */
const everything = (text: string): string => text.replace(/\S+/g, '«x»');

test('free text is redacted, and all other parts of an observation are unchanged', () => {
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

  test('are unchanged if they contain no secret', () => {
    const payload = { schemaVersion: { token: 1, '«token»': 2, 'operator.admin': 3 }, __proto__x: [] };
    expect(payloadOf(payload)).toEqual(payload);
  });

  test('are replaced if they contain a secret, and no entry is lost', () => {
    expect(payloadOf({ [SECRET]: 1, '«token»': 2, deep: { [`x-${SECRET}`]: 3 } })).toEqual({
      '«token» (2)': 1,
      '«token»': 2,
      deep: { 'x-«token»': 3 },
    });
  });
});

test('a secret in a word of Postern is an error that names the field and not the secret', () => {
  const report = sampleReport(ONE_GATEWAY);
  const scenarios = report.scenarios.map((scenario) => ({ ...scenario, file: `scenarios/${SECRET}.yaml` }));
  expect(() => redacted(reportSchema, { ...report, scenarios }, secretRegistry.redact)).toThrow(
    new RedactionError('a secret is in scenarios.0.file, which may hold only words of Postern'),
  );
});

test('a report without secrets is unchanged', () => {
  const report = sampleReport();
  expect(redacted(reportSchema, report, secretRegistry.redact)).toEqual(report);
});
