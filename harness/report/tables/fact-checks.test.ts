import { expect, test } from 'vitest';
import type { Verdict } from '../../judge/verdict.ts';
import type { Published } from '../../results/published.ts';
import { digestOn } from '../../scenario/catalogue/digest.ts';
import { EXAMPLE, EXAMPLE_FILE, exampleWith } from '../../scenario/catalogue/example.fixture.ts';
import { loadScenario } from '../../scenario/catalogue/load.ts';
import type { FactCheck } from '../../scenario/lists/fact-checks.ts';
import { isTrueOn, renderFactChecks } from './fact-checks.ts';

const LOADED = loadScenario(EXAMPLE, EXAMPLE_FILE);
const UPGRADE = 'stale-scopes/example/upgrade';
const REMOTE = 'stale-scopes/example/remote';

const release = (version: string, checks: Record<string, Verdict>, digest = digestOn(version, LOADED)): Published => ({
  version,
  command: '',
  scenarios: { 'stale-scopes/example': { digest, checks } },
});

const said = (trueIf: FactCheck['trueIf'], releases?: string, more: Partial<FactCheck> = {}): FactCheck => ({
  statement: 'It is so',
  where: 'Answers.',
  reported: ['example/other#1'],
  falsifiedBy: 'It is not so.',
  trueIf,
  enough: 'every',
  falseIf: {},
  ...more,
  ...(releases === undefined ? {} : { releases }),
});

test.each<[FactCheck['trueIf'], Record<string, Verdict>, boolean | null]>([
  [{ [UPGRADE]: 'holds' }, { upgrade: 'pass' }, true],
  [{ [UPGRADE]: 'holds' }, { upgrade: 'reproduced' }, false],
  [{ [UPGRADE]: 'holds' }, { upgrade: 'known-deviation' }, false],
  [{ [UPGRADE]: 'fails' }, { upgrade: 'reproduced' }, true],
  [{ [UPGRADE]: 'fails' }, { upgrade: 'pass' }, false],
  [{ [UPGRADE]: 'holds' }, { upgrade: 'not-applicable' }, null],
  [{ [UPGRADE]: 'holds' }, {}, null],
  [{ [UPGRADE]: 'holds', [REMOTE]: 'holds' }, { upgrade: 'pass', remote: 'pass' }, true],
  [{ [UPGRADE]: 'holds', [REMOTE]: 'holds' }, { upgrade: 'pass', remote: 'not-applicable' }, true],
  [{ [UPGRADE]: 'holds', [REMOTE]: 'holds' }, { upgrade: 'pass' }, null],
  [{ [UPGRADE]: 'holds', [REMOTE]: 'holds' }, { upgrade: 'reproduced', remote: 'not-applicable' }, false],
])('what the verdicts of its checks say about a statement: %#', (trueIf, checks, truth) => {
  expect(isTrueOn(said(trueIf), [LOADED], release('2026.4.1', checks))).toBe(truth);
});

test('with enough: one, a single check makes it true, and only all of them make it false', () => {
  const ways: FactCheck = said({ [UPGRADE]: 'fails', [REMOTE]: 'fails' }, undefined, { enough: 'one' });
  const on = (checks: Record<string, Verdict>) => isTrueOn(ways, [LOADED], release('2026.4.1', checks));
  expect(on({ upgrade: 'pass', remote: 'reproduced' })).toBe(true);
  expect(on({ upgrade: 'pass', remote: 'pass' })).toBe(false);
  expect(on({ upgrade: 'pass', remote: 'not-applicable' })).toBe(false);
  expect(on({ upgrade: 'pass' })).toBeNull();
});

test('a check of falseIf can only contradict: a start with a setting shows nothing that it allows', () => {
  const opens: FactCheck = said({ [REMOTE]: 'fails' }, undefined, { falseIf: { [UPGRADE]: 'holds' } });
  const on = (checks: Record<string, Verdict>) => isTrueOn(opens, [LOADED], release('2026.4.1', checks));
  expect(on({ upgrade: 'pass', remote: 'not-applicable' })).toBe(false);
  expect(on({ upgrade: 'reproduced', remote: 'not-applicable' })).toBeNull();
  expect(on({ upgrade: 'reproduced', remote: 'pass' })).toBe(false);
  expect(on({ upgrade: 'reproduced', remote: 'reproduced' })).toBe(true);
});

test('a check that passes by its hardened expectation contradicts open access, and supports nothing', () => {
  const local = 'expect: { admitted: { scopes: [operator.read] } }';
  const refusal = '{ refused: { at: http, code: 403, cause: proxy-attribution } }';
  const hardened = loadScenario(
    exampleWith(local, `${local}\n    hardened: { releases: ">=2026.8.1", because: why, expect: ${refusal} }`),
    EXAMPLE_FILE,
  );
  const first = 'stale-scopes/example/first';
  const on = (version: string, when: 'holds' | 'fails') =>
    isTrueOn(said({ [first]: when }), [hardened], {
      ...release(version, { first: 'pass' }, digestOn(version, hardened)),
    });
  expect([on('2026.7.1-2', 'holds'), on('2026.7.1-2', 'fails')]).toEqual([true, false]);
  expect([on('2026.8.1', 'holds'), on('2026.8.1', 'fails')]).toEqual([null, false]);
});

test('neither results of another text nor releases outside the range of the statement decide anything', () => {
  const holds: FactCheck['trueIf'] = { [UPGRADE]: 'holds' };
  expect(isTrueOn(said(holds), [LOADED], release('2026.4.1', { upgrade: 'pass' }, 'another'))).toBeNull();
  expect(isTrueOn(said(holds, '<2026.4.1'), [LOADED], release('2026.4.1', { upgrade: 'pass' }))).toBeNull();
});

test('the table names the releases on which it is true and false, or says that none was played', () => {
  const holds: FactCheck['trueIf'] = { [UPGRADE]: 'holds' };
  const releases = [release('2026.4.1', { upgrade: 'reproduced' }), release('2026.9.6', { upgrade: 'pass' })];
  const rows = renderFactChecks(
    [said(holds), said(holds, '<=2026.4.11'), said({ [REMOTE]: 'holds' })],
    [LOADED],
    releases,
  )
    .split('\n')
    .filter((line) => line.startsWith('| It is so'))
    .map((line) => line.split(' | ').slice(1, 3));
  expect(rows).toEqual([
    ['all', '**true** on 2026.9.6; **false** on 2026.4.1'],
    ['`<=2026.4.11`', '**false** on 2026.4.1'],
    ['all', 'not played yet'],
  ]);
});
