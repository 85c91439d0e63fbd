import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import type { Base } from './base-image.ts';
import type { Engine } from './engine.ts';

/** A registry in a container, which builds reach, and which writes down what it is asked for. */
export type WitnessRegistry = {
  registry: string;
  /** Another port of the same machine, which has nothing and which nobody should ask. */
  stranger: string;
  /** Makes the registry have one version of a package, with `content` in content.txt and files beside it. */
  publish(name: string, content: string, fields?: object, beside?: Files): Promise<void>;
  /** The paths that were asked for so far, on one of the two. */
  asked(of: 'registry' | 'stranger'): Promise<string[]>;
  stop(): Promise<void>;
};

export type Files = Readonly<Record<string, string>>;

const PORTS = { registry: 4873, stranger: 4874 };

/** Answers with the file whose name is the encoded path, and lets npm keep the answer for a day. */
const SERVER = `
const { createServer } = require('node:http');
const { readFileSync } = require('node:fs');
for (const port of [${PORTS.registry}, ${PORTS.stranger}]) createServer((request, response) => {
  console.log(port + ' ' + request.url);
  response.setHeader('cache-control', 'public, max-age=86400, immutable');
  try { response.end(readFileSync('/srv/' + encodeURIComponent(request.url))); } catch { response.writeHead(404).end(); }
}).listen(port, () => console.log('listening ' + port));
`;

async function archive(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const pack = tar.pack();
  for (const [name, content] of Object.entries(files)) pack.entry({ name, mode: 0o755 }, content);
  pack.finalize();
  return buffer(pack);
}

/** A tarball of a package, every file of which may be run. */
export async function packed(files: Files): Promise<Buffer> {
  const below = Object.entries(files).map(([name, content]) => [`package/${name}`, content]);
  return gzipSync(await archive(Object.fromEntries(below)));
}

/** Starts a registry on the engine's default network, where builds are. It has nothing yet. */
export async function startWitness(engine: Engine, base: Base): Promise<WitnessRegistry> {
  const container = await engine.docker.createContainer({
    Image: base.id,
    Entrypoint: ['node', '-e', SERVER],
    Cmd: [],
    Tty: true,
    Labels: { postern: 'image' },
  });
  await container.start();
  const log = await container.logs({ follow: true, stdout: true });
  for await (const chunk of Readable.from(log)) if (String(chunk).includes(`listening ${PORTS.stranger}`)) break;
  const address = (await container.inspect()).NetworkSettings.Networks.bridge?.IPAddress;
  if (!address) throw new Error('the engine gave the registry no address on its default network');
  const registry = `http://${address}:${PORTS.registry}`;
  return {
    registry,
    stranger: `http://${address}:${PORTS.stranger}`,
    async publish(name, content, fields = {}, beside = {}) {
      const manifest = { name, version: '1.0.0', ...fields };
      const bytes = await packed({ 'package.json': JSON.stringify(manifest), 'content.txt': content, ...beside });
      const path = `/${name}/-/${name}-1.0.0.tgz`;
      const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
      const versions = { '1.0.0': { ...manifest, dist: { tarball: `${registry}${path}`, integrity } } };
      const packument = JSON.stringify({ name, 'dist-tags': { latest: '1.0.0' }, versions });
      const files = { [encodeURIComponent(`/${name}`)]: packument, [encodeURIComponent(path)]: bytes };
      await container.putArchive(await archive(files), { path: '/srv' });
    },
    async asked(of) {
      const printed = (await container.logs({ stdout: true, stderr: true })).toString('utf8');
      const mark = `${PORTS[of]} `;
      return printed.split(/\r?\n/).flatMap((line) => (line.startsWith(mark) ? [line.slice(mark.length)] : []));
    },
    stop: () => container.remove({ force: true, v: true }),
  };
}
