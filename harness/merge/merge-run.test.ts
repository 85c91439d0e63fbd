import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readReport } from '../results/read.ts';
import { splitTranscripts } from '../results/transcripts.ts';
import { postern } from '../suite/child.fixture.ts';
import { OPEN, playedWith, STRICT, shardReports } from './shards.fixture.ts';

/** `postern merge` as a process, on report folders as runs write them. */

let place = '';
beforeAll(() => {
  place = mkdtempSync(path.join(tmpdir(), 'postern-merge-'));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Writes the report folders of a gate in which the base answers as given, in so many shards, and gives their paths. */
function foldersOf(name: string, of: number, base = STRICT): string[] {
  return shardReports(playedWith(base, 'gate'), of, (id) => 1 + (id.length % of)).map(({ report }, index) => {
    const folder = path.join(place, name, `${index + 1}`);
    mkdirSync(path.join(folder, 'logs', '2026.4.1'), { recursive: true });
    const { report: slim, file } = splitTranscripts(report);
    writeFileSync(path.join(folder, 'report.json'), JSON.stringify(slim));
    writeFileSync(path.join(folder, 'transcripts.json.gz'), file);
    writeFileSync(path.join(folder, 'logs', '2026.4.1', 'shared-1.log'), `log of ${index + 1}\n`);
    symlinkSync('/etc/hostname', path.join(folder, 'logs', '2026.4.1', 'link.log'));
    return folder;
  });
}

/** Merges folders, and gives the exit code, and the folder of the merged report. */
async function merge(name: string, folders: readonly string[]): Promise<{ code: number | null; merged: string }> {
  const reports = path.join(place, `${name}-merged`);
  const { code } = await postern(['merge', ...folders, '--reports', reports, '--disclosure', 'full']);
  return { code, merged: path.join(reports, 'latest') };
}

test('three shards of a gate have the comparison and the verdict that one has', async () => {
  const [one, three] = await Promise.all([
    merge('one', foldersOf('one', 1, OPEN)),
    merge('three', foldersOf('three', 3, OPEN).reverse()),
  ]);
  const comparison = ({ merged }: { merged: string }): unknown =>
    JSON.parse(readFileSync(path.join(merged, 'comparison.json'), 'utf8'));
  const withoutMachines = (json: unknown): unknown =>
    JSON.parse(JSON.stringify(json), (key, value: unknown) => (key === 'reasons' ? undefined : value));
  expect(three.code).toBe(one.code);
  expect(withoutMachines(comparison(three))).toEqual(withoutMachines(comparison(one)));
  const checks = ({ merged }: { merged: string }): unknown => readReport(merged).checks;
  expect(checks(three)).toEqual(checks(one));
  const files = ['index.html', 'junit.xml', 'summary.md', 'comparison.html', 'comment.md', 'transcripts.json.gz'];
  expect(files.filter((file) => !existsSync(path.join(three.merged, file)))).toEqual([]);
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
