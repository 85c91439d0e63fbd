import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureBase } from '../engine/base-image.ts';
import { connectEngine } from '../engine/engine.ts';
import type { BuildTools } from './checkout.ts';
import { resolveReference } from './reference.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-checkout-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const openclaw = { name: 'openclaw', version: '2026.4.1', main: 'dist/index.js' };

async function checkout(manifest: unknown, built = true): Promise<void> {
  await writeFile(join(folder, 'package.json'), typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
  if (!built) return;
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'dist/index.js'), '');
}

async function buildTools(): Promise<BuildTools> {
  const engine = await connectEngine();
  return { engine, base: await ensureBase(engine, { say: () => undefined }) };
}

const resolveFolder = (): Promise<unknown> =>
  resolveReference({ kind: 'directory', text: 'dir:x', path: folder }, buildTools);

test('a built checkout is packed as npm would publish it, without running its scripts', async () => {
  await checkout({ ...openclaw, scripts: { prepack: 'touch ran', prepare: 'exit 1' } });
  const first = await resolveFolder();
  expect(first).toEqual({
    kind: 'packed',
    reference: 'dir:x',
    version: '2026.4.1',
    path: expect.stringMatching(/openclaw\.tgz$/),
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(await resolveFolder()).toMatchObject({ sha256: Object(first).sha256 });
});

test.each([
  ['without package.json', undefined, 'has no package.json.'],
  ['of another package', { name: 'left-pad', version: '1.0.0' }, 'is the package left-pad, not openclaw.'],
  [
    'that depends on its workspace',
    { ...openclaw, dependencies: { '@openclaw/core': 'workspace:*' } },
    'depends on packages of its own workspace (@openclaw/core), which npm cannot pack.',
  ],
])('a folder %s is refused', async (_, manifest, why) => {
  if (manifest) await checkout(manifest);
  await expect(resolveFolder()).rejects.toThrow(
    expect.objectContaining({ name: 'UsageError', message: `${folder} ${why}` }),
  );
});

test('a folder with a broken package.json is refused', async () => {
  await checkout('{');
  await expect(resolveFolder()).rejects.toThrow(
    expect.objectContaining({
      name: 'UsageError',
      message: `${join(folder, 'package.json')} cannot be read as a package.json.`,
    }),
  );
});

test('a checkout that is not built is refused', async () => {
  await checkout(openclaw, false);
  await expect(resolveFolder()).rejects.toThrow(
    expect.objectContaining({ name: 'UsageError', message: `${folder} is not built: there is no dist/index.js.` }),
  );
});
