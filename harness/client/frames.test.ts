import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFrame } from './frames.ts';

const read = (value: unknown) => readFrame(JSON.stringify(value));

describe('frames of the protocol', () => {
  test('a challenge, with fields that a later release adds', () => {
    const payload = { nonce: 'n-1', ts: 1, capabilities: ['model-catalog-snapshot'] };
    expect(read({ type: 'event', event: 'connect.challenge', payload })).toEqual({ kind: 'challenge', nonce: 'n-1' });
  });

  test('a challenge without a nonce is an event like any other', () => {
    expect(read({ type: 'event', event: 'connect.challenge' })).toEqual({
      kind: 'event',
      event: { type: 'event', event: 'connect.challenge', payload: {} },
    });
  });

  test('a good response', () => {
    expect(read({ type: 'res', id: 'connect', ok: true, payload: { type: 'hello-ok' } })).toEqual({
      kind: 'response',
      response: { type: 'res', id: 'connect', ok: true, payload: { type: 'hello-ok' } },
    });
  });

  test.each([
    ['with details', { code: 'PAIRING_REQUIRED' }, { code: 'PAIRING_REQUIRED' }],
    ['without details', undefined, {}],
    ['with details that are no object', 'none', {}],
  ])('a refusal %s', (_label, details, expected) => {
    expect(
      read({
        type: 'res',
        id: 'connect',
        ok: false,
        error: { code: 'NOT_PAIRED', message: 'pairing required', details },
      }),
    ).toEqual({
      kind: 'response',
      response: {
        type: 'res',
        id: 'connect',
        ok: false,
        error: { code: 'NOT_PAIRED', message: 'pairing required', details: expected },
      },
    });
  });
});

describe('a text that is no frame is unreadable, with the reason', () => {
  test.each<[string, string, string]>([
    ['garbage', 'garbage', 'a text frame that is not JSON'],
    ['an empty text', '', 'a text frame that is not JSON'],
    ['a list', '[]', 'a JSON frame that is neither an event nor a response'],
    ['another type', '{"type":"req","id":"1","method":"x"}', 'a JSON frame that is neither an event nor a response'],
    [
      'a refusal without an error',
      '{"type":"res","id":"1","ok":false}',
      'a JSON frame that is neither an event nor a response',
    ],
    ['ok as a string', '{"type":"res","id":"1","ok":"true"}', 'a JSON frame that is neither an event nor a response'],
  ])('%s', (_label, text, why) => {
    expect(readFrame(text)).toEqual({ kind: 'unreadable', why });
  });

  test('no text makes readFrame throw', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => readFrame(text).kind.length > 0));
  });
});
