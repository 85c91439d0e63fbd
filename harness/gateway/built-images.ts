import { compareReleases } from '../scenario/range.ts';
import { IMAGE_LABEL } from './build.ts';
import { type Engine, engineMessage } from './engine.ts';

/** The images of one release that Postern built on this engine: what was installed, the gateway made of it, and mutants of that. */
export type BuiltRelease = {
  version: string;
  images: { tag: string; id: string; bytes: number }[];
};

/** The names of these images, each standing on the next. */
const NAMES = ['mutant', 'gateway', 'tree'];

/** The tags that harness/gateway/image.ts and harness/mutants/image.ts give: a release, and a hash over what went into the image. */
const TAG = new RegExp(`^postern/(${NAMES.join('|')}):(.+)-[0-9a-f]{12}$`);

/** The release in the tag of an image that Postern built of one, or null where the tag is another's. */
export function releaseOfTag(tag: string): string | null {
  return TAG.exec(tag)?.[2]?.replaceAll('_', '+') ?? null;
}

/** What Postern built of releases on this engine, in the order of their versions as text. Other images, whoever made them, are not looked at. */
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
      // What an image stands on goes after it.
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
 * Bytes of a release on the disk, at most: the gateway's image holds all that the tree under it has, and both hold the base, which
 * releases share.
 */
export function bytesOf({ images }: BuiltRelease): number {
  return Math.max(0, ...images.map(({ bytes }) => bytes));
}

/** What became of each image that was to go: why it is still there, or null where it is gone. */
export type Removal = { tag: string; kept: string | null };

/**
 * Removes the images of releases, without force: one that a container stands on stays, as does one that something was built on.
 * What has no release of Postern in its tag is never touched. Never rejects for an image that stays.
 */
export async function removeBuilt(engine: Engine, releases: readonly BuiltRelease[]): Promise<Removal[]> {
  const removals: Removal[] = [];
  for (const { tag, id } of releases.flatMap(({ images }) => images)) {
    if (releaseOfTag(tag) === null) continue;
    removals.push({ tag, kept: (await usersOf(engine, id)) ?? (await remove(engine, tag)) });
  }
  return removals;
}

/** Removes what was built of the release that the tag is of, as `removeBuilt` does; nothing where the tag is another's. */
export async function removeImagesOf(engine: Engine, tag: string): Promise<Removal[]> {
  const played = releaseOfTag(tag);
  return removeBuilt(
    engine,
    (await builtReleases(engine)).filter(({ version }) => version === played),
  );
}

/** Which containers stand on the image, in words; null where none does. Read at the last moment: another run may have begun. */
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
