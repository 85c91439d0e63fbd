import { EnvironmentError, InterruptedError } from '../../exit.ts';
import type { SecretRegistry } from '../../redaction/redactor.ts';
import type { Scenario } from '../../scenario/schema/scenario.ts';
import { onSignal } from '../../signals.ts';
import type { Base } from '../engine/base-image.ts';
import { connectEngine, type Engine } from '../engine/engine.ts';
import { ownResources, type ResourceOwner, reapRun } from '../engine/reaper.ts';
import { ensureBrowserImage, ensureImage, type GatewayImage } from '../image/image.ts';
import { prepareEngine } from '../image/prepare-engine.ts';
import { createGatewayLog, type GatewayLog } from '../log/gateway-log.ts';
import type { Route } from '../network/proxies.ts';
import { parseReference, resolveReference } from '../source/reference.ts';
import { bootStage } from './boot.ts';
import type { Release } from './gateway-process.ts';
import { type Readiness, type Stage, whyNotReady } from './stage.ts';

/** A stage to boot on a test bed. */
export type StageRequest = {
  /** Unique among the stages of the test bed. Names of containers, networks and volumes contain it. */
  id: string;
  gateway: Scenario['gateway'];
  /** The release of the first boot. */
  image: Release;
  /**
   * Finds the image of a version; null stands for the gateway under test. Throws EnvironmentError for a version that this test bed does
   * not play.
   */
  imageOf(version: string | null): Promise<Release>;
  routes: readonly Route[];
  showsPages: boolean;
  /** Path prefix of the stage's log files, as `<folder>/<stage>`; null keeps the logs in memory only. */
  logs: string | null;
  /** Runs one boot of the gateway when the caller's semaphore permits it; limits how many gateways boot at once. */
  turn<T>(work: () => Promise<T>): Promise<T>;
};

/** The engine, the images that every release needs, and the owner of every container, network and volume that is created. */
export type TestBed = {
  engine: Engine;
  base: Base;
  helperImage: string;
  resourceOwner: ResourceOwner;
  secretRegistry: SecretRegistry;
  /**
   * Returns the image for a gateway reference, and builds it if the engine does not have it. Concurrent calls for the same gateway share
   * one build. Throws UsageError for a reference that cannot be read, EnvironmentError if the build, the registry or the engine fails.
   */
  image(reference: string): Promise<GatewayImage>;
  /** Builds the image for browsers if the engine does not have it. Stages that are booted after that can start a browser. */
  prepareBrowser(): Promise<void>;
  /** Boots a stage. Returns it and how its first boot ended. Throws EnvironmentError if the engine fails. */
  boot(request: StageRequest): Promise<{ stage: Stage; readiness: Readiness }>;
  /** Removes every container, network and volume of the test bed, also those that are being created. Safe to call twice. */
  close(): Promise<void>;
};

/**
 * `runId` is part of the name of every container, network and volume. `secretRegistry` gets the secrets of the run. `say` gets a line
 * before each slow operation.
 */
export type TestBedRequest = { runId: string; secretRegistry: SecretRegistry; say(line: string): void };

/** Prepares the engine and the images that every stage needs; boots nothing. Throws EnvironmentError if the engine or a build fails. */
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
      const logOf = (container: string): GatewayLog =>
        createGatewayLog(logs === null ? null : `${logs}-${container}.log`, secretRegistry);
      return bootStage({
        ...request,
        engine,
        resourceOwner,
        secretRegistry,
        helperImage,
        browserImage,
        gatewayLog: logOf('gateway'),
        logFileOf: logOf,
      });
    },
    close: () => reapRun(engine, resourceOwner),
  };
}

/** Boots a stage that plays one image, with its logs in memory. Throws EnvironmentError if the engine fails or the gateway is not ready. */
export async function bootSingleStage(
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
    'Run `postern doctor` to check the engine.',
  );
}

/**
 * Opens a test bed, runs `work` on it, and closes it when `work` has ended or the process gets a signal. After a signal, `stopped` returns
 * true, and work that still runs loses its containers. `next` is the hint of the InterruptedError: how to continue.
 * Returns the result of `work`. Throws InterruptedError on a signal; passes on errors of opening and of `work`.
 */
export async function withTestBed<T>(
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
    working.catch(() => {}); // after a signal its containers are being removed, so its errors mean nothing
    if (result === null) throw new InterruptedError(`interrupted by ${interrupted.signal}`, next);
    return result.value;
  } finally {
    await bed?.close();
    interrupted.stop();
  }
}
