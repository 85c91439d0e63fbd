import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { CheckResult } from '../results/report.ts';
import { ALL_HOLD, sampleReport } from '../results/sample.fixture.ts';
import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/load.ts';
import { type Kept, keptChecksOf, notKept, readKept, withPlayed, writeKept } from './kept.ts';

const [first, second] = loadScenarios(ROOT);
const [sample] = sampleReport(ALL_HOLD).checks;
if (first === undefined || second === undefined || sample === undefined) throw new Error('there is nothing to keep');
const check: CheckResult = { ...sample, id: `${first.scenario.id}/a`, scenario: first.scenario.id };
const NOTHING: Kept = { tag: 'postern/mutant:1.2.3-0123456789ab', scenarios: {} };
const file = path.join(mkdtempSync(path.join(tmpdir(), 'postern-kept-')), 'kept', 'a-mutant.json');

test('what was played is found again, and what was not is left to play', () => {
  writeKept(file, withPlayed(NOTHING, [first], [check]));
  const kept = readKept(file, NOTHING.tag);
  expect(notKept(kept, [first, second])).toEqual([second]);
  expect([...keptChecksOf(kept, [first]).values()]).toEqual([
    { id: check.id, verdict: check.verdict, seen: check.seen, observation: check.observation },
  ]);
});

test('a scenario that was rewritten is played again', () => {
  writeKept(file, withPlayed(NOTHING, [first], [check]));
  const rewritten = { ...first, digest: 'another' };
  expect(notKept(readKept(file, NOTHING.tag), [rewritten])).toEqual([rewritten]);
});

test('another image is played from the beginning, as is a file that cannot be read', () => {
  writeKept(file, withPlayed(NOTHING, [first], [check]));
  expect(readKept(file, 'postern/mutant:1.2.3-ba9876543210').scenarios).toEqual({});
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 40));
  expect(readKept(file, NOTHING.tag)).toEqual(NOTHING);
  expect(readKept(`${file}.gone`, NOTHING.tag)).toEqual(NOTHING);
});
