import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureBase } from '../gateway/engine/base-image.ts';
import { buildImage, imageId } from '../gateway/engine/build.ts';
import { connectEngine, type Engine } from '../gateway/engine/engine.ts';
import { ensureImage } from '../gateway/image/image.ts';
import { waitOnThisMachine } from '../limits.ts';
import { EXAMPLE } from '../scenario/catalogue/example.fixture.ts';
import { postern } from './child.fixture.ts';
import { treeWith } from './tree.fixture.ts';

/** Boots within seconds, on a machine that does nothing else. */
const GATEWAY = '2026.4.1';
const BOUND_MS = waitOnThisMachine(480_000);
const silent = (): void => undefined;

/** The gateway under the tag of a release that does not exist, so that no image that is in use is removed. */
const COPY = `postern/gateway:1999.1.1-prune.${randomBytes(4).toString('hex')}-${randomBytes(6).toString('hex')}`;

let engine: Engine;
let place = '';
beforeAll(async () => {
  engine = await connectEngine();
  place = mkdtempSync(path.join(tmpdir(), 'postern-prune-'));
});
afterAll(async () => {
  rmSync(place, { recursive: true, force: true });
  if ((await imageId(engine, COPY)) !== undefined) await engine.docker.getImage(COPY).remove({ force: true });
});

test('with --prune, the images built of a release are removed once it has been played, and no others', {
  timeout: BOUND_MS,
}, async () => {
  const base = await ensureBase(engine, { say: silent });
  const real = await ensureImage(
    engine,
    { kind: 'published', reference: GATEWAY, version: GATEWAY },
    { base, say: silent },
  );
  const copy = {
    what: 'The image of a test',
    tag: COPY,
    dockerfile: `FROM ${real.tag}\nLABEL copy=${COPY}\n`,
    files: [],
    ownScenarios: null,
    args: {},
    network: 'none' as const,
    bytes: 1e6,
    minutes: 2,
  };
  await buildImage(engine, copy);
  const main = treeWith(path.join(place, 'tree'), { 'scenarios/stale-scopes/example.yaml': EXAMPLE });
  const play = (...more: string[]) =>
    postern(['matrix', '--gateway', `image:${COPY}`, '--reports', path.join(place, 'reports'), ...more], { main });

  const kept = await play();
  expect(kept.stdout).not.toContain('Removed');
  expect(await imageId(engine, COPY)).toBeDefined();

  const { stdout } = await play('--prune');
  expect(stdout).toContain(`Removed ${COPY}.`);
  expect(await imageId(engine, COPY)).toBeUndefined();
  expect(await imageId(engine, real.tag)).toBe(real.id);
});
