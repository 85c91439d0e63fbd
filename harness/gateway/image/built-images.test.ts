import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import tar from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitOnThisMachine } from '../../limits.ts';
import { ensureBase } from '../engine/base-image.ts';
import { buildImage, follow, imageId } from '../engine/build.ts';
import { connectEngine, type Engine } from '../engine/engine.ts';
import {
  type BuiltRelease,
  builtReleases,
  bytesOf,
  releaseOfTag,
  removeBuilt,
  removeImagesOf,
} from './built-images.ts';

const MINUTES = waitOnThisMachine(60_000);
const silent = (): void => undefined;

/** A release that does not exist, and a hash that only this file uses, so that the tests remove no image in use on this engine. */
const mark = randomBytes(6).toString('hex');
const VERSION = `1999.1.1-test.${mark}`;
const GATEWAY = `postern/gateway:${VERSION}-${mark}`;
const TREE = `postern/tree:${VERSION}-${mark}`;
const FOREIGN = `postern-test-${mark}/gateway:${VERSION}-${mark}`;
const UNLABELLED = `postern/gateway:${VERSION}.unlabelled-${mark}`;

let engine: Engine;

beforeAll(async () => {
  engine = await connectEngine();
});

afterAll(async () => {
  for (const tag of [GATEWAY, TREE, FOREIGN, UNLABELLED]) {
    if ((await imageId(engine, tag)) !== undefined) await engine.docker.getImage(tag).remove({ force: true });
  }
});

/** Creates an image that contains one small file and no program. */
async function tinyImage(tag: string, changes: string): Promise<void> {
  const pack = tar.pack();
  pack.entry({ name: 'hello' }, tag);
  pack.finalize();
  const stream = await engine.docker.importImage(Readable.from(pack), { changes });
  let id = '';
  await follow(engine, stream, (event) => {
    if (typeof event === 'object' && event !== null && 'status' in event) id = `${event.status}`;
  });
  const colon = tag.lastIndexOf(':');
  await engine.docker.getImage(id).tag({ repo: tag.slice(0, colon), tag: tag.slice(colon + 1) });
}

/** The releases with images that this file created. */
async function mine(): Promise<BuiltRelease[]> {
  return (await builtReleases(engine)).filter(({ version }) => version.startsWith(VERSION));
}

test.each([
  ['postern/gateway:2026.4.1-21866debc1f3', '2026.4.1'],
  ['postern/tree:2026.4.1-beta.1-21866debc1f3', '2026.4.1-beta.1'],
  ['postern/gateway:2026.4.1_local-21866debc1f3', '2026.4.1+local'],
  ['postern/helper:21866debc1f3', null],
  ['postern/base:bookworm-node24.21.0-21866debc1f3', null],
  ['example/postern/gateway:2026.4.1-21866debc1f3', null],
  ['postern/gateway:latest', null],
])('%s is an image of %s', (tag, version) => {
  expect(releaseOfTag(tag)).toBe(version);
});

describe('images of releases', () => {
  test('are listed by release if they have the label and a tag of Postern', async () => {
    await tinyImage(GATEWAY, 'LABEL postern=image');
    await tinyImage(TREE, 'LABEL postern=image');
    await tinyImage(FOREIGN, 'LABEL postern=image');
    await tinyImage(UNLABELLED, 'LABEL other=image');
    const found = await mine();
    expect(found.map(({ version, images }) => [version, images.map(({ tag }) => tag)])).toEqual([
      [VERSION, [GATEWAY, TREE]],
    ]);
    expect(found.map(bytesOf)).toEqual([expect.any(Number)]);
  });

  test('are removed, and no other images', async () => {
    const removed = await removeBuilt(engine, [
      ...(await mine()),
      { version: VERSION, images: [{ tag: FOREIGN, id: `${await imageId(engine, FOREIGN)}`, bytes: 0 }] },
    ]);
    expect(removed).toEqual([
      { tag: GATEWAY, kept: null },
      { tag: TREE, kept: null },
    ]);
    expect(await mine()).toEqual([]);
    for (const tag of [FOREIGN, UNLABELLED]) expect(await imageId(engine, tag), tag).toBeDefined();
  });

  test('are removed together, given the tag of one of them', async () => {
    for (const tag of [GATEWAY, TREE]) await tinyImage(tag, 'LABEL postern=image');
    expect(await removeImagesOf(engine, FOREIGN)).toEqual([]);
    expect((await removeImagesOf(engine, GATEWAY)).map(({ tag }) => tag)).toEqual([GATEWAY, TREE]);
    expect(await mine()).toEqual([]);
  });

  test('that do not exist any more are reported as such', async () => {
    const gone = [{ version: VERSION, images: [{ tag: GATEWAY, id: 'sha256:0', bytes: 0 }] }];
    expect(await removeBuilt(engine, gone)).toEqual([{ tag: GATEWAY, kept: expect.stringMatching(/no such image/i) }]);
  });

  test(
    'that a container uses stay until the container is removed',
    async () => {
      const base = await ensureBase(engine, { say: silent });
      await buildImage(engine, {
        what: 'The image of a test',
        tag: GATEWAY,
        dockerfile: `FROM ${base.image}\nRUN echo ${mark} > /mark\n`,
        files: [],
        args: {},
        network: 'none',
        bytes: 1e6,
        minutes: 2,
      });
      const container = await engine.docker.createContainer({ Image: GATEWAY, Cmd: ['sleep', '300'] });
      try {
        await container.start();
        expect(await removeBuilt(engine, await mine())).toEqual([
          { tag: GATEWAY, kept: `in use by ${container.id.slice(0, 12)}` },
        ]);
        expect(await imageId(engine, GATEWAY)).toBeDefined();
      } finally {
        await container.remove({ force: true });
      }
      expect(await removeBuilt(engine, await mine())).toEqual([{ tag: GATEWAY, kept: null }]);
      expect(await imageId(engine, base.image)).toBe(base.id);
    },
    4 * MINUTES,
  );
});
