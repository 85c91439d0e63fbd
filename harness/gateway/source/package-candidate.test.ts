import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseReference, resolveReference } from './reference.ts';
import { packed } from './registry.fixture.ts';

const TARBALL = await packed({ 'package.json': JSON.stringify({ name: 'openclaw', version: '2026.9.7' }) });
const SHA256 = createHash('sha256').update(TARBALL).digest('hex');
/** What OpenClaw's resolver writes about a candidate, with a SHA-256 that belongs to the tarball. */
const METADATA = {
  name: 'openclaw',
  packageRef: 'release/2026.9.7',
  packageSpec: '',
  packageSourceSha: '66ce632b9b7c5c7fdd3e66c739687d51638ad6e2',
  packageTrustedReason: 'repository-branch-history',
  pluginRegistryManifestSha256: '',
  trustedSourceId: '',
  sha256: SHA256,
  source: 'ref',
  tarball: '.artifacts/docker-e2e-package/openclaw-current.tgz',
  version: '2026.9.7',
};

/** A folder with a candidate: the tarball, and a metadata file with this text; null for a missing file. */
function folderWith(metadata: string | null, tarball: Buffer | null = TARBALL): string {
  const folder = mkdtempSync(join(tmpdir(), 'postern-candidate-'));
  if (metadata !== null) writeFileSync(join(folder, 'package-candidate.json'), metadata);
  if (tarball !== null) writeFileSync(join(folder, 'openclaw-current.tgz'), tarball);
  return folder;
}

const resolve = (folder: string) =>
  resolveReference(parseReference(`artifact:${folder}`), async () => expect.fail('a candidate is packed already'));

test('a candidate is the tarball that its metadata names', async () => {
  const folder = folderWith(JSON.stringify(METADATA));
  expect(await resolve(folder)).toEqual({
    kind: 'packed',
    reference: `artifact:${folder}`,
    path: join(folder, 'openclaw-current.tgz'),
    version: '2026.9.7',
    sha256: SHA256,
  });
});

const OTHER = 'a'.repeat(64);

test.each<[what: string, metadata: string | null, tarball: Buffer | null, says: RegExp]>([
  [
    'another SHA-256',
    JSON.stringify({ ...METADATA, sha256: OTHER }),
    TARBALL,
    new RegExp(
      `openclaw-current\\.tgz has the sha256 ${SHA256}, and package-candidate\\.json beside it names ${OTHER}\\.$`,
    ),
  ],
  [
    'another version',
    JSON.stringify({ ...METADATA, version: '2026.9.8' }),
    TARBALL,
    /openclaw-current\.tgz has the version 2026\.9\.7, and package-candidate\.json beside it names 2026\.9\.8\.$/,
  ],
  [
    'no SHA-256',
    JSON.stringify({ ...METADATA, sha256: '' }),
    TARBALL,
    /names? a package candidate: sha256: expected 64 lower-case hex digits\.$/,
  ],
  [
    'another package',
    JSON.stringify({ ...METADATA, name: 'clawdbot' }),
    TARBALL,
    /does not name a package candidate: name: /,
  ],
  ['no JSON', 'openclaw', TARBALL, /does not name a package candidate: /],
  ['no metadata', null, TARBALL, /package-candidate\.json cannot be read: ENOENT/],
  ['no tarball', JSON.stringify(METADATA), null, /^There is no file .*openclaw-current\.tgz\.$/],
])('a candidate with %s is refused', async (_what, metadata, tarball, says) => {
  await expect(resolve(folderWith(metadata, tarball))).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringMatching(says),
  });
});
