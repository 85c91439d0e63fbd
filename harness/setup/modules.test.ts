import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { whyModulesDiffer } from './modules.mjs';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'postern-modules-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

type Packages = Record<string, { version: string; integrity: string; optional?: boolean }>;

const ws = { version: '8.0.0', integrity: 'sha512-a' };

async function tree(wanted: Packages, installed: Packages | undefined, node = true): Promise<string | undefined> {
  await writeFile(join(root, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...wanted } }));
  await mkdir(join(root, 'node_modules/.bin'), { recursive: true });
  if (node) await writeFile(join(root, 'node_modules/.bin/node'), '');
  if (installed) {
    await writeFile(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
  }
  return whyModulesDiffer(root);
}

describe('node_modules', () => {
  test('that hold what package-lock.json names are left alone', async () => {
    expect(await tree({ 'node_modules/ws': ws }, { 'node_modules/ws': ws })).toBeUndefined();
  });

  test('may lack what is optional, such as binaries for other machines', async () => {
    const optional = { 'node_modules/other-arch': { ...ws, optional: true } };
    expect(await tree({ 'node_modules/ws': ws, ...optional }, { 'node_modules/ws': ws })).toBeUndefined();
  });

  test.each<[string, Packages | undefined, string]>([
    ['were not finished', undefined, 'node_modules is missing or was not finished'],
    ['lack a package', {}, 'ws is not the version that package-lock.json names'],
    [
      'hold another version',
      { 'node_modules/ws': { ...ws, version: '7.0.0' } },
      'ws is not the version that package-lock.json names',
    ],
    [
      'hold other bytes',
      { 'node_modules/ws': { ...ws, integrity: 'sha512-b' } },
      'ws is not the version that package-lock.json names',
    ],
    [
      'hold a binary that the lock lacks',
      { 'node_modules/ws': ws, 'node_modules/this-arch': { ...ws, optional: true } },
      'this-arch is installed, but not in package-lock.json',
    ],
    [
      'hold something else too',
      { 'node_modules/ws': ws, 'node_modules/x/node_modules/@a/b': ws },
      '@a/b is installed, but not in package-lock.json',
    ],
  ])('that %s are installed anew', async (_, installed, why) => {
    expect(await tree({ 'node_modules/ws': ws }, installed)).toBe(why);
  });

  test('without the pinned Node are installed anew', async () => {
    expect(await tree({ 'node_modules/ws': ws }, { 'node_modules/ws': ws }, false)).toBe('the pinned Node is missing');
  });
});
