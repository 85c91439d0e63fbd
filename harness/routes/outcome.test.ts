import { expect, test } from 'vitest';
import type { RawAnswer } from '../client/raw-request.ts';
import { ALL_ROUTES } from './all-routes.ts';
import type { HttpRoute } from './http-route.ts';
import { OUTCOMES, provenBy, readOutcome } from './outcome.ts';

const routeOf = (id: string): HttpRoute => {
  const found = ALL_ROUTES.find((route) => route.id === id);
  if (found === undefined) throw new Error(`there is no route ${id}`);
  return found;
};
const answer = (status: number, type: string, body: string): RawAnswer => ({
  kind: status === 101 ? 'upgraded' : 'answered',
  status,
  headers: { 'content-type': type },
  body,
});
const PAGE = '<!doctype html><title>OpenClaw Control</title>';
const [JSON_UTF8, HTML, TEXT] = ['application/json; charset=utf-8', 'text/html; charset=utf-8', 'text/plain'];

test('answers of a gateway are read by the route that was asked', () => {
  const tools = routeOf('tools-invoke');
  const read = (id: HttpRoute, status: number, type: string, body: string, method = 'POST') =>
    readOutcome(answer(status, type, body), id, method);
  expect([
    read(tools, 400, JSON_UTF8, '{"error":{"message":"tools.invoke requires body.tool"}}'),
    read(tools, 400, TEXT, 'Bad Request'),
    read(tools, 401, JSON_UTF8, '{"error":{"message":"Unauthorized"}}'),
    read(tools, 403, JSON_UTF8, '{"error":{"type":"proxy_attribution_required"}}'),
    read(tools, 404, TEXT, 'Not Found'),
    read(tools, 405, TEXT, 'Method Not Allowed', 'GET'),
    read(tools, 429, JSON_UTF8, '{}'),
    read(tools, 200, HTML, PAGE, 'GET'),
    read(tools, 200, HTML, '<p>something else</p>', 'GET'),
    read(tools, 204, '', '', 'OPTIONS'),
    read(tools, 302, '', '', 'GET'),
    read(tools, 101, '', '', 'GET'),
    read(tools, 500, TEXT, 'Internal Server Error'),
    read(routeOf('panel'), 200, HTML, PAGE, 'GET'),
    read(routeOf('models'), 200, JSON_UTF8, '', 'HEAD'),
    read(routeOf('models'), 200, HTML, '', 'HEAD'),
    read(routeOf('board'), 200, HTML, PAGE, 'GET'),
    read(routeOf('board'), 200, HTML, '<p>a widget</p>', 'GET'),
    read(routeOf('sessions-history'), 403, JSON_UTF8, '', 'HEAD'),
    read(routeOf('gateway-socket'), 101, '', '{"event":"connect.challenge"}', 'GET'),
    read(routeOf('canvas-socket'), 101, '', '{"event":"connect.challenge"}', 'GET'),
    read(routeOf('canvas-socket'), 101, '', '', 'GET'),
    read(routeOf('sessions-history'), 403, JSON_UTF8, '{"message":"missing scope: operator.read"}', 'GET'),
  ]).toEqual([
    'past',
    'rejected',
    'denied-401',
    'denied-403',
    'not-found',
    'method-refused',
    'limited',
    'page',
    'unread',
    'unread',
    'redirected',
    'upgraded',
    'error',
    'served',
    'served',
    'page',
    'page',
    'served',
    'denied-403',
    'served',
    'upgraded',
    'served',
    'past',
  ]);
});

test('a request without an answer is read as such', () => {
  const tools = routeOf('tools-invoke');
  expect(readOutcome({ kind: 'closed', why: 'socket hang up' }, tools, 'POST')).toBe('closed');
  expect(readOutcome({ kind: 'timeout' }, tools, 'POST')).toBe('timeout');
});

test('only answers of a handler prove that a route is open, and one that nobody can read proves nothing', () => {
  expect(Object.fromEntries(OUTCOMES.map((outcome) => [outcome, provenBy(outcome)]))).toEqual({
    served: 'open',
    past: 'open',
    'denied-401': 'shut',
    'denied-403': 'shut',
    'not-found': 'shut',
    'method-refused': 'shut',
    rejected: 'shut',
    page: 'shut',
    redirected: 'shut',
    upgraded: 'shut',
    limited: 'undecided',
    error: 'undecided',
    closed: 'undecided',
    timeout: 'undecided',
    unread: 'undecided',
  });
});
