import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import type { Base } from '../engine/base-image.ts';
import type { Engine } from '../engine/engine.ts';

/** A registry in a container that builds can reach. It records the requests that it gets. */
export type WitnessRegistry = {
  registry: string;
  /** Another port of the same machine, without content. Builds must not send requests to it. */
  otherServer: string;
  /** Publishes one version of a package in the registry, with `content` in content.txt and other files. */
  publish(name: string, content: string, fields?: object, others?: Files): Promise<void>;
  /** The paths that were requested so far on one of the two ports. */
  asked(of: 'registry' | 'otherServer'): Promise<string[]>;
  stop(): Promise<void>;
};

export type Files = Readonly<Record<string, string>>;

const PORTS = { registry: 4873, otherServer: 4874 };

/** Server code: answers with the file whose name is the encoded path, and lets npm cache the answer for a day. */
const SERVER = `
const { createServer } = require('node:http');
const { readFileSync } = require('node:fs');
for (const port of [${PORTS.registry}, ${PORTS.otherServer}]) createServer((request, response) => {
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

/** Creates a tarball of a package, in which every file is executable. */
export async function packed(files: Files): Promise<Buffer> {
  const below = Object.entries(files).map(([name, content]) => [`package/${name}`, content]);
  return gzipSync(await archive(Object.fromEntries(below)));
}

/** Starts an empty registry on the engine's default network, in which builds run. */
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
  for await (const chunk of Readable.from(log)) if (String(chunk).includes(`listening ${PORTS.otherServer}`)) break;
  const address = (await container.inspect()).NetworkSettings.Networks.bridge?.IPAddress;
  if (!address) throw new Error('the engine gave the registry no address on its default network');
  const registry = `http://${address}:${PORTS.registry}`;
  return {
    registry,
    otherServer: `http://${address}:${PORTS.otherServer}`,
    async publish(name, content, fields = {}, others = {}) {
      const manifest = { name, version: '1.0.0', ...fields };
      const bytes = await packed({ 'package.json': JSON.stringify(manifest), 'content.txt': content, ...others });
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
