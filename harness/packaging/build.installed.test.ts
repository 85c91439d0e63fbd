import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitOnThisMachine } from '../limits.ts';
import { readReport } from '../results/read.ts';
import { CATALOGUE } from '../scenario/catalogue/catalogue.fixture.ts';
import { EXAMPLE, exampleWith } from '../scenario/catalogue/example.fixture.ts';
import { type Ended, postern } from '../suite/child.fixture.ts';
import { posternVersion } from '../version.ts';
import { type Packed, packed } from './packed.fixture.ts';

/** The package as a user has it: installed by npm, and run in a folder that has nothing to do with Postern. */

/** A release whose image the other tests of the project `engine` need as well. */
const RELEASE = '2026.9.6';

let made: Packed;
let folder = '';
beforeAll(() => {
  made = packed();
  folder = mkdtempSync(path.join(tmpdir(), 'postern-installed-'));
  const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', ['install', '--global', '--prefix', path.join(folder, 'prefix'), ...options, made.tarball]);
  mkdirSync(path.join(folder, 'project', 'postern', 'stale-scopes'), { recursive: true });
  writeFileSync(inProject('my.yaml'), exampleWith('id: stale-scopes/example', 'id: stale-scopes/mine'));
  writeFileSync(inProject('postern/stale-scopes/example.yaml'), EXAMPLE);
  writeFileSync(inProject('report.txt'), 'OpenClaw 2026.4.1\ngateway closed (1008): pairing required: scope-upgrade\n');
}, waitOnThisMachine(300_000));
afterAll(() => {
  made.remove();
  rmSync(folder, { recursive: true, force: true });
}, waitOnThisMachine(60_000));

const inProject = (name: string): string => path.join(folder, 'project', name);
const inPackage = (): string => path.join(folder, 'prefix/lib/node_modules/postern');

/** Runs the installed command in the project. */
const installed = (...argv: string[]): Promise<Ended> =>
  postern(argv, {
    main: path.join(folder, 'prefix/bin/postern'),
    cwd: path.join(folder, 'project'),
    env: { XDG_CACHE_HOME: path.join(folder, 'cache') },
  });

test('--version and list read the files of the package', async () => {
  expect(await installed('--version')).toMatchObject({ code: 0, stdout: `${posternVersion()}\n`, stderr: '' });
  const { code, stdout } = await installed('list');
  expect([code, stdout.trimEnd().split('\n').at(-1)]).toEqual([
    0,
    `${CATALOGUE.length} scenarios, ${CATALOGUE.flatMap(({ checks }) => checks).length} checks`,
  ]);
});

test('doctor names the package, and finds the engine', async () => {
  const { code, stdout } = await installed('doctor');
  expect([code, stdout]).toEqual([0, expect.stringContaining(`${posternVersion()}, installed in ${inPackage()}/\n`)]);
  expect(stdout).toMatch(/^engine +(docker|podman) \d/m);
});

test('lint takes a file and a folder, by paths from the current folder', async () => {
  expect(await installed('lint', './my.yaml')).toMatchObject({
    code: 0,
    stdout: '1 scenario and 4 checks are sound.\n',
  });
  const whole = await installed('lint', '--scenarios', './postern');
  expect([whole.code, whole.stdout]).toEqual([0, expect.stringContaining(`${CATALOGUE.length + 1} scenarios, `)]);
});

test('explain names the line of a property', async () => {
  const { stdout } = await installed('explain', 'boundary/table/strangers-wait');
  expect(stdout).toContain('written in  harness/pairwise/approval-properties.ts\n');
});

test('repro reads a report', async () => {
  const { code, stdout } = await installed('repro', 'report.txt', '--no-run');
  expect([code, stdout]).toEqual([0, expect.stringContaining('stale-scopes/local-write-after-read')]);
});

test('commands that write files of the repository are refused, with what to do', async () => {
  for (const argv of [
    ['coverage', '--write'],
    ['matrix', '--publish'],
  ])
    expect(await installed(...argv)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `${argv[1]} writes files of the repository of Postern, and this is the installed package in ${inPackage()}/\n\nRun it in a checkout of Postern.\n`,
    });
});

test('run plays a scenario, and writes only below the current folder', async () => {
  const files = (): string[] => globSync('**/*', { cwd: inPackage() }).sort();
  const before = files();
  const { code, stdout } = await installed('run', '--gateway', RELEASE, '--only', 'host-header/dns-rebinding');
  expect([code, stdout]).toEqual([0, expect.stringContaining('Exit code 0')]);
  const { run, checks } = readReport(inProject('reports/latest'));
  expect(run.suite.version).toBe(posternVersion());
  expect(checks.length).toBeGreaterThan(0);
  expect(files()).toEqual(before);
});

test('what is built leads to its sources', () => {
  const map: { sourcesContent: string[] } = JSON.parse(readFileSync(`${inPackage()}/dist/cli/main.js.map`, 'utf8'));
  expect(map.sourcesContent).toEqual([readFileSync(path.join(import.meta.dirname, '../cli/main.ts'), 'utf8')]);
});
