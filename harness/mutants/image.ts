import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import tar from 'tar-stream';
import { EnvironmentError } from '../exit.ts';
import { buildImage, IMAGE_LABEL, imageId } from '../gateway/build.ts';
import { type Engine, engineMessage } from '../gateway/engine.ts';
import { type GatewayImage, INSTALLED } from '../gateway/image.ts';
import { BUILD_MINUTES } from '../limits.ts';
import type { Chunk } from './ast.ts';

const DIST = `${INSTALLED}/dist`;
const DOCKERFILE = fileURLToPath(new URL('../../docker/mutant.Dockerfile', import.meta.url));

/** Code of the gateway itself lies in this folder; folders in it hold plug-ins, workers of other programs, and pages. */
const CHUNK = /^dist\/[^/]+\.m?js$/;

/** A layer over an image that is there takes a second or two, and few bytes. */
const LAYER_BYTES = 0.2e9;

/**
 * The chunks of the package in a gateway's image, read without running it. Throws EnvironmentError where the engine fails, or where
 * there is no such folder.
 */
export async function chunksOf(engine: Engine, image: GatewayImage): Promise<Chunk[]> {
  const container = await engine.docker.createContainer({
    Image: image.tag,
    Labels: IMAGE_LABEL,
    NetworkDisabled: true,
  });
  try {
    const chunks: Chunk[] = [];
    const extract = tar.extract();
    const archive = await container.getArchive({ path: DIST });
    archive.pipe(extract);
    for await (const entry of extract) {
      const { name, type } = entry.header;
      if (type === 'file' && CHUNK.test(name))
        chunks.push({ path: name.slice('dist/'.length), text: await text(entry) });
      else entry.resume();
    }
    return chunks.sort((a, b) => (a.path < b.path ? -1 : 1));
  } catch (error) {
    throw new EnvironmentError(
      `The code of ${image.tag} cannot be read: ${engineMessage(error)}`,
      `Postern looks for it in ${DIST}; look with \`docker run --rm --network none --entrypoint ls ${image.tag} ${DIST}\`.`,
      { cause: error },
    );
  } finally {
    await container.remove({ force: true });
  }
}

/** The tag of an image with these files in the place of the release's: a hash over all that goes into it. */
export function mutantTag(image: GatewayImage, changed: readonly Chunk[]): string {
  const parts = JSON.stringify([readFileSync(DOCKERFILE, 'utf8'), image.id, changed]);
  const hash = createHash('sha256').update(parts).digest('hex').slice(0, 12);
  return `postern/mutant:${image.version.replaceAll('+', '_')}-${hash}`;
}

/** Builds the image of that tag, unless it is there. Throws EnvironmentError where it cannot be built. */
export async function ensureMutantImage(
  engine: Engine,
  image: GatewayImage,
  changed: readonly Chunk[],
): Promise<string> {
  const tag = mutantTag(image, changed);
  if ((await imageId(engine, tag)) !== undefined) return tag;
  await buildImage(engine, {
    what: `The image of a mutant of openclaw ${image.version}`,
    tag,
    dockerfile: readFileSync(DOCKERFILE, 'utf8'),
    files: changed.map((chunk) => ({ name: `dist/${chunk.path}`, text: chunk.text })),
    args: { GATEWAY: image.tag },
    network: 'none',
    bytes: LAYER_BYTES,
    minutes: BUILD_MINUTES.mutant,
  });
  return tag;
}

/** Takes an image of a mutant away again; one that is in use, or gone, is left to `postern images --prune`. */
export async function removeMutantImage(engine: Engine, tag: string): Promise<void> {
  await engine.docker
    .getImage(tag)
    .remove()
    .catch(() => {});
}
