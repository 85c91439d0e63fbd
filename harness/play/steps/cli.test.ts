import { expect, test } from 'vitest';
import { tokensIn } from './cli.ts';

const TOKEN = 'k1_vVZ0-4mQeR7xT2bYwUo8LzNcJpHdSgA';

test.each([
  ['JSON over several lines', `{\n  "deviceId": "d",\n  "token": "${TOKEN}",\n  "rotatedAtMs": 1\n}`],
  ['JSON in one line', `{"ok":true,"node":{"nodeId":"n","token":"${TOKEN}"}}`],
  ['a name of several words', `{"deviceToken":"${TOKEN}"}`],
  ['a line for people', `Rotated.\nToken: ${TOKEN}\n`],
  ['a variable', `OPENCLAW_GATEWAY_TOKEN=${TOKEN}`],
])('a command that prints a token as %s', (_how, text) => {
  expect(tokensIn(text)).toEqual([TOKEN]);
});

test('a value without the form of a token is not taken for one', () => {
  expect(tokensIn('unauthorized: gateway token missing (run openclaw doctor --generate-gateway-token)')).toEqual([]);
  expect(tokensIn('{"token":null,"tokens":[],"token":"short"}')).toEqual([]);
});
