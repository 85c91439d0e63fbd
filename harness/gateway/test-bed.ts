import { EnvironmentError, InterruptedError } from '../exit.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { onSignal } from '../signals.ts';
import type { Base } from './base-image.ts';
import { bootStage, type Release } from './boot.ts';
import { connectEngine, type Engine } from './engine.ts';
import { createGatewayLog, type GatewayLog } from './gateway-log.ts';
import { ensureBrowserImage, ensureImage, type GatewayImage } from './image.ts';
import { prepareEngine } from './prepare-engine.ts';
import type { Route } from './proxies.ts';
import { ownResources, type ResourceOwner, reapRun } from './reaper.ts';
import { parseReference, resolveReference } from './reference.ts';
import { type Readiness, type Stage, whyNotReady } from './stage.ts';

/** One stage to boot on a test bed. */
export type StageRequest = {
  /** Unlike that of any other stage of the bed, for names in the engine. */
  id: string;
  gateway: Scenario['gateway'];
  /** The release to boot first. */
  image: Release;
  /** A release by version; null for the gateway under test. Throws EnvironmentError for one that this bed does not play. */
  imageOf(version: string | null): Promise<Release>;
  routes: readonly Route[];
  showsPages: boolean;
  /** What the files of its logs begin with, as `<folder>/<stage>`; null where logs are kept in memory alone. */
  logs: string | null;
  /** Each boot of the gateway takes a turn, so that no more boot at once than the caller wants. */
  turn<T>(work: () => Promise<T>): Promise<T>;
};

/** What gateways are played on: an engine with the images that every release needs, and a lease on whatever is created there. */
export type TestBed = {
  engine: Engine;
  base: Base;
  helperImage: string;
  resourceOwner: ResourceOwner;
  secretRegistry: SecretRegistry;
  /** The image of a gateway. Callers who want the same one wait for one build. Throws UsageError for a reference that cannot be read. */
  image(reference: string): Promise<GatewayImage>;
  /** Makes the image for browsers ready. Stages that are booted later can open one. */
  prepareBrowser(): Promise<void>;
  /** Boots a stage. Gives it with how its first boot ended; throws EnvironmentError where the engine fails. */
  boot(request: StageRequest): Promise<{ stage: Stage; readiness: Readiness }>;
  /** Removes every container, network and volume of the bed, also those that are being created. Safe to call twice. */
  close(): Promise<void>;
};

/** Who opens a bed: the id of the run, by which things in the engine are named, its secrets, and where lines before slow work go. */
export type TestBedRequest = { runId: string; secretRegistry: SecretRegistry; say(line: string): void };

/** Prepares the engine for stages; boots nothing. Throws EnvironmentError where the engine fails or an image cannot be built. */
export async function openTestBed(engine: Engine, { runId, secretRegistry, say }: TestBedRequest): Promise<TestBed> {
  const resourceOwner = ownResources(runId);
  const { base, helperImage } = await prepareEngine(engine, say);
  const underway = new Map<string, Promise<GatewayImage>>();
  let browserImage: string | null = null;
  return {
    engine,
    base,
    helperImage,
    resourceOwner,
    secretRegistry,
    async image(reference) {
      const began = performance.now();
      const source = await resolveReference(parseReference(reference), async () => ({ engine, base }));
      const key = JSON.stringify(source);
      const work = underway.get(key) ?? ensureImage(engine, source, { base, say });
      underway.set(key, work);
      try {
        return { ...(await work), seconds: (performance.now() - began) / 1000 };
      } finally {
        underway.delete(key);
      }
    },
    async prepareBrowser() {
      browserImage = (await ensureBrowserImage(engine, { base, say })).tag;
    },
    boot({ logs, ...request }) {
      const journalOf = (container: string): GatewayLog =>
        createGatewayLog(logs === null ? null : `${logs}-${container}.log`, secretRegistry);
      return bootStage({
        ...request,
        engine,
        resourceOwner,
        secretRegistry,
        helperImage,
        browserImage,
        gatewayLog: journalOf('gateway'),
        logFileOf: journalOf,
      });
    },
    close: () => reapRun(engine, resourceOwner),
  };
}

/** Boots a stage of one image, with its logs in memory. Throws EnvironmentError also where it does not get ready. */
export async function bootAlone(
  bed: TestBed,
  image: Release,
  request: Pick<StageRequest, 'id' | 'gateway' | 'routes'>,
): Promise<Stage> {
  const { stage, readiness } = await bed.boot({
    ...request,
    image,
    imageOf: async () => image,
    showsPages: false,
    logs: null,
    turn: (work) => work(),
  });
  if (readiness.kind === 'ready') return stage;
  throw new EnvironmentError(
    `stage ${request.id}: ${whyNotReady(readiness)}`,
    'Run `postern doctor` to look at the engine.',
  );
}

/**
 * Opens a test bed, does the work on it, and takes it down when the work is over or a signal comes: work that is under way then loses its
 * containers. `next` tells whoever interrupted it how to go on. Throws InterruptedError on a signal, else what opening or the work throws.
 */
export async function onTestBed<T>(
  request: TestBedRequest,
  next: string,
  work: (bed: TestBed, stopped: () => boolean) => Promise<T>,
): Promise<T> {
  const interrupted = onSignal();
  let bed: TestBed | null = null;
  try {
    bed = await openTestBed(await connectEngine(), request);
    const working = work(bed, () => interrupted.signal !== null);
    const result = await Promise.race([working.then((value) => ({ value })), interrupted.promise]);
    working.catch(() => {}); // what fails in containers that are being removed is heard by nobody
    if (result === null) throw new InterruptedError(`interrupted by ${interrupted.signal}`, next);
    return result.value;
  } finally {
    await bed?.close();
    interrupted.stop();
  }
}
