import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { releaseVerdictSchema } from '../results/release-verdict.ts';
import type { Subject } from '../results/report.ts';
import { sampleReport } from '../results/sample.fixture.ts';
import { postern } from '../suite/child.fixture.ts';

const CANDIDATE = './openclaw-current.tgz';

/** The report folder of a gate of the candidate against a release, without most of the checks that a gate has. */
function gateFolder(place: string, base: string, build: Partial<Pick<Subject, 'image' | 'digest'>>): string {
  const verdicts = {};
  const report = sampleReport(
    [
      { reference: base, version: base, verdicts },
      { reference: CANDIDATE, version: '2026.9.7-beta.1', verdicts },
    ],
    'gate',
  );
  const subjects = report.subjects.map((each) => (each.reference === CANDIDATE ? { ...each, ...build } : each));
  const folder = path.join(place, base);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'report.json'), JSON.stringify({ ...report, subjects }));
  writeFileSync(path.join(folder, 'comparison.json'), JSON.stringify({ reasons: [] }));
  return folder;
}

const digestOf = (digit: string): string => `sha256:${digit.repeat(64)}`;

test('gates of two machines that are not whole hold a beta, and the files are in a folder of its own', async () => {
  const place = mkdtempSync(path.join(tmpdir(), 'postern-release-'));
  const folders = [
    gateFolder(place, '2026.9.6', { digest: digestOf('a') }),
    gateFolder(place, '2026.6.34', { digest: digestOf('b') }),
  ];
  const reports = folders.flatMap((folder) => ['--report', folder]);
  const { code, stdout } = await postern(['release', '--candidate', CANDIDATE, ...reports], { cwd: place });
  expect(code).toBe(3);
  expect(stdout).toMatch(
    /^HOLD: 2026\.9\.7-beta\.1 \(\.\/openclaw-current\.tgz\) must not go out as a beta: 1 part that was not run\.\nExit code 3: /m,
  );
  const [folder = ''] = readdirSync(path.join(place, 'reports'));
  const files = readdirSync(path.join(place, 'reports', folder)).sort();
  expect(files).toEqual(['beta-blocker.md', 'release.html', 'release.intoto.json', 'release.json', 'release.md']);
  const json: unknown = JSON.parse(readFileSync(path.join(place, 'reports', folder, 'release.json'), 'utf8'));
  const { verdict, baselines, gates } = releaseVerdictSchema.parse(json);
  expect([verdict, baselines.map(({ state }) => state), gates.map(({ base }) => base.version)]).toEqual([
    'HOLD',
    ['compared', 'not-run', 'not-run', 'compared'],
    ['2026.9.6', '2026.6.34'],
  ]);
});

test('reports of two builds, or of another gateway, are refused', async () => {
  const place = mkdtempSync(path.join(tmpdir(), 'postern-release-'));
  const [one, other] = [
    gateFolder(place, '2026.9.6', {}),
    gateFolder(place, '2026.6.34', { image: 'postern/gateway:2026.9.7-beta.1-0123456789ab' }),
  ];
  const two = await postern(['release', '--candidate', CANDIDATE, '--report', one, '--report', other], { cwd: place });
  expect([two.code, two.stderr]).toEqual([2, expect.stringContaining('in one report, and 2026.9.7-beta.1 with image')]);
  expect(readdirSync(place).sort()).toEqual(['2026.6.34', '2026.9.6']);
  const wrong = await postern(['release', '--candidate', '2026.9.6', '--report', one], { cwd: place });
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('and --candidate is 2026.9.6')]);
  const both = await postern(['release', '--candidate', CANDIDATE, '--previous', 'latest', '--report', one]);
  expect([both.code, both.stderr]).toEqual([
    2,
    expect.stringContaining('--report and --previous cannot both be given'),
  ]);
});
