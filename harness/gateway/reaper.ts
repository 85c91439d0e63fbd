import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { EnvironmentError } from '../exit.ts';
import { SETTLE_MS } from '../limits.ts';
import type { Engine } from './engine.ts';

/**
 * Who owns what was created in the engine. Every container, network and volume carries these labels, so that a run
 * removes its own at the end, and the next run removes those of a run that was killed.
 */
export type ResourceOwner = { runId: string; labels: Record<string, string>; building: Building };

/** What is being created under a lease right now; shared by a run and its stages. */
type Building = { over: boolean; pending: Set<Promise<unknown>> };

const RUN = 'postern.run';
const OWNER = 'postern.owner';
const STAGE = 'postern.stage';

/** A process is told apart from a later one with the same number by when it started (clock ticks since boot). */
function ownerOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const startedAt = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${hostname()}/${pid}/${startedAt}`;
  } catch {
    try {
      process.kill(pid, 0);
      return `${hostname()}/${pid}/0`;
    } catch {
      return null;
    }
  }
}

/** A lease of this process. */
export function ownResources(runId: string): ResourceOwner {
  return {
    runId,
    labels: { [RUN]: runId, [OWNER]: ownerOf(process.pid) ?? `${hostname()}/${process.pid}/0` },
    building: { over: false, pending: new Set() },
  };
}

/** The lease of one stage of a run: it can be ended alone, and ends with the run. */
export function ownerOfStage(resourceOwner: ResourceOwner, stageId: string): ResourceOwner {
  return { ...resourceOwner, labels: { ...resourceOwner.labels, [STAGE]: stageId } };
}

/**
 * Creates something in the engine under a lease. Throws EnvironmentError once the run is over: an interrupted run ends while
 * its stages still boot, and what they create after the last sweep would stay.
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

/** Whether the process that made a thing is gone. Things from another machine are left alone: nobody here can tell. */
function isAbandoned(owner: string | undefined): boolean {
  if (owner === undefined) return false;
  const [host, pid] = owner.split('/');
  return host === hostname() && ownerOf(Number(pid)) !== owner;
}

/** What was removed, by kind. */
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

/** 404: somebody removed it first. 409: its removal is already under way. Both are what was wanted. */
async function ignoringGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const status: unknown = error instanceof Error && 'statusCode' in error ? error.statusCode : null;
    if (status !== 404 && status !== 409) throw error;
  }
}

/** Removes everything that was created under this lease. Safe to call twice. */
export function reapStage(engine: Engine, resourceOwner: ResourceOwner): Promise<Reaped> {
  return sweep(engine, (labels) =>
    Object.entries(resourceOwner.labels).every(([name, value]) => labels[name] === value),
  );
}

/** Ends the lease of a whole run: nothing is created under it from now on, and what is being created is waited for and removed. */
export async function reapRun(engine: Engine, resourceOwner: ResourceOwner): Promise<void> {
  const { building } = resourceOwner;
  building.over = true;
  // Creating fails sooner in what is gone already.
  if (building.pending.size > 0) await reapStage(engine, resourceOwner).catch(() => {});
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, SETTLE_MS);
  });
  await Promise.race([Promise.allSettled(building.pending), late]);
  clearTimeout(timer);
  await reapStage(engine, resourceOwner);
}

/** Removes what runs left behind whose process is gone, such as after SIGKILL. */
export function reapAbandoned(engine: Engine): Promise<Reaped> {
  return sweep(engine, (labels) => isAbandoned(labels[OWNER]));
}
