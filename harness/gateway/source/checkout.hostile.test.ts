import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, mkdtemp, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CHECKOUT, waitOnThisMachine } from '../../limits.ts';
import { ensureBase } from '../engine/base-image.ts';
import { buildImage } from '../engine/build.ts';
import { connectEngine } from '../engine/engine.ts';
import { readArchive } from './archive.ts';
import { type BuildTools, packCheckout } from './checkout.ts';
import { listCheckout } from './checkout-files.ts';

let place: string;
let folder: string;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'postern-hostile-'));
  folder = join(place, 'openclaw');
  await put('secret', 'of the host');
  await put('openclaw/dist/index.js', '');
  await manifest({});
});

afterEach(() => rm(place, { recursive: true, force: true }));

async function put(name: string, content: string): Promise<void> {
  await mkdir(dirname(join(place, name)), { recursive: true });
  await writeFile(join(place, name), content);
}

const manifest = (fields: object): Promise<void> =>
  put('openclaw/package.json', JSON.stringify({ name: 'openclaw', version: '2026.9.9', ...fields }));

async function buildTools(): Promise<BuildTools> {
  const engine = await connectEngine();
  return { engine, base: await ensureBase(engine, { say: () => undefined }) };
}

const noWorkshop = async (): Promise<never> => expect.fail('it was about to be packed');

/** Packs the checkout, which must be refused before a file is copied. Returns the error message without the temporary folder. */
async function refusal(): Promise<string> {
  const error: unknown = await packCheckout(folder, noWorkshop).then(
    () => 'it was packed',
    (refused: unknown) => refused,
  );
  expect(error).toMatchObject({ name: 'UsageError', next: expect.stringMatching(/./) });
  return String(Object(error).message).replaceAll(place, '');
}

describe('a checkout is refused if it contains', () => {
  test('a link to a file of the host', async () => {
    await symlink('../../secret', join(folder, 'dist/notes.md'));
    expect(await refusal()).toBe('/openclaw/dist/notes.md is a link that leads out of the checkout, to /secret.');
  });

  test('a bundled dependency that is a link to a folder of the host', async () => {
    await manifest({ bundleDependencies: ['x'] });
    await mkdir(join(folder, 'node_modules'));
    await symlink(place, join(folder, 'node_modules/x'));
    expect(await refusal()).toBe('/openclaw/node_modules/x is a link that leads out of the checkout, to .');
  });

  test('a dangling link that leads out of it', async () => {
    await symlink('../../later', join(folder, 'dist/later'));
    expect(await refusal()).toBe('/openclaw/dist/later is a link that leads out of the checkout, to /later.');
  });

  test('a hard link', async () => {
    await link(join(place, 'secret'), join(folder, 'dist/notes.md'));
    expect(await refusal()).toBe(
      '/openclaw/dist/notes.md has a second name (a hard link), which may be outside of the checkout.',
    );
  });

  test('a FIFO', async () => {
    execFileSync('mkfifo', [join(folder, 'dist/wait')]);
    expect(await refusal()).toBe('/openclaw/dist/wait is a FIFO, and only files and folders are packed.');
  });

  test('a FIFO as package.json', async () => {
    await rm(join(folder, 'package.json'));
    execFileSync('mkfifo', [join(folder, 'package.json')]);
    expect(await refusal()).toBe('/openclaw/package.json is not a file of at most 4194304 bytes.');
  });

  test('a socket', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(join(folder, 'dist/talk'), done));
    expect(await refusal()).toBe('/openclaw/dist/talk is a socket, and only files and folders are packed.');
    await new Promise((done) => server.close(done));
  });

  test('a file that is larger than a limit', async () => {
    await put('openclaw/dist/big', '');
    await truncate(join(folder, 'dist/big'), CHECKOUT.fileBytes + 1);
    expect(await refusal()).toBe('/openclaw/dist/big is larger than 536870912 bytes.');
  });

  test.each([
    ['bytes', { ...CHECKOUT, bytes: 10 }, 'contains more than 10 bytes'],
    ['files', { ...CHECKOUT, entries: 1 }, 'contains more than 1 files'],
  ])('more %s than a limit', async (_, limits, why) => {
    await expect(listCheckout(folder, false, limits)).rejects.toThrow(
      expect.objectContaining({ name: 'UsageError', message: `${folder} ${why}.` }),
    );
  });
});

