import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { CheckResult } from '../results/report.ts';
import { ALL_HOLD, sampleReport } from '../results/sample.fixture.ts';
import { CATALOGUE } from '../scenario/catalogue/catalogue.fixture.ts';
import { type CachedResults, cachedChecksOf, notCached, readCache, withPlayed, writeCache } from './result-cache.ts';

const [first, second] = CATALOGUE;
const [sample] = sampleReport(ALL_HOLD).checks;
if (first === undefined || second === undefined || sample === undefined) throw new Error('there is nothing to keep');
const check: CheckResult = { ...sample, id: `${first.scenario.id}/a`, scenario: first.scenario.id };
const NOTHING: CachedResults = { tag: 'postern/mutant:1.2.3-0123456789ab', scenarios: {} };
const file = path.join(mkdtempSync(path.join(tmpdir(), 'postern-kept-')), 'kept', 'a-mutant.json');

test('played scenarios are cached, and others are left to play', () => {
  writeCache(file, withPlayed(NOTHING, [first], [check]));
  const kept = readCache(file, NOTHING.tag);
  expect(notCached(kept, [first, second])).toEqual([second]);
  expect([...cachedChecksOf(kept, [first]).values()]).toEqual([
    { id: check.id, verdict: check.verdict, seen: check.seen, observation: check.observation },
  ]);
});

test('a changed scenario is played again', () => {
  writeCache(file, withPlayed(NOTHING, [first], [check]));
  const rewritten = { ...first, digest: 'another' };
  expect(notCached(readCache(file, NOTHING.tag), [rewritten])).toEqual([rewritten]);
});

test('what the environment failed is played again', () => {
  writeCache(file, withPlayed(NOTHING, [first], [check, { ...check, id: `${check.id}-2`, verdict: 'error' }]));
  expect(notCached(readCache(file, NOTHING.tag), [first])).toEqual([first]);
});

test('the results of another image, or in an unreadable file, are not used', () => {
  writeCache(file, withPlayed(NOTHING, [first], [check]));
  expect(readCache(file, 'postern/mutant:1.2.3-ba9876543210').scenarios).toEqual({});
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 40));
  expect(readCache(file, NOTHING.tag)).toEqual(NOTHING);
  expect(readCache(`${file}.gone`, NOTHING.tag)).toEqual(NOTHING);
});
