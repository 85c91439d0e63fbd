import { describe, expect, test } from 'vitest';
import { linesOf } from './clean-text.ts';
import { extractFacts } from './extract.ts';
import type { Fact } from './facts.ts';
import { reportedRelease } from './reported-release.ts';
import { sectionsOf } from './sections.ts';

const factsIn = (text: string): Fact[] => extractFacts(sectionsOf(linesOf(text)));

/** The values of the facts of one kind. */
const valuesIn = (text: string, kind: Fact['kind']): string[] =>
  factsIn(text)
    .filter((fact) => fact.kind === kind)
    .map(({ value }) => value);

describe('releases', () => {
  const releasesIn = (text: string): string[] =>
    factsIn(text).flatMap((fact) =>
      fact.kind === 'release' ? [`${fact.value} ${fact.of} ${fact.when} ${fact.given}`] : [],
    );
  test.each([
    ['OpenClaw 2026.2.19-2 (45d9b20)', '2026.2.19-2 gateway now exact'],
    ['version v2026.02.07', '2026.2.7 gateway now exact'],
    ['the android app is 2026.4.5', '2026.4.5 client now exact'],
    ['add-on 2026.3.24-2', '2026.3.24-2 distribution now exact'],
    ['client=Pixel node v2026.4.5 min=3', '2026.4.5 client now exact'],
    ['it worked on 2026.3.8', '2026.3.8 gateway worked exact'],
    ['2026.3.8 did not show it', '2026.3.8 gateway worked exact'],
    ['this is fixed in 2026.4.2', '2026.4.2 gateway mentioned exact'],
    ['broken since 2026.4.1', '2026.4.1 gateway now exact'],
    ['since version 2.26 nothing works', '2026.2.26 gateway now short'],
    ['a mate has it with 2026.3.2', '2026.3.2 another-user now exact'],
  ])('%s', (text, release) => {
    expect(releasesIn(text)).toEqual([release]);
  });
  test.each(['192.168.2.19', 'nginx/1.27.3', 'node 22.4.1', 'took 2.19 s', '2026-02-19'])('%s is none', (text) => {
    expect(releasesIn(text)).toEqual([]);
  });
  test('an update has two ends', () => {
    expect(releasesIn('updated from 2026.2.17 to 2026.2.19')).toEqual([
      '2026.2.17 gateway before exact',
      '2026.2.19 gateway now exact',
    ]);
    expect(releasesIn('2026.7.1 → 2026.8.1')).toEqual(['2026.7.1 gateway before exact', '2026.8.1 gateway now exact']);
  });
  test('what a program printed counts more than what is said, and the contradiction is shown', () => {
    const { shows, contradicts } = reportedRelease(
      factsIn('I run 2026.2.17\n$ openclaw --version\nOpenClaw 2026.2.19-2 (45d9b20)'),
    );
    expect([shows?.value, shows?.published, shows?.line]).toEqual(['2026.2.19-2', '2026.2.19', 3]);
    expect(contradicts.map(({ value, line }) => [value, line])).toEqual([['2026.2.17', 1]]);
  });
  test('what an answer claims is not the release of the report', () => {
    expect(reportedRelease(factsIn('> are you on 2026.4.15?\nI do not know')).shows).toBeNull();
  });
  test('a day gives a hint, and a release that was never published the nearest one', () => {
    expect(reportedRelease(factsIn('the build of feb 19')).shows).toMatchObject({
      published: '2026.2.19',
      given: 'day',
    });
    expect(reportedRelease(factsIn('OpenClaw 2026.3.12')).shows).toMatchObject({
      value: '2026.3.12',
      published: '2026.3.13',
    });
  });
});

describe('refusals', () => {
  test.each([
    ['gateway closed (1008): pairing required', 'close-code', ['1008']],
    ['disconnected (1006): no reason', 'close-code', ['1006']],
    ['code=1002 reason=protocol mismatch', 'close-code', ['1002']],
    ['port 1006 is free, 1000 times', 'close-code', []],
    ['GET https://x/y 401', 'http-status', ['401']],
    ['answers HTTP 403', 'http-status', ['403']],
    ['details.code AUTH_TOKEN_MISMATCH', 'error-code', ['AUTH_TOKEN_MISMATCH']],
    ['reason=scope-upgrade device=1', 'reason', ['scope-upgrade']],
    ['"reason":"origin not allowed"', 'reason', ['origin not allowed']],
    ['reason=trusted_proxy_missing_header_x-y', 'reason', ['trusted_proxy_missing_header_x-y']],
  ] as const)('%s', (text, kind, values) => {
    expect(valuesIn(text, kind)).toEqual(values);
  });
  test('scopes before and after are told apart from what is missing and what a device holds', () => {
    const text =
      'security audit: device access upgrade requested scopesFrom=operator.read scopesTo=operator.read,operator.write\nmissing scope: operator.admin\n"scopes": [\n  "operator.pairing"\n]';
    expect(factsIn(text).flatMap((fact) => (fact.kind === 'scopes' ? [`${fact.side} ${fact.value}`] : []))).toEqual([
      'from operator.read',
      'to operator.read,operator.write',
      'missing operator.admin',
      'held operator.pairing',
    ]);
  });
});

describe('settings', () => {
  test.each([
    ['JSON', '"trustedProxies": ["10.0.0.1", "::1"]'],
    ['JSON5 over lines', 'trustedProxies: [\n  "10.0.0.1", // the proxy\n  "::1",\n],'],
    ['YAML', 'trustedProxies:\n  - 10.0.0.1\n  - "::1"\n'],
  ])('a list in %s', (_, text) => {
    expect(valuesIn(text, 'trusted-proxies')).toEqual(['10.0.0.1, ::1']);
  });
  test('a mode is read by its value', () => {
    expect(valuesIn('"auth": { "mode": "trusted-proxy" }', 'auth-mode')).toEqual(['trusted-proxy']);
    expect(valuesIn('gateway.mode=remote', 'setting')).toEqual(['gateway.mode=remote']);
  });
  test('a secret is said to be set, and not shown', () => {
    expect(valuesIn('  password: hunter2', 'setting')).toEqual(['password=set']);
  });
  test('what is denied is no fact', () => {
    expect(valuesIn('no docker, and I do not use nginx', 'deployment')).toEqual([]);
    expect(valuesIn('no docker, without nginx', 'proxy')).toEqual([]);
  });
});

describe('workarounds', () => {
  const triedIn = (text: string): string[] =>
    factsIn(text).flatMap((fact) =>
      fact.kind === 'workaround' ? [`${fact.value} ${fact.became} ${fact.source}`] : [],
    );
  test.each([
    ['restarted twice, same', 'restart did-not-help stated'],
    ['I reinstalled it and it works', 'reinstall helped stated'],
    ['$ openclaw doctor --fix\nnothing changed', 'doctor did-not-help printed'],
    ['I have this\n> run openclaw doctor --fix', 'doctor not-said claimed-by-answer'],
    ['Neustart: hilft nicht', 'restart did-not-help stated'],
  ])('%s', (text, tried) => {
    expect(triedIn(text)).toEqual([tried]);
  });
});
