import { EnvironmentError, InterruptedError } from '../exit.ts';
import type { Vault } from '../redaction/secrets.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { onSignal } from '../signals.ts';
import type { Base } from './base.ts';
import { bootStage, type Release } from './boot.ts';
import { connectEngine, type Engine } from './engine.ts';
import { prepareGround } from './ground.ts';
import { ensureBrowserImage, ensureImage, type GatewayImage } from './image.ts';
import { createJournal, type Journal } from './journal.ts';
import { closeLease, type Lease, takeLease } from './lease.ts';
import type { Door } from './proxies.ts';
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
  doors: readonly Door[];
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
  lease: Lease;
  vault: Vault;
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
export type TestBedRequest = { runId: string; vault: Vault; say(line: string): void };

/** Prepares the engine for stages; boots nothing. Throws EnvironmentError where the engine fails or an image cannot be built. */
export async function openTestBed(engine: Engine, { runId, vault, say }: TestBedRequest): Promise<TestBed> {
  const lease = takeLease(runId);
  const { base, helperImage } = await prepareGround(engine, say);
  const underway = new Map<string, Promise<GatewayImage>>();
  let browserImage: string | null = null;
  return {
    engine,
    base,
    helperImage,
    lease,
    vault,
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
      const journalOf = (container: string): Journal =>
        createJournal(logs === null ? null : `${logs}-${container}.log`, vault);
      return bootStage({
        ...request,
        engine,
        lease,
        vault,
        helperImage,
        browserImage,
        journal: journalOf('gateway'),
        logFileOf: journalOf,
      });
    },
    close: () => closeLease(engine, lease),
  };
}

/** Boots a stage of one image, with its logs in memory. Throws EnvironmentError also where it does not get ready. */
export async function bootAlone(
  bed: TestBed,
  image: Release,
  request: Pick<StageRequest, 'id' | 'gateway' | 'doors'>,
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
