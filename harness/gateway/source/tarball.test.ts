import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveReference } from './reference.ts';
import { readTarball } from './tarball.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-tarball-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function tarball(files: Record<string, string>): Promise<Buffer> {
  const pack = tar.pack();
  for (const [name, text] of Object.entries(files)) pack.entry({ name }, text);
  pack.finalize();
  return gzipSync(await buffer(pack));
}

async function written(name: string, bytes: Buffer | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

const manifest = (name: string, version: string): string => JSON.stringify({ name, version });

describe('a packed release', () => {
  test('is identified by the version in its package.json and by the hash of its bytes', async () => {
    const bytes = await tarball({
      'package/README.md': 'x'.repeat(100_000),
      'package/node_modules/other/package.json': manifest('other', '1.0.0'),
      'package/package.json': manifest('openclaw', '2026.4.1'),
    });
    const path = await written('good.tgz', bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await readTarball(path)).toEqual({ version: '2026.4.1', sha256 });
    const noWorkshop = async (): Promise<never> => expect.fail('a tarball needs no container');
    expect(await resolveReference({ kind: 'tarball', text: './good.tgz', path }, noWorkshop)).toEqual({
      kind: 'packed',
      reference: './good.tgz',
      path,
      version: '2026.4.1',
      sha256,
    });
  });

  test('may have a top folder of any name, as npm allows', async () => {
    const path = await written(
      'folder.tgz',
      await tarball({ 'openclaw-main/package.json': manifest('openclaw', '1.0.0') }),
    );
    expect(await readTarball(path)).toMatchObject({ version: '1.0.0' });
  });

  test('that is missing is refused', async () => {
    const path = join(folder, 'absent.tgz');
    await expect(readTarball(path)).rejects.toThrow(
      expect.objectContaining({ name: 'UsageError', message: `There is no file ${path}.` }),
    );
  });

  test('that is a folder is refused', async () => {
    await expect(readTarball(folder)).rejects.toThrow(
      expect.objectContaining({ name: 'UsageError', message: `${folder} is not a file.` }),
    );
  });

  test.each([
    ['not gzip', 'text.tgz', async () => Buffer.from('hello'), 'is not a gzipped tarball: incorrect header check.'],
    ['empty', 'empty.tgz', async () => Buffer.alloc(0), 'is not a gzipped tarball: unexpected end of file.'],
    [
      'cut short',
      'cut.tgz',
      async () => (await tarball({ 'package/a': 'a'.repeat(5000), 'package/package.json': '{}' })).subarray(0, 60),
      'is not a gzipped tarball: unexpected end of file.',
    ],
    [
      'no package',
      'plain.tgz',
      async () => tarball({ 'notes/todo.txt': 'x' }),
      'is a tarball, but not an npm package: it has no package/package.json.',
    ],
    [
      'a package with a broken package.json',
      'broken.tgz',
      async () => tarball({ 'package/package.json': '{' }),
      'is not an npm package: its package.json has no readable name and version.',
    ],
    [
      'another package',
      'other.tgz',
      async () => tarball({ 'package/package.json': manifest('left-pad', '1.3.0') }),
      'is the package left-pad@1.3.0, not openclaw.',
    ],
    [
      'openclaw without a real version',
      'version.tgz',
      async () => tarball({ 'package/package.json': manifest('openclaw', 'main') }),
      'is openclaw, but its version "main" is not a version npm accepts.',
    ],
  ])('that is %s is refused', async (_, name, bytes, why) => {
    const path = await written(name, await bytes());
    await expect(readTarball(path)).rejects.toThrow(
      expect.objectContaining({ name: 'UsageError', message: `${path} ${why}` }),
    );
  });
});
