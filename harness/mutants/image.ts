import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import tar from 'tar-stream';
import { EnvironmentError } from '../exit.ts';
import { buildImage, IMAGE_LABEL, imageId } from '../gateway/engine/build.ts';
import { type Engine, engineMessage } from '../gateway/engine/engine.ts';
import { type GatewayImage, INSTALLED } from '../gateway/image/image.ts';
import { BUILD_MINUTES } from '../limits.ts';
import { ROOT } from '../root.ts';
import type { Chunk } from './ast.ts';

const DIST = `${INSTALLED}/dist`;
const DOCKERFILE = path.join(ROOT, 'docker/mutant.Dockerfile');

/** The files of the gateway's own code. Subfolders contain plug-ins, workers of other programs, and pages. */
const CHUNK = /^dist\/[^/]+\.m?js$/;

/** The disk space that one mutant layer needs at most, in bytes. Building it over an existing image takes one or two seconds. */
const LAYER_BYTES = 0.2e9;

/**
 * Reads the chunks of the package in a gateway's image, sorted by path, from a container that is never started. Throws EnvironmentError if
 * the engine fails, or if the image has no such folder.
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
      `Postern expects it in ${DIST}; list that folder with \`docker run --rm --network none --entrypoint ls ${image.tag} ${DIST}\`.`,
      { cause: error },
    );
  } finally {
    await container.remove({ force: true });
  }
}

/** The tag of the mutant image in which `changed` replaces files of the release. It contains a hash of everything in the image. */
export function mutantTag(image: GatewayImage, changed: readonly Chunk[]): string {
  const parts = JSON.stringify([readFileSync(DOCKERFILE, 'utf8'), image.id, changed]);
  const hash = createHash('sha256').update(parts).digest('hex').slice(0, 12);
  return `postern/mutant:${image.version.replaceAll('+', '_')}-${hash}`;
}

/** Builds the mutant image unless it exists, and returns its tag. Throws EnvironmentError if the build fails. */
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

/** Removes a mutant image. Ignores errors: `postern images --prune` removes an image that is still in use. */
export async function removeMutantImage(engine: Engine, tag: string): Promise<void> {
  await engine.docker
    .getImage(tag)
    .remove()
    .catch(() => {});
}
