import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { createGzip, gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ARCHIVE } from '../../limits.ts';
import { readArchive } from './archive.ts';
import { readTarball, rewriteTarball } from './tarball.ts';

type Item = { name: string; body?: string; type?: tar.Header['type']; linkname?: string; pax?: Record<string, string> };

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-hostile-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function tarball(items: readonly Item[]): Promise<string> {
  const pack = tar.pack();
  for (const { body = '', ...header } of items) pack.entry(header, body);
  pack.finalize();
  const path = join(folder, 'openclaw.tgz');
  await writeFile(path, gzipSync(await buffer(pack)));
  return path;
}

const manifest = (fields: object = {}, version = '2026.9.9'): Item => ({
  name: 'package/package.json',
  body: JSON.stringify({ name: 'openclaw', version, ...fields }),
});

const json = (name: string, value: unknown): Item => ({ name, body: JSON.stringify(value) });

/** The error message about a tarball, with `<path>` in place of its path. */
async function refusal(items: readonly Item[], limits = ARCHIVE): Promise<string> {
  const path = await tarball(items);
  const error: unknown = await readTarball(path, limits).then(
    () => 'it was accepted',
    (refused: unknown) => refused,
  );
  expect(error).toMatchObject({ name: 'UsageError', next: expect.stringMatching(/./) });
  return String(Object(error).message).replace(path, '<path>');
}

describe('a packed build that another program may read differently is refused:', () => {
  test.each<[string, Item[], string]>([
    ['two manifests', [manifest(), manifest({}, '2026.1.1')], '<path>: the entry "package/package.json" occurs twice.'],
    [
      'two top folders, each with a manifest',
      [manifest(), { ...manifest({}, '2026.1.1'), name: 'other/package.json' }],
      '<path>: the entry "other/package.json" is not below "package", where the entries before it are.',
    ],
    [
      'a second manifest with an equivalent path',
      [manifest(), { ...manifest({}, '2026.1.1'), name: 'package/./package.json' }],
      '<path>: the entry "package/./package.json" is not a normalized path.',
    ],
    [
      'a manifest outside of the folder',
      [{ ...manifest(), name: 'package.json' }],
      '<path>: the entry "package.json" is not below the folder of a package.',
    ],
    [
      'a backslash in a name',
      [manifest(), { name: 'package\\package.json' }],
      '<path>: the entry "package\\\\package.json" contains a backslash or a control character.',
    ],
    [
      'a version with a prefix or suffix',
      [manifest({}, 'v2026.9.9')],
      '<path> is openclaw, but its version "v2026.9.9" is not a version npm accepts.',
    ],
    [
      'a version that is a path',
      [manifest({}, '../2026.9.9')],
      '<path> is openclaw, but its version "../2026.9.9" is not a version npm accepts.',
    ],
  ])('%s', async (_, items, why) => {
    expect(await refusal(items)).toBe(why);
  });
});

describe('a packed build that leads out of its folder is refused:', () => {
  test.each<[string, Item, string]>([
    ['an absolute path', { name: '/etc/cron.d/x' }, 'is an absolute path'],
    ['..', { name: 'package/../../x' }, 'leads out of its folder'],
    ['an absolute path in a pax header', { name: 'package/x', pax: { path: '/etc/x' } }, 'is an absolute path'],
    [
      'a symbolic link',
      { name: 'package/dist', type: 'symlink', linkname: '/etc' },
      'is a symlink, and only files and folders are packed',
    ],
    [
      'a hard link',
      { name: 'package/x', type: 'link', linkname: 'package/package.json' },
      'is a link, and only files and folders are packed',
    ],
    ['a FIFO', { name: 'package/x', type: 'fifo' }, 'is a fifo, and only files and folders are packed'],
    [
      'a device',
      { name: 'package/x', type: 'character-device' },
      'is a character-device, and only files and folders are packed',
    ],
  ])('%s', async (_, item, why) => {
    const name = item.pax?.path ?? item.name;
    expect(await refusal([manifest(), item])).toBe(`<path>: the entry ${JSON.stringify(name)} ${why}.`);
  });
});

describe('a packed build is refused above the limit of', () => {
  test('bytes when unpacked', async () => {
    const path = join(folder, 'bomb.tgz');
    const zip = createGzip();
    zip.end(Buffer.alloc(8 * 1024 * 1024));
    await writeFile(path, await buffer(zip));
    await expect(readArchive(path, async () => undefined, { ...ARCHIVE, bytes: 1024 ** 2 })).rejects.toThrow(
      expect.objectContaining({
        name: 'UsageError',
        message: `${path} contains more than 1048576 bytes when unpacked.`,
      }),
    );
  });

  test('entries', async () => {
    const files = Array.from({ length: 20 }, (_, index) => ({ name: `package/${index}` }));
    expect(await refusal([manifest(), ...files], { ...ARCHIVE, entries: 10 })).toBe(
      '<path> contains more than 10 entries.',
    );
  });
});