test('the git history, the npm configuration and packages that are not bundled are ignored', async () => {
  await symlink('/', join(folder, '.git'));
  await symlink('/', join(folder, '.npmrc'));
  await symlink('/', join(folder, 'node_modules'));
  expect(await listCheckout(folder, false)).toEqual([
    { kind: 'file', name: 'package.json', bytes: 40, executable: false },
    { kind: 'file', name: 'dist/index.js', bytes: 0, executable: false },
  ]);
});

test(
  'the npm configuration and scripts of a checkout do not decide where npm writes or what it runs',
  async () => {
    const traps = ['cache', 'logs-dir', 'pack-destination', 'prefix', 'userconfig'];
    const settings = traps.map((key) => `${key}=${join(place, key)}`);
    await put(
      'openclaw/.npmrc',
      [...settings, 'ignore-scripts=false', `script-shell=${join(folder, 'evil.sh')}`, ''].join('\n'),
    );
    await put('openclaw/evil.sh', `#!/bin/sh\ntouch ${join(place, 'ran')}\n`);
    await put('openclaw/node_modules/x/package.json', JSON.stringify({ name: 'x', version: '1.0.0', main: 'x.js' }));
    await put('openclaw/node_modules/x/x.js', 'bundled');
    await symlink('index.js', join(folder, 'dist/alias.js'));
    const ran = `touch ${join(place, 'ran')}`;
    await manifest({
      bundleDependencies: ['x'],
      dependencies: { x: '1.0.0' },
      scripts: { prepack: ran, prepare: ran, postpack: ran },
    });

    const files: Record<string, string> = {};
    await readArchive(await packCheckout(folder, buildTools), async ({ name, content }) => {
      files[name] = await text(content);
    });
    expect(Object.keys(files).sort()).toEqual([
      'dist/index.js',
      'evil.sh',
      'node_modules/x/package.json',
      'node_modules/x/x.js',
      'package.json',
    ]);
    expect((await readdir(place)).sort()).toEqual(['openclaw', 'secret']);
    expect(existsSync(join(folder, 'openclaw-2026.9.9.tgz'))).toBe(false);
  },
  waitOnThisMachine(120_000),
);

test(
  'a checkout is packed without network and capabilities, with limits on memory and processes',
  async () => {
    const { engine, base } = await buildTools();
    const look = [
      'id -u',
      'ls /sys/class/net',
      'grep -E "^(CapBnd|CapEff|NoNewPrivs)" /proc/self/status',
      'cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2> /dev/null',
      'cat /sys/fs/cgroup/pids.max /sys/fs/cgroup/pids/pids.max 2> /dev/null',
    ];
    const npm = `#!/bin/sh\n(${look.join('; ')}) > /tmp/seen\ntar -czf /home/node/out/x.tgz --transform s,^,package/, -C /tmp seen\n`;
    const tag = `postern/test-packer:${randomBytes(4).toString('hex')}`;
    const id = await buildImage(engine, {
      what: 'A base with another npm',
      tag,
      dockerfile: `FROM ${base.image}\nCOPY --chmod=755 npm /usr/local/bin/npm\n`,
      files: [{ name: 'npm', text: npm }],
      args: {},
      network: 'none',
      bytes: 1e6,
      minutes: 1,
    });
    try {
      const tarball = await packCheckout(folder, async () => ({ engine, base: { ...base, id } }));
      let seen = '';
      await readArchive(tarball, async ({ content }) => {
        seen += await text(content);
      });
      expect(seen.split('\n')).toEqual([
        '1000',
        'lo',
        'CapEff:\t0000000000000000',
        'CapBnd:\t0000000000000000',
        'NoNewPrivs:\t1',
        '2147483648',
        '128',
        '',
      ]);
    } finally {
      await engine.docker.getImage(tag).remove({ force: true });
    }
  },
  waitOnThisMachine(120_000),
);
