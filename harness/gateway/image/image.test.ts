import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import tar from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EnvironmentError } from '../../exit.ts';
import { waitOnThisMachine } from '../../limits.ts';
import { type Base, ensureBase } from '../engine/base-image.ts';
import { buildImage, claimTag, follow, imageId } from '../engine/build.ts';
import { connectEngine, type Engine } from '../engine/engine.ts';
import { ensureHelperImage, ensureImage, withoutCredentials } from './image.ts';

const MINUTES = waitOnThisMachine(60_000);

/** Tags that only this file uses, so that test files that run at the same time do not interfere. */
const mark = randomBytes(4).toString('hex');
const tag = (name: string): string => `postern/test-${mark}:${name}`;

const silent = (): void => undefined;

let engine: Engine;
let base: Base;

beforeAll(async () => {
  engine = await connectEngine();
  base = await ensureBase(engine, { say: silent });
}, 10 * MINUTES);

afterAll(async () => {
  for (const image of await engine.docker.listImages({ filters: { reference: [`postern/test-${mark}`] } })) {
    await engine.docker.getImage(image.Id).remove({ force: true });
  }
});

/** Creates an image that contains one small file and no program. */
async function tinyImage(name: string): Promise<string> {
  const pack = tar.pack();
  pack.entry({ name: 'hello' }, `${mark} ${name}`);
  pack.finalize();
  const stream = await engine.docker.importImage(Readable.from(pack), { repo: `postern/test-${mark}`, tag: name });
  await follow(engine, stream, silent);
  return tag(name);
}

const request = (dockerfile: string) => ({
  what: 'The image of a test',
  tag: tag('built'),
  dockerfile: `FROM ${base.image}\n${dockerfile}\n`,
  files: [],
  args: {},
  network: 'none' as const,
  bytes: 1e6,
  minutes: 2,
});

describe('the base image', () => {
  test('reports its kind and the reason, and exists', async () => {
    expect(base).toEqual({
      image: expect.stringMatching(/^(node:24-bookworm-slim|postern\/base:bookworm-node24\.[\d.]+-[0-9a-f]{12})$/),
      id: expect.stringMatching(/^sha256:/),
      kind: expect.stringMatching(/^(official|debian)$/),
      why: expect.stringMatching(/./),
    });
    expect(await imageId(engine, base.image)).toBe(base.id);
  });

  test('can be forced, but only to a kind that exists', async () => {
    await expect(ensureBase(engine, { say: silent, env: { POSTERN_BASE: 'alpine' } })).rejects.toThrow(
      expect.objectContaining({ name: 'UsageError', message: 'POSTERN_BASE is "alpine".' }),
    );
  });
});

describe('building', () => {
  test('a failed build shows the error lines of npm, and not the command', async () => {
    const act = buildImage(engine, request(`RUN echo ${mark}; echo "npm error code E404" >&2; exit 7`));
    await expect(act).rejects.toThrow(
      expect.objectContaining({
        name: 'EnvironmentError',
        message: 'The image of a test could not be built: a step ended with exit code: 7\n  code E404',
      }),
    );
  });

  test('a disk that is too full is an error before the build starts', async () => {
    const act = buildImage(engine, { ...request('RUN true'), bytes: 1e18 });
    await expect(act).rejects.toThrow(
      /^The image of a test could not be built: the disk that holds \S+ has [\d.]+ GB left\.$/,
    );
  });

  test(
    'a step has no network if the request says none, and the image has the label',
    async () => {
      const id = await buildImage(engine, request('RUN [ "$(ls /sys/class/net)" = lo ]'));
      const image = await engine.docker.getImage(tag('built')).inspect();
      expect([image.Id, image.Config.Labels?.postern]).toEqual([id, 'image']);
    },
    2 * MINUTES,
  );

  test('a tag names the image of the first process that finishes', async () => {
    const [first, second] = [await tinyImage('first'), await tinyImage('second')];
    const id = await imageId(engine, first);
    expect(await claimTag(engine, String(await imageId(engine, second)), first)).toBe(id);
  });
});

describe('an image: reference', () => {
  const named = (name: string) =>
    ensureImage(engine, { kind: 'image', reference: `image:${name}`, name }, { base, say: silent });

  test('to an image without openclaw is refused', async () => {
    const name = await tinyImage('plain');
    await expect(named(name)).rejects.toThrow(EnvironmentError);
    await expect(named(name)).rejects.toThrow(`The image ${name} is not a gateway: \`openclaw\` does not start`);
  });

  test(
    'to an image whose openclaw fails is refused',
    async () => {
      await buildImage(engine, { ...request('RUN ln -s /bin/false /usr/local/bin/openclaw'), tag: tag('failing') });
      await expect(named(tag('failing'))).rejects.toThrow(
        expect.objectContaining({
          name: 'EnvironmentError',
          message: `The image ${tag('failing')} is not a gateway: \`openclaw --version\` ended with 1.`,
        }),
      );
    },
    2 * MINUTES,
  );

  test(
    'to an image whose openclaw prints no version is refused',
    async () => {
      await buildImage(engine, { ...request('RUN ln -s /bin/true /usr/local/bin/openclaw'), tag: tag('silent') });
      await expect(named(tag('silent'))).rejects.toThrow('`openclaw --version` prints no version');
    },
    2 * MINUTES,
  );

  test(
    'to an image with openclaw gives that image, with the version that it prints',
    async () => {
      const command =
        "printf '#!/bin/sh\\necho OpenClaw 2026.4.1\\n' > /usr/local/bin/openclaw && chmod +x /usr/local/bin/openclaw";
      await buildImage(engine, { ...request(`RUN ${command}`), tag: tag('working') });
      expect(await named(tag('working'))).toEqual({
        tag: tag('working'),
        id: await imageId(engine, tag('working')),
        source: { kind: 'image', reference: `image:${tag('working')}`, name: tag('working') },
        version: '2026.4.1',
        cached: true,
        seconds: expect.any(Number),
      });
    },
    2 * MINUTES,
  );

  test('leaves no container behind', async () => {
    const left = await engine.docker.listContainers({ all: true, filters: { ancestor: [tag('failing')] } });
    expect(left).toEqual([]);
  });
});

test(
  'the helper image runs nginx as an ordinary user without capabilities',
  async () => {
    const helper = await ensureHelperImage(engine, { base, say: silent });
    expect(await ensureHelperImage(engine, { base, say: silent })).toEqual(helper);
    const container = await engine.docker.createContainer({
      Image: helper.id,
      Labels: { postern: 'image' },
      Cmd: [
        'sh',
        '-c',
        `printf 'pid /tmp/pid; include /etc/nginx/modules-enabled/*.conf; events {} stream { server { listen 8081; proxy_pass 127.0.0.1:1; } }' > /etc/postern/nginx.conf && id -u && nginx -t -e stderr -c /etc/postern/nginx.conf`,
      ],
      HostConfig: { NetworkMode: 'none', CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges'] },
      Tty: true,
    });
    try {
      await container.start();
      const exit: unknown = await container.wait();
      const log = (await container.logs({ stdout: true, stderr: true })).toString();
      expect({ exit, log }).toMatchObject({
        exit: { StatusCode: 0 },
        log: expect.stringMatching(/^1000\r?\n[\s\S]*successful/),
      });
    } finally {
      await container.remove({ force: true });
    }
  },
  5 * MINUTES,
);

test('the URL of the registry has no user name or password in the build', () => {
  expect(withoutCredentials('https://ann:secret@registry.invalid/npm/')).toBe('https://registry.invalid/npm/');
});
