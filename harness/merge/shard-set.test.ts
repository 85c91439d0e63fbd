import { expect, test } from 'vitest';
import { UsageError } from '../exit.ts';
import { countsOf } from '../results/counts.ts';
import type { Report } from '../results/report.ts';
import { posternCommit, posternVersion } from '../version.ts';
import { type ReadReport, shardSetOf } from './shard-set.ts';
import { partsOf, playedWith, STRICT, shardReports } from './shards.fixture.ts';

const SUITE = { version: posternVersion(), commit: posternCommit() };
const PLAYED = playedWith(STRICT, 'run');
const PARTS = partsOf(PLAYED);
const [ONE, TWO, THREE] = shardReports(PLAYED, 3, (id) => 1 + (PARTS.indexOf(id) % 3));
if (ONE === undefined || TWO === undefined || THREE === undefined) throw new Error('three shards are made');

/** The second report after a change. */
const second = (change: (report: Report) => Report): ReadReport => ({ ...TWO, report: change(TWO.report) });
const inRun = (over: Partial<Report['run']>): ReadReport =>
  second((report) => ({ ...report, run: { ...report.run, ...over } }));
const inShard = (over: Partial<NonNullable<Report['run']['shard']>>): ReadReport => {
  const { shard } = TWO.report.run;
  return shard === undefined ? TWO : inRun({ shard: { ...shard, ...over } });
};
const inSubjects = (over: Partial<Report['subjects'][number]>): ReadReport =>
  second((report) => ({ ...report, subjects: report.subjects.map((subject) => ({ ...subject, ...over })) }));

test('the shards of a run are given back in their order, in whatever order they are given', () => {
  const numbers = [THREE, ONE, TWO].map(({ folder }) => folder);
  expect(numbers).toEqual(['reports/shard-3', 'reports/shard-1', 'reports/shard-2']);
  expect(shardSetOf([THREE, ONE, TWO], SUITE).map(({ shard }) => shard.index)).toEqual([1, 2, 3]);
});

test('an image that each machine built is the same gateway by its tag, and the id may differ', () => {
  expect(shardSetOf([ONE, inSubjects({ digest: 'sha256:other' }), THREE], SUITE)).toHaveLength(3);
});

test.each<[fault: string, reports: ReadReport[], says: string]>([
  ['a missing shard', [ONE, THREE], 'the report of shard 2/3 is missing'],
  ['two missing shards', [TWO], 'the report of shard 1/3, 3/3 is missing'],
  [
    'a shard that is given twice',
    [ONE, TWO, { ...TWO, folder: 'reports/again' }, THREE],
    'reports/again and reports/shard-2 are both shard 2/3',
  ],
  ['a report of a whole run', [ONE, second(withoutShard), THREE], 'reports/shard-2 is not the report of a shard'],
  [
    'another seed',
    [ONE, inRun({ seed: 8 }), THREE],
    'reports/shard-1 and reports/shard-2 have not the same seed (7 and 8)',
  ],
  ['another purpose', [ONE, inRun({ purpose: 'gate' }), THREE], 'have not the same purpose (run and gate)'],
  [
    'another commit',
    [ONE, inRun({ suite: { version: '0.0.1', commit: null } }), THREE],
    'have not the same commit of Postern',
  ],
  ['another number of shards', [ONE, inShard({ of: 4 }), THREE], 'have not the same number of shards (3 and 4)'],
  [
    'another selection',
    [ONE, inShard({ checks: ['a/b/c'] }), THREE],
    'reports/shard-2 was changed after it was written',
  ],
  ['a wider selection', [ONE, widened(), THREE], 'have not the same selection of checks'],
  [
    'another package',
    [ONE, inSubjects({ image: 'postern/gateway:other' }), THREE],
    'reports/shard-1 and reports/shard-2 played different gateways as 2026.4.1: 2026.4.1 in postern/gateway:2026.4.1, and 2026.4.1 in postern/gateway:other',
  ],
  [
    'what public output leaves out',
    [ONE, second((report) => ({ ...report, withheld: 2 })), THREE],
    'reports/shard-2 lacks 2 findings and checks that public output leaves out',
  ],
  [
    'a check that was removed',
    [ONE, second((report) => ({ ...report, checks: report.checks.slice(1) })), THREE],
    'reports/shard-2 was changed after it was written: its counts are not those of its checks',
  ],
  ['a check of another shard', [ONE, second(withCheckOfOne), THREE], 'reports/shard-1 and reports/shard-2 both have '],
  [
    'a cell of another shard',
    [ONE, second((report) => ({ ...report, table: [...report.table, ...ONE.report.table.slice(0, 1)] })), THREE],
    'reports/shard-1 and reports/shard-2 both have ',
  ],
])('%s is a usage error that says so', (_, reports, says) => {
  expect(() => shardSetOf(reports, SUITE)).toThrow(UsageError);
  expect(() => shardSetOf(reports, SUITE)).toThrow(says);
});

test('an image that was given is the same gateway only by its id', () => {
  const image = ({ folder, report }: ReadReport, digest: string): ReadReport => ({
    folder,
    report: { ...report, subjects: report.subjects.map((subject) => ({ ...subject, source: 'image', digest })) },
  });
  const others = [image(ONE, 'sha256:a'), image(TWO, 'sha256:b'), image(THREE, 'sha256:a')];
  expect(() => shardSetOf(others, SUITE)).toThrow('different gateways as 2026.4.1');
});

test('the Postern that merges is the one that played', () => {
  expect(() => shardSetOf([ONE, TWO, THREE], { version: '9.9.9', commit: null })).toThrow(
    'and this is Postern 9.9.9 (no commit)',
  );
});

function withoutShard({ run: { shard: _, ...run }, ...report }: Report): Report {
  return { ...report, run };
}

function widened(): ReadReport {
  return inShard({ checks: [...(TWO?.report.run.shard?.checks ?? []), 'a/b/c'] });
}

function withCheckOfOne(report: Report): Report {
  const stolen = ONE?.report.checks.filter(({ scenario }) => scenario !== 'boundary/table').slice(0, 1) ?? [];
  const checks = [...report.checks, ...stolen];
  return { ...report, checks, counts: countsOf(checks.map(({ verdict }) => verdict)) };
}
