import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readReport } from '../results/read.ts';
import type { Report } from '../results/report.ts';
import { splitTranscripts } from '../results/transcripts.ts';
import { postern } from '../suite/child.fixture.ts';
import { OPEN, type Played, playedWith, STRICT, shardReports, wholeReport } from './shards.fixture.ts';

/** `postern merge` as a process, on report folders as runs write them. */

let place = '';
beforeAll(() => {
  place = mkdtempSync(path.join(tmpdir(), 'postern-merge-'));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Writes the folder of a report as a run writes it, and gives its path. */
function folderOf(report: Report, ...names: readonly string[]): string {
  const folder = path.join(place, ...names);
  mkdirSync(path.join(folder, 'logs', '2026.4.1'), { recursive: true });
  const { report: slim, file } = splitTranscripts(report);
  writeFileSync(path.join(folder, 'report.json'), JSON.stringify(slim));
  writeFileSync(path.join(folder, 'transcripts.json.gz'), file);
  writeFileSync(path.join(folder, 'logs', '2026.4.1', 'shared-1.log'), `log of ${names.at(-1)}\n`);
  symlinkSync('/etc/hostname', path.join(folder, 'logs', '2026.4.1', 'link.log'));
  return folder;
}

/** Writes the report folders of what was played, in so many shards, and gives their paths. */
function shardFolders(name: string, of: number, played: Played): string[] {
  return shardReports(played, of, (id) => 1 + (id.length % of)).map(({ report }, index) =>
    folderOf(report, name, `${index + 1}`),
  );
}

/** The same for a gate in which the base answers as given. */
const foldersOf = (name: string, of: number, base = STRICT): string[] =>
  shardFolders(name, of, playedWith(base, 'gate'));

/** Merges folders, and gives the exit code, the folder of the merged report, and what the command wrote to stderr. */
async function merge(
  name: string,
  folders: readonly string[],
  more: readonly string[] = [],
): Promise<{ code: number | null; merged: string; stderr: string }> {
  const reports = path.join(place, `${name}-merged`);
  const { code, stderr } = await postern(['merge', ...folders, '--reports', reports, '--disclosure', 'full', ...more]);
  return { code, merged: path.join(reports, 'latest'), stderr };
}

const comparisonIn = (folder: string): unknown =>
  JSON.parse(readFileSync(path.join(folder, 'comparison.json'), 'utf8'), (key, value: unknown) =>
    key === 'reasons' ? undefined : value,
  );

test('three shards of a gate have the comparison and the verdict that one has', async () => {
  const [one, three] = await Promise.all([
    merge('one', foldersOf('one', 1, OPEN)),
    merge('three', foldersOf('three', 3, OPEN).reverse()),
  ]);
  expect(three.code).toBe(one.code);
  expect(comparisonIn(three.merged)).toEqual(comparisonIn(one.merged));
  const checks = ({ merged }: { merged: string }): unknown => readReport(merged).checks;
  expect(checks(three)).toEqual(checks(one));
  const files = ['index.html', 'junit.xml', 'summary.md', 'comparison.html', 'comment.md', 'transcripts.json.gz'];
  expect(files.filter((file) => !existsSync(path.join(three.merged, file)))).toEqual([]);
});

test('shards of a gate with a stored base are compared with it as one machine compares them', async () => {
  const [old, head] = playedWith(OPEN, 'gate').gateways;
  if (old === undefined || head === undefined) throw new Error('two gateways are played');
  const base = folderOf(wholeReport({ purpose: 'run', gateways: [old] }, 1), 'stored-base');
  const heads = shardFolders('heads', 3, { purpose: 'gate', gateways: [head] });
  const digest = createHash('sha256')
    .update(readFileSync(path.join(base, 'report.json')))
    .digest('hex');
  const [whole, three, other, without] = await Promise.all([
    merge('both', foldersOf('both', 1, OPEN)),
    merge('heads', heads, ['--base-report', base, '--base-digest', digest]),
    merge('other', heads, ['--base-report', base, '--base-digest', 'f'.repeat(64)]),
    merge('no-base', heads),
  ]);
  expect([other.code, other.stderr]).toEqual([2, expect.stringContaining(`has SHA-256 ${digest}`)]);
  expect(three.code).toBe(whole.code);
  expect(comparisonIn(three.merged)).toEqual(comparisonIn(whole.merged));
  expect([without.code, without.stderr]).toEqual([
    2,
    expect.stringContaining('the shards are those of a gate with a stored base, which is not given'),
  ]);
});

test('the logs of the shards are in the report folder, and links are not', async () => {
  const { merged } = await merge('logs', foldersOf('logs', 2));
  const { stages } = readReport(merged);
  expect(stages.slice(0, 2).map(({ log }) => readFileSync(path.join(merged, log), 'utf8'))).toEqual([
    'log of 1\n',
    'log of 2\n',
  ]);
  expect(existsSync(path.join(merged, 'logs/shard-1/2026.4.1/link.log'))).toBe(false);
});

test('a missing shard ends with 2, and no report folder is made', async () => {
  const { code, merged } = await merge('missing', foldersOf('missing', 3).slice(1));
  expect({ code, written: existsSync(merged) }).toEqual({ code: 2, written: false });
});
