import semver from 'semver';
import { EnvironmentError, UsageError } from '../../exit.ts';
import { PULL_MS, PULL_PROGRESS_MS } from '../../limits.ts';
import { follow, imageId } from './build.ts';
import { buildDebianBase, debianBaseTag } from './debian-base.ts';
import { type Engine, engineMessage } from './engine.ts';

/** The base image of gateways and helpers. Both kinds have Node 24, npm and the user `node` (uid 1000). `why`: why this kind is used. */
export type Base = { image: string; id: string; kind: 'official' | 'debian'; why: string };

const OFFICIAL = 'node:24-bookworm-slim';

/** The oldest Node that openclaw 2026.9 accepts. A copy of the official image that was pulled long ago can be older. */
const OLDEST_NODE = '24.16.0';

type Outcome = { base: Base } | { base?: undefined; why: string };

async function localOfficial(engine: Engine, how: string): Promise<Outcome> {
  const id = await imageId(engine, OFFICIAL);
  if (id === undefined) return { why: `${OFFICIAL} is not on this machine` };
  const { Config } = await engine.docker.getImage(OFFICIAL).inspect();
  const node = (Config.Env ?? []).find((entry) => entry.startsWith('NODE_VERSION='))?.slice('NODE_VERSION='.length);
  if (node !== undefined && semver.valid(node) && semver.lt(node, OLDEST_NODE)) {
    return { why: `${OFFICIAL} on this machine has Node ${node}, older than ${OLDEST_NODE}` };
  }
  return { base: { image: OFFICIAL, id, kind: 'official', why: `${OFFICIAL} ${how}` } };
}

/**
 * Pulls an image. Returns undefined on success, else the reason of the failure. The first progress must come within PULL_PROGRESS_MS
 * (seconds), the end within PULL_MS (minutes) after that.
 */
export async function pull(engine: Engine, image: string): Promise<string | undefined> {
  const control = new AbortController();
  let timer = setTimeout(() => control.abort(), PULL_PROGRESS_MS);
  let moving = false;
  let failure: string | undefined;
  try {
    const stream = await engine.docker.pull(image, { abortSignal: control.signal });
    await follow(engine, stream, (event) => {
      if (!moving) {
        moving = true;
        clearTimeout(timer);
        timer = setTimeout(() => control.abort(), PULL_MS);
      }
      if (typeof event === 'object' && event !== null && 'error' in event) failure = String(event.error);
    });
  } catch (error) {
    failure = engineMessage(error);
  } finally {
    clearTimeout(timer);
  }
  if (!control.signal.aborted) return failure;
  return `no ${moving ? 'end' : 'progress'} within ${(moving ? PULL_MS : PULL_PROGRESS_MS) / 1000} s`;
}

async function pulledOfficial(engine: Engine, say: (line: string) => void): Promise<Outcome> {
  say(`Pulling ${OFFICIAL}.`);
  const failure = await pull(engine, OFFICIAL);
  if (failure === undefined) return localOfficial(engine, 'was pulled');
  return { why: `${OFFICIAL} cannot be pulled (${failure})` };
}

function wanted(env: NodeJS.ProcessEnv): 'official' | 'debian' | undefined {
  const value = env.POSTERN_BASE;
  if (value === undefined || value === '') return undefined;
  if (value === 'official' || value === 'debian') return value;
  throw new UsageError(`POSTERN_BASE is "${value}".`, 'Set it to official or debian, or leave it unset.');
}

async function debian(engine: Engine, why: string, say: (line: string) => void): Promise<Base> {
  const image = debianBaseTag(engine);
  const id = (await imageId(engine, image)) ?? (await buildDebianBase(engine, image, why, say));
  return { image, id, kind: 'debian', why };
}

/**
 * Returns the base image for this engine, the first of: the official Node image, if the engine has it; the base made from Debian
 * packages, if an earlier run built it, so that a machine keeps one base and the images on it; the official image, pulled; the base made
 * from Debian packages, built now. POSTERN_BASE=official or =debian forces one. `say` gets a line before each slow operation; the caller
 * prints `why`. Throws UsageError for another value of POSTERN_BASE, EnvironmentError if no base can be pulled or built.
 */
export async function ensureBase(
  engine: Engine,
  { say, env = process.env }: { say: (line: string) => void; env?: NodeJS.ProcessEnv },
): Promise<Base> {
  const forced = wanted(env);
  if (forced === 'debian') return debian(engine, 'POSTERN_BASE=debian', say);

  const local = await localOfficial(engine, 'is on this machine');
  if (local.base) return local.base;
  if (forced === undefined && (await imageId(engine, debianBaseTag(engine))) !== undefined) {
    return debian(engine, `${local.why}; the base built from Debian packages is`, say);
  }
  const pulled = await pulledOfficial(engine, say);
  if (pulled.base) return pulled.base;
  if (forced === 'official') {
    throw new EnvironmentError(
      `POSTERN_BASE=official, but ${pulled.why}.`,
      `Make ${OFFICIAL} available to the engine, or unset POSTERN_BASE.`,
    );
  }
  return debian(engine, `${pulled.why}; the base is built from Debian packages`, say);
}
