import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { EnvironmentError } from '../../exit.ts';
import { SETTLE_MS } from '../../limits.ts';
import type { Engine } from './engine.ts';

/**
 * The owner of containers, networks and volumes: a run, or one stage of it. Each of them carries these labels. A run removes
 * its own at the end; the next run removes those of a run that was killed.
 */
export type ResourceOwner = { runId: string; labels: Record<string, string>; building: Building };

/** The creations that have not finished, shared by a run and its stages. `over`: the run has ended, and may create nothing more. */
type Building = { over: boolean; pending: Set<Promise<unknown>> };

const RUN = 'postern.run';
const OWNER = 'postern.owner';
const STAGE = 'postern.stage';

/**
 * Identifies where process ids have their meaning: this machine, or this container. A container may have the name of its machine, but not its PID
 * namespace, which only Linux has.
 */
function hostOf(): string {
  try {
    return `${hostname()}:${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/**
 * Identifies a process as `host/pid/start`; null if no process has this id. The start time (clock ticks since boot) distinguishes the
 * process from a later one with the same id; it is 0 on systems without /proc.
 */
function ownerOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const startedAt = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${hostOf()}/${pid}/${startedAt}`;
  } catch {
    try {
      process.kill(pid, 0);
      return `${hostOf()}/${pid}/0`;
    } catch {
      return null;
    }
  }
}

/** Creates the owner for a run of this process. */
export function ownResources(runId: string): ResourceOwner {
  return {
    runId,
    labels: { [RUN]: runId, [OWNER]: ownerOf(process.pid) ?? `${hostOf()}/${process.pid}/0` },
    building: { over: false, pending: new Set() },
  };
}

/** Creates the owner for one stage of a run. `reapStage` removes what it owns; so does `reapRun` of the run. */
export function ownerOfStage(resourceOwner: ResourceOwner, stageId: string): ResourceOwner {
  return { ...resourceOwner, labels: { ...resourceOwner.labels, [STAGE]: stageId } };
}

/**
 * Runs `create`, which creates a container, network or volume for this owner, and returns its result. Throws EnvironmentError once the
 * run is over: an interrupted run ends while its stages still boot, and what they create after the last sweep would stay.
 */
export async function createUnder<T>({ building }: ResourceOwner, create: () => Promise<T>): Promise<T> {
  if (building.over)
    throw new EnvironmentError('the run is over, and nothing is created any more', 'Run the same command again.');
  const work = create();
  building.pending.add(work);
  try {
    return await work;
  } finally {
    building.pending.delete(work);
  }
}

/** Whether the owning process has ended. False for an owner on another machine or in another container: its processes cannot be seen from here. */
export function isAbandoned(owner: string | undefined): boolean {
  if (owner === undefined) return false;
  const [host, pid] = owner.split('/');
  return host === hostOf() && ownerOf(Number(pid)) !== owner;
}

/** How many containers, networks and volumes were removed. */
export type Reaped = { containers: number; networks: number; volumes: number };

async function sweep(engine: Engine, isOurs: (labels: Record<string, string>) => boolean): Promise<Reaped> {
  const { docker } = engine;
  const swept: Reaped = { containers: 0, networks: 0, volumes: 0 };
  const filters = { label: [RUN] };
  const containers = await docker.listContainers({ all: true, filters });
  await Promise.all(
    containers
      .filter((container) => isOurs(container.Labels))
      .map(async (container) => {
        await ignoringGone(docker.getContainer(container.Id).remove({ force: true, v: true }));
        swept.containers += 1;
      }),
  );
  for (const network of await docker.listNetworks({ filters })) {
    if (!isOurs(network.Labels ?? {})) continue;
    await ignoringGone(docker.getNetwork(network.Id).remove());
    swept.networks += 1;
  }
  const { Volumes: volumes } = await docker.listVolumes({ filters });
  for (const volume of volumes ?? []) {
    if (!isOurs(volume.Labels ?? {})) continue;
    await ignoringGone(docker.getVolume(volume.Name).remove({ force: true }));
    swept.volumes += 1;
  }
  return swept;
}

/** Ignores status 404 (already removed) and 409 (its removal is already under way). Throws every other error. */
async function ignoringGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const status: unknown = error instanceof Error && 'statusCode' in error ? error.statusCode : null;
    if (status !== 404 && status !== 409) throw error;
  }
}

/** Removes every container, network and volume that carries all labels of this owner. Returns the counts. Safe to call twice. */
export function reapStage(engine: Engine, resourceOwner: ResourceOwner): Promise<Reaped> {
  return sweep(engine, (labels) =>
    Object.entries(resourceOwner.labels).every(([name, value]) => labels[name] === value),
  );
}

/**
 * Ends a run: `createUnder` throws from now on. Waits up to SETTLE_MS for creations that have not finished, and removes everything that
 * the run owns.
 */
export async function reapRun(engine: Engine, resourceOwner: ResourceOwner): Promise<void> {
  const { building } = resourceOwner;
  building.over = true;
  // A pending creation fails sooner if the network or container that it needs is gone.
  if (building.pending.size > 0) await reapStage(engine, resourceOwner).catch(() => {});
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, SETTLE_MS);
  });
  await Promise.race([Promise.allSettled(building.pending), late]);
  clearTimeout(timer);
  await reapStage(engine, resourceOwner);
}

/** Removes the containers, networks and volumes of runs whose process has ended without removing them, for example by SIGKILL. */
export function reapAbandoned(engine: Engine): Promise<Reaped> {
  return sweep(engine, (labels) => isAbandoned(labels[OWNER]));
}