test('the tarball that npm installs contains only the files that were read', async () => {
  const path = await tarball([
    { name: 'build/', type: 'directory' },
    { ...manifest(), name: 'build/package.json' },
    { name: 'build/.npmrc', body: 'git=./evil.sh' },
  ]);
  const target = join(folder, 'rewritten.tgz');
  const { version, sha256 } = await readTarball(path);
  await rewriteTarball(path, sha256, target);
  const files: Record<string, string> = {};
  await readArchive(target, async ({ name, content }) => {
    files[name] = await text(content);
  });
  expect([version, files]).toEqual(['2026.9.9', { 'package.json': manifest().body, '.npmrc': 'git=./evil.sh' }]);
  await writeFile(path, await readFile(target));
  await expect(rewriteTarball(path, sha256, target)).rejects.toThrow(`${path} has changed since it was read.`);
});

describe('a packed build with a dependency from outside the registry is refused:', () => {
  test.each<[string, Item[], string]>([
    [
      'git',
      [manifest({ dependencies: { x: 'git+ssh://git@host.invalid/x.git' } })],
      'package.json asks for "x" as "git+ssh://git@host.invalid/x.git" (dependencies)',
    ],
    [
      'GitHub',
      [manifest({ dependencies: { x: 'github:y/x#0123abc' } })],
      'package.json asks for "x" as "github:y/x#0123abc" (dependencies)',
    ],
    [
      'GitHub, in the short form',
      [manifest({ optionalDependencies: { x: 'y/x' } })],
      'package.json asks for "x" as "y/x" (optionalDependencies)',
    ],
    [
      'a URL',
      [manifest({ peerDependencies: { x: 'http://127.0.0.1/x.tgz' } })],
      'package.json asks for "x" as "http://127.0.0.1/x.tgz" (peerDependencies)',
    ],
    [
      'a folder',
      [manifest({ dependencies: { x: 'file:../x' } })],
      'package.json asks for "x" as "file:../x" (dependencies)',
    ],
    [
      'a file by its name alone',
      [manifest({ dependencies: { x: 'x.tgz' } })],
      'package.json asks for "x" as "x.tgz" (dependencies)',
    ],
    ['a home folder', [manifest({ dependencies: { x: '~/x' } })], 'package.json asks for "x" as "~/x" (dependencies)'],
    [
      'a link',
      [manifest({ dependencies: { x: 'link:../x' } })],
      'package.json asks for "x" as "link:../x" (dependencies)',
    ],
    [
      'a workspace',
      [manifest({ dependencies: { x: 'workspace:*' } })],
      'package.json asks for "x" as "workspace:*" (dependencies)',
    ],
    [
      'a catalogue',
      [manifest({ dependencies: { x: 'catalog:' } })],
      'package.json asks for "x" as "catalog:" (dependencies)',
    ],
    [
      'an alias of a URL',
      [manifest({ dependencies: { x: 'npm:y@https://host.invalid/y.tgz' } })],
      'package.json asks for "x" as "npm:y@https://host.invalid/y.tgz" (dependencies)',
    ],
    [
      'an override',
      [manifest({ overrides: { a: { x: 'git://host.invalid/x' } } })],
      'package.json asks for "x" as "git://host.invalid/x" (overrides)',
    ],
    [
      'a bundled package',
      [
        manifest({ bundleDependencies: ['b'] }),
        json('package/node_modules/@s/b/package.json', { dependencies: { x: 'gitlab:y/x' } }),
      ],
      'node_modules/@s/b/package.json asks for "x" as "gitlab:y/x" (dependencies)',
    ],
  ])('%s', async (_, items, what) => {
    expect(await refusal(items)).toBe(`<path>: its ${what}, which is not a version, range or tag of the npm registry.`);
  });

  test('a field of a shape that npm does not write', async () => {
    expect(await refusal([manifest({ dependencies: { x: { git: 'y' } } })])).toBe(
      '<path>: its package.json is not what npm writes and cannot be read.',
    );
  });
});

test('a packed build may have any development dependency, and others only from the registry', async () => {
  const path = await tarball([
    manifest({
      dependencies: { a: '1.2.3', b: '^1.0.0 || >=2', c: '', d: 'latest', e: 'npm:@s/e@~1.0.0', f: '*', g: 'npm:g' },
      devDependencies: { x: 'workspace:*', y: 'git+ssh://git@host.invalid/y.git' },
      overrides: { a: '$a', b: { '.': '1.0.0', c: 'npm:d@1' } },
    }),
  ]);
  expect(await readTarball(path)).toMatchObject({ version: '2026.9.9' });
});
