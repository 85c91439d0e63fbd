import { expect, test } from 'vitest';
import { faultsIn } from './faults.ts';

const noLeaks = (): string[] => [];
const answer = (status: number, headers: Record<string, string>, body = '') =>
  ({ kind: status === 101 ? 'upgraded' : 'answered', status, headers, body }) as const;

test('a secret is found in headers and in the body, once', () => {
  const leaksIn = (text: string): string[] => (text.includes('abc') ? ['token'] : []);
  expect(faultsIn(answer(302, { location: '/?token=abc' }, 'abc'), 'GET', leaksIn)).toEqual([
    { kind: 'secret', what: 'token' },
  ]);
});

test('TRACE that is answered is a fault, and TRACE that is refused is none', () => {
  expect(faultsIn(answer(200, {}, 'TRACE / HTTP/1.1'), 'TRACE', noLeaks)).toEqual([{ kind: 'trace', what: '200' }]);
  expect(faultsIn(answer(405, {}), 'TRACE', noLeaks)).toEqual([]);
});

test('a foreign page may read an answer if it is named, or if credentials go with any origin', () => {
  const allow = (origin: string, more: Record<string, string> = {}) =>
    faultsIn(answer(200, { 'access-control-allow-origin': origin, ...more }), 'GET', noLeaks);
  const credentials = { 'access-control-allow-credentials': 'true' };
  expect(allow('https://evil.example')).toEqual([
    { kind: 'foreign-origin', what: 'access-control-allow-origin: https://evil.example' },
  ]);
  expect(allow('null', credentials)).toEqual([{ kind: 'foreign-origin', what: 'access-control-allow-origin: null' }]);
  expect(allow('*')).toEqual([]);
});

test('a socket that agrees on a compression is a fault', () => {
  const offered = { 'sec-websocket-extensions': 'permessage-deflate' };
  expect(faultsIn(answer(101, offered), 'GET', noLeaks)).toEqual([{ kind: 'compression', what: 'permessage-deflate' }]);
  expect(faultsIn(answer(101, {}), 'GET', noLeaks)).toEqual([]);
});

test('a request without an answer has no fault', () => {
  expect(faultsIn({ kind: 'timeout' }, 'TRACE', noLeaks)).toEqual([]);
});
