import { compareReleases } from '../../scenario/releases/range.ts';
import { IMAGE_LABEL } from '../engine/build.ts';
import { type Engine, engineMessage } from '../engine/engine.ts';

/** The images of one release that Postern built on this engine: its tree (the installed package), its gateway, and mutants of that. */
export type BuiltRelease = {
  version: string;
  images: { tag: string; id: string; bytes: number }[];
};

/** The repository names of these images. An image of each is built on one of the next. */
const NAMES = ['mutant', 'gateway', 'tree'];

/** The tags that harness/gateway/image/image.ts and harness/mutants/image.ts create: a release, and a hash over the image's inputs. */
const TAG = new RegExp(`^postern/(${NAMES.join('|')}):(.+)-[0-9a-f]{12}$`);

/** The release in the tag of an image that Postern built of a release; null for every other tag. */
export function releaseOfTag(tag: string): string | null {
  return TAG.exec(tag)?.[2]?.replaceAll('_', '+') ?? null;
}

/** Lists the releases of which Postern built images on this engine, oldest release first. Leaves out all other images. */
export async function builtReleases(engine: Engine): Promise<BuiltRelease[]> {
  const label = Object.entries(IMAGE_LABEL).map(([key, value]) => `${key}=${value}`);
  const images = await engine.docker.listImages({ filters: { label } });
  const tagged = images.flatMap(({ Id: id, Size: bytes, RepoTags }) =>
    (RepoTags ?? []).flatMap((tag) => {
      const version = releaseOfTag(tag);
      return version === null ? [] : [{ version, image: { tag, id, bytes } }];
    }),
  );
  return [...Map.groupBy(tagged, ({ version }) => version)]
    .map(([version, entries]) => ({
      version,
      // Each image before the one that it is built on.
      images: entries
        .map(({ image }) => image)
        .sort((a, b) => rankOf(a.tag) - rankOf(b.tag) || (a.tag < b.tag ? -1 : 1)),
    }))
    .sort((a, b) => compareReleases(a.version, b.version));
}

function rankOf(tag: string): number {
  return NAMES.indexOf(TAG.exec(tag)?.[1] ?? '');
}

/**
 * The maximum disk space of a release in bytes, which is the size of its largest image: the gateway's image contains its tree, and both
 * contain the base, which releases share.
 */
export function bytesOf({ images }: BuiltRelease): number {
  return Math.max(0, ...images.map(({ bytes }) => bytes));
}

/** Result of removing one image. `kept`: the reason why the image is still there; null if it was removed. */
export type Removal = { tag: string; kept: string | null };

/**
 * Removes the images of releases, without force: an image stays if a container uses it or another image is built on it. Ignores images
 * whose tag is not one of `releaseOfTag`. Does not reject if an image stays. Returns one result for each image.
 */
export async function removeBuilt(engine: Engine, releases: readonly BuiltRelease[]): Promise<Removal[]> {
  const removals: Removal[] = [];
  for (const { tag, id } of releases.flatMap(({ images }) => images)) {
    if (releaseOfTag(tag) === null) continue;
    removals.push({ tag, kept: (await usersOf(engine, id)) ?? (await remove(engine, tag)) });
  }
  return removals;
}

/** Removes the images of the release in this tag, as `removeBuilt` does. Removes none if `releaseOfTag` finds no release in the tag. */
export async function removeImagesOf(engine: Engine, tag: string): Promise<Removal[]> {
  const played = releaseOfTag(tag);
  return removeBuilt(
    engine,
    (await builtReleases(engine)).filter(({ version }) => version === played),
  );
}

/**
 * Names the containers that use the image; null if there are none. Called immediately before a removal, because another run may have
 * begun.
 */
async function usersOf(engine: Engine, id: string): Promise<string | null> {
  const containers = await engine.docker.listContainers({ all: true });
  const users = containers.filter(({ ImageID }) => ImageID === id);
  return users.length === 0 ? null : `in use by ${users.map(({ Id }) => Id.slice(0, 12)).join(', ')}`;
}

async function remove(engine: Engine, tag: string): Promise<string | null> {
  try {
    await engine.docker.getImage(tag).remove();
    return null;
  } catch (error) {
    return engineMessage(error);
  }
}
