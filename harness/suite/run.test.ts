import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectEngine, type Engine } from '../gateway/engine/engine.ts';
import { waitOnThisMachine } from '../limits.ts';
import { readReport } from '../results/read.ts';
import { exampleWith } from '../scenario/catalogue/example.fixture.ts';
import { postern, startPostern } from './child.fixture.ts';
import { treeWith } from './tree.fixture.ts';

/** Wrong input and failures with a real engine and a real gateway, as the caller of the command observes them. */

/** Boots within seconds, on a machine that does nothing else. */
const GATEWAY = '2026.4.1';
const BOUND_MS = waitOnThisMachine(240_000);

let engine: Engine;
let place = '';
beforeAll(async () => {
  engine = await connectEngine();
  place = mkdtempSync(path.join(tmpdir(), 'postern-engine-'));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** A folder for the reports of one run, and functions that read what the run wrote and left behind. */
function reportsOf(name: string) {
  const folder = path.join(place, name);
  mkdirSync(folder);
  const runId = (): string => readdirSync(folder).find((entry) => entry !== 'latest') ?? 'none';
  return {
    folder,
    runId,
    report: () => readReport(path.join(folder, runId())),
    left: async () => {
      const filters = { label: [`postern.run=${runId()}`] };
      const [containers, networks, { Volumes: volumes }] = await Promise.all([
        engine.docker.listContainers({ all: true, filters }),
        engine.docker.listNetworks({ filters }),
        engine.docker.listVolumes({ filters }),
      ]);
      return { containers: containers.length, networks: networks.length, volumes: (volumes ?? []).length };
    },
  };
}

const NOTHING = { containers: 0, networks: 0, volumes: 0 };

/** A scenario whose first client waits until its connection ends, which a healthy gateway never causes. */
const UPGRADE = '  - knock: { as: agent, from: loopback, claims: { scopes: [operator.write] } }\n    name: upgrade';
const WAITING = exampleWith(UPGRADE, `  - wait: { closed: agent, withinSeconds: 100 }\n${UPGRADE}`);
const REFUSED_CONFIG = exampleWith(
  'clients:',
  'gateway: { config: { gateway: { pairing: { loopbackExempt: true } } } }\nclients:',
);
const PUT_AND_REMOVED = exampleWith(
  'boundary:',
  '  - files: { in: gateway, put: { made/here/state.json: {} } }\n  - files: { in: gateway, remove: [made] }\nboundary:',
);

/** Starts a run of one scenario in a tree of its own. */
function start(name: string, scenario: string) {
  const main = treeWith(path.join(place, `${name}-tree`), { 'scenarios/stale-scopes/example.yaml': scenario });
  const reports = reportsOf(name);
  return { ...reports, ...startPostern(['run', '--gateway', GATEWAY, '--reports', reports.folder], { main }) };
}

/** Any image of this machine that holds no openclaw. */
async function helperImage(): Promise<string> {
  const images = await engine.docker.listImages({ filters: { reference: ['postern/helper'] } });
  return images[0]?.RepoTags?.[0] ?? 'postern/helper';
}

describe('nothing is learned', { timeout: BOUND_MS }, () => {
  test('from an image that holds no gateway', async () => {
    const reports = reportsOf('image');
    const { code, stdout } = await postern([
      'run',
      '--gateway',
      `image:${await helperImage()}`,
      '--reports',
      reports.folder,
    ]);
    expect(code).toBe(3);
    expect(stdout).toContain('is not a gateway');
    expect([reports.report().run.exitCode, reports.report().checks, await reports.left()]).toEqual([3, [], NOTHING]);
  });

  test('from a release that was never published', async () => {
    const reports = reportsOf('unpublished');
    const { code, stdout } = await postern(['run', '--gateway', '2026.99.99', '--reports', reports.folder]);
    expect(code).toBe(2);
    expect(stdout).toContain('no published version of openclaw matches "2026.99.99"');
  });

  test('from a file that is no package', async () => {
    const reports = reportsOf('tarball');
    const file = path.join(place, 'openclaw.tgz');
    writeFileSync(file, 'no tarball');
    const { code, stdout } = await postern(['run', '--gateway', file, '--reports', reports.folder]);
    expect(code).toBe(2);
    expect(stdout).toContain(`${file} is not a gzipped tarball`);
  });

  test('from a gateway that refuses its config: every check is an error with its last words', async () => {
    const { ended, report, left } = start('config', REFUSED_CONFIG);
    expect((await ended).code).toBe(3);
    const { checks } = report();
    expect(checks.map(({ name, verdict }) => [name, verdict])).toEqual(
      ['first', 'upgrade', 'remote', 'approve.again'].map((name) => [name, 'error']),
    );
    for (const { because } of checks) expect(because).toMatch(/^the gateway exited with 1 .*Unrecognized key/s);
    expect(await left()).toEqual(NOTHING);
  });

  test('from a gateway that dies half-way: nothing passes from then on', async () => {
    const { ended, said, report, runId, left } = start('dies', WAITING);
    await said('is ready');
    const labels = [`postern.run=${runId()}`];
    const containers = await engine.docker.listContainers({ filters: { label: labels } });
    const gateway = containers.find(({ Image }) => Image.startsWith('postern/gateway'));
    await engine.docker.getContainer(`${gateway?.Id}`).kill();
    expect((await ended).code).toBe(3);
    const after = report().checks.filter(({ name }) => name !== 'first');
    expect(after.map(({ name, verdict }) => [name, verdict])).toEqual(
      ['upgrade', 'remote', 'approve.again'].map((name) => [name, 'error']),
    );
    expect(await left()).toEqual(NOTHING);
  });
});

test('a folder that was put into the home can be removed from it again', { timeout: BOUND_MS }, async () => {
  const { ended, report, left } = start('put', PUT_AND_REMOVED);
  expect((await ended).code).toBe(1);
  const played = report().checks.filter(({ part }) => part !== 'remedies');
  expect(played.map(({ name, verdict }) => [name, verdict])).toEqual([
    ['first', 'pass'],
    ['upgrade', 'reproduced'],
    ['remote', 'pass'],
  ]);
  expect(await left()).toEqual(NOTHING);
});

describe('a run that is told to stop', { timeout: BOUND_MS }, () => {
  test.each([
    ['SIGINT', 'is ready'],
    ['SIGTERM', 'is booting'],
  ] as const)('by %s once a stage %s leaves a report and nothing else', async (signal, when) => {
    const { child, ended, said, report, left } = start(signal, WAITING);
    await said(when);
    child.kill(signal);
    const { code, stdout } = await ended;
    expect([code, report().run.exitCode]).toEqual([130, 130]);
    expect(stdout).toContain(`interrupted by ${signal}`);
    expect(await left()).toEqual(NOTHING);
  });

  test('at once leaves its containers to the next run, which removes them', async () => {
    const { child, ended, said, left } = start('SIGKILL', WAITING);
    await said('is ready');
    child.kill('SIGKILL');
    expect((await ended).signal).toBe('SIGKILL');
    expect((await left()).containers).toBeGreaterThan(0);
    const next = reportsOf('next');
    await postern(['run', '--gateway', `image:${await helperImage()}`, '--reports', next.folder]);
    expect(await left()).toEqual(NOTHING);
  });
});
