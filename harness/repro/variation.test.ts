import { expect, test } from 'vitest';
import type { Fact, PlainKind, Source } from '../paste/facts.ts';
import { LOADED } from '../results/published.fixture.ts';
import { EXAMPLE, EXAMPLE_FILE, exampleWith } from '../scenario/catalogue/example.fixture.ts';
import { loadScenario } from '../scenario/catalogue/load.ts';
import { variationsFor, varied } from './variation.ts';

const fact = (kind: PlainKind, value: string, line = 3, source: Source = 'printed'): Fact => ({
  kind,
  value,
  line,
  source,
});

const BEHIND_A_PROXY = loadScenario(
  exampleWith('knock: { as: agent, from: lan,', 'knock: { as: agent, from: proxy,'),
  EXAMPLE_FILE,
);

test('a password in the place of a token is a variation, with the line that says so', () => {
  expect(variationsFor(LOADED, [fact('auth-mode', 'password')])).toEqual([{ key: 'auth', value: 'password', line: 3 }]);
});

test.each([
  ['what the scenario has already', [fact('auth-mode', 'token')]],
  ['what an answer claims', [fact('auth-mode', 'password', 3, 'claimed-by-answer')]],
  ['what the report contradicts', [fact('auth-mode', 'password'), fact('auth-mode', 'token', 4)]],
  ['a bind address, if a client comes from the network', [fact('bind', 'loopback')]],
  ['trusted proxies, if nothing passes a proxy', [fact('trusted-proxies', '127.0.0.1')]],
])('%s varies nothing', (_, facts) => {
  expect(variationsFor(LOADED, facts)).toEqual([]);
});

test('trusted proxies are addresses; other words in the list are left out', () => {
  expect(variationsFor(BEHIND_A_PROXY, [fact('trusted-proxies', '["127.0.0.1", "::1", "my proxy"]')])).toEqual([
    { key: 'trustedProxies', value: ['127.0.0.1', '::1'], line: 3 },
  ]);
});

test('a bind address counts if every client comes from the machine of the gateway', () => {
  expect(variationsFor(BEHIND_A_PROXY, [fact('bind', 'loopback')])).toEqual([
    { key: 'bind', value: 'loopback', line: 3 },
  ]);
});

test('the varied scenario loads, with the settings and an id of its own', () => {
  const text = varied(EXAMPLE, LOADED, [
    { key: 'auth', value: 'password', line: 3 },
    { key: 'trustedProxies', value: ['127.0.0.1'], line: 4 },
  ]);
  const { scenario } = loadScenario(text, 'scenarios/stale-scopes/example-as-reported.yaml');
  expect(scenario.id).toBe('stale-scopes/example-as-reported');
  expect(scenario.gateway).toMatchObject({
    auth: 'password',
    config: { gateway: { trustedProxies: ['127.0.0.1'] } },
  });
  expect(scenario.steps).toEqual(LOADED.scenario.steps);
});
