import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import semver from 'semver';
import { z } from 'zod';
import { EnvironmentError, UsageError } from '../../exit.ts';
import { REGISTRY_SECONDS } from '../../limits.ts';
import { compareReleases, isVersion } from '../../scenario/releases/range.ts';
import { npm } from '../engine/npm.ts';

const NEAREST_SHOWN = 6;

const publishedSchema = z.object({ 'dist-tags': z.record(z.string(), z.string()), versions: z.array(z.string()) });

/** The dist-tags (version by tag) and the versions that the registry lists for openclaw. */
export type Published = { tags: Record<string, string>; versions: string[] };

/**
 * The file with the versions that the registry has listed so far, in the user's cache folder. A published version is never replaced, so an exact
 * version in this file needs no request, and a machine that has built its images can run without a network.
 */
const KNOWN_VERSIONS = path.join(
  process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
  'postern',
  'openclaw-versions.json',
);

async function knownVersions(): Promise<string[]> {
  try {
    return z.array(z.string()).parse(JSON.parse(await readFile(KNOWN_VERSIONS, 'utf8')));
  } catch {
    return [];
  }
}

/** Keeps the versions. Where the user has no folder that can be written, the registry is asked again next time. */
async function remember(versions: readonly string[]): Promise<void> {
  const draft = `${KNOWN_VERSIONS}.${process.pid}`;
  try {
    await mkdir(path.dirname(KNOWN_VERSIONS), { recursive: true });
    await writeFile(draft, JSON.stringify(versions));
    await rename(draft, KNOWN_VERSIONS);
  } catch {
    await rm(draft, { force: true });
  }
}

async function askRegistry(): Promise<Published> {
  const answer = await npm(['view', 'openclaw', 'dist-tags', 'versions', '--json'], REGISTRY_SECONDS);
  if (!answer.ok) {
    throw new EnvironmentError(
      `npm could not list the published versions of openclaw: ${answer.reason}.`,
      'Check the network and `npm config get registry`, or name a tarball, a checkout or an image instead.',
    );
  }
  const { 'dist-tags': tags, versions } = publishedSchema.parse(JSON.parse(answer.stdout));
  await remember(versions);
  return { tags, versions };
}

/** Every version of openclaw that the registry lists, in its order. Throws EnvironmentError if the registry does not answer. */
export async function publishedVersions(): Promise<string[]> {
  return (await askRegistry()).versions;
}

/** The published versions nearest to one that is not published, in order. */
function nearest(wanted: string, versions: readonly string[]): string[] {
  const sorted = versions.filter(isVersion).sort(compareReleases);
  const floor = isVersion(wanted) ? wanted : (semver.coerce(wanted)?.version ?? '9999.0.0');
  const at = sorted.findIndex((version) => compareReleases(version, floor) >= 0);
  const end = Math.min(sorted.length, (at === -1 ? sorted.length : at) + NEAREST_SHOWN / 2);
  return sorted.slice(Math.max(0, end - NEAREST_SHOWN), end);
}

/**
 * The version that npm would install for a version, range or dist-tag. As in npm, a range means the release tagged `latest` if that
 * satisfies it, else the highest version in npm's order, in which corrections count as pre-releases. `text` is the reference that the
 * user wrote. Throws UsageError with the nearest versions if no version matches.
 */
export function chooseVersion(spec: string, published: Published, text: string): string {
  const { tags, versions } = published;
  const tagged = tags[spec];
  if (tagged !== undefined) return tagged;
  if (versions.includes(spec)) return spec;
  const latest = tags.latest;
  if (semver.validRange(spec) !== null && semver.valid(spec) === null) {
    const highest = semver.maxSatisfying(versions, spec);
    if (highest !== null) return latest !== undefined && semver.satisfies(latest, spec) ? latest : highest;
  }
  throw new UsageError(
    `"${text}": no published version of openclaw matches "${spec}".`,
    `The nearest published versions are ${nearest(spec, versions).join(', ')}; tags: ${Object.keys(tags).join(', ')}.`,
  );
}

/**
 * Resolves a spec as `chooseVersion` does, with the versions in npm's registry. An exact version that the registry has listed before needs
 * no request. Throws EnvironmentError if the registry does not answer.
 */
export async function publishedVersion(spec: string, text: string): Promise<string> {
  if (semver.valid(spec) === spec && (await knownVersions()).includes(spec)) return spec;
  return chooseVersion(spec, await askRegistry(), text);
}
