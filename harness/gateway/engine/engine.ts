import { statfs } from 'node:fs/promises';
import Dockerode from 'dockerode';
import { z } from 'zod';
import { EnvironmentError, messageOf } from '../../exit.ts';
import { requirePatience } from '../../patience.ts';
import { IS_CHECKOUT } from '../../root.ts';
import { advice } from '../../setup/advice.mjs';
import { machine } from '../../setup/debian.mjs';
import { findEngine } from '../../setup/find-engine.mjs';

/** A container engine that answers. */
export type Engine = {
  docker: Dockerode;
  /** As in DOCKER_HOST: `unix:///var/run/docker.sock`, `tcp://host:port`. */
  url: string;
  kind: 'docker' | 'podman';
  version: string;
  apiVersion: string;
  /** The operating system of the engine's machine, as the engine names it: "Debian GNU/Linux 12 (bookworm)". */
  os: string;
  architecture: string;
  storageDriver: string;
  /** The folder in which the engine keeps its images, on the engine's machine. */
  rootDir: string;
};

const versionSchema = z.object({ Version: z.string(), ApiVersion: z.string() });
const infoSchema = z.object({
  OperatingSystem: z.string(),
  Architecture: z.string(),
  Driver: z.string(),
  DockerRootDir: z.string(),
});

/**
 * The free disk space for images in bytes, read at each call. Undefined if the engine's folder is on another machine, or cannot be
 * read by this user.
 */
export async function freeBytes(engine: Pick<Engine, 'url' | 'rootDir'>): Promise<number | undefined> {
  if (!engine.url.startsWith('unix:')) return undefined;
  try {
    const stats = await statfs(engine.rootDir);
    return stats.bavail * stats.bsize;
  } catch {
    return undefined;
  }
}

/**
 * Connects to the container engine of this machine: DOCKER_HOST, else the usual Docker and Podman sockets.
 * Throws EnvironmentError with each address that was tried and what to do, if none answers; only the set-up of a checkout installs one. Throws UsageError if POSTERN_PATIENCE cannot be read: every
 * wait on an engine depends on it.
 */
export async function connectEngine(env: NodeJS.ProcessEnv = process.env): Promise<Engine> {
  requirePatience(env);
  const { engine, tried } = await findEngine(env);
  if (!engine) {
    throw new EnvironmentError(
      `No container engine answers. Tried ${tried.map(({ url, why }) => `${url} (${why})`).join(', ')}.`,
      IS_CHECKOUT && !env.DOCKER_HOST
        ? 'Run `node harness/setup/ready.mjs`: it installs and starts one on Debian and Ubuntu, and prints instructions on other systems.'
        : advice({ platform: process.platform, family: machine().family, tried, dockerHost: env.DOCKER_HOST }),
    );
  }
  const docker = new Dockerode(engine.options);
  const version = versionSchema.parse(await docker.version());
  const info = infoSchema.parse(await docker.info());
  return {
    docker,
    url: engine.url,
    kind: engine.kind,
    version: version.Version,
    apiVersion: version.ApiVersion,
    os: info.OperatingSystem,
    architecture: info.Architecture,
    storageDriver: info.Driver,
    rootDir: info.DockerRootDir,
  };
}

/**
 * Makes testcontainers use the same engine, without the reaper of testcontainers: its image cannot be pulled everywhere, and it needs
 * the engine's socket inside a container. Postern's own reaper removes containers, networks and volumes by label. Call this before
 * testcontainers opens its first connection.
 */
export function shareWithTestcontainers(engine: Engine, env: NodeJS.ProcessEnv = process.env): void {
  env.DOCKER_HOST = engine.url;
  env.TESTCONTAINERS_RYUK_DISABLED = 'true';
}

/** The engine's message about a failed request, without dockerode's prefix "(HTTP code 500) server error - ". */
export function engineMessage(error: unknown): string {
  const text = messageOf(error);
  return text.replace(/^\(HTTP code \d+\) [^-]* - /, '').trim();
}
