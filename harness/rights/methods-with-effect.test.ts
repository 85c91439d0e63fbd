import { expect, test } from 'vitest';
import { alwaysHasEffect, endsSessions, refusedBy } from './methods-with-effect.ts';

const of = (method: string, version: string): unknown[] => [
  alwaysHasEffect(method, version),
  endsSessions(method, version),
  refusedBy(method),
];

test.each([
  ['a method that refuses what no method takes', 'sessions.list', '2026.9.6', [false, false, null]],
  ['a method that does its work whatever it gets', 'tts.enable', '2026.9.6', [true, false, null]],
  ['a restart that refuses what is no object', 'gateway.restart.request', '2026.9.6', [false, false, []]],
  ['a restart that refuses nothing', 'gateway.restart.request', '2026.5.28', [true, true, []]],
  ['a name of JavaScript', 'constructor', '2026.5.28', [false, false, null]],
])('%s', (_, method, version, expected) => {
  expect(of(method, version)).toEqual(expected);
});
