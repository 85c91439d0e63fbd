import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { EnvironmentError } from '../exit.ts';
import type { Release } from '../gateway/stage/gateway-process.ts';
import type { TestBed } from '../gateway/stage/test-bed.ts';
import type { Deviation } from '../judge/deviation.ts';
import { TIMEOUTS } from '../play/context.ts';
import { planStages } from '../play/plan-stages.ts';
import type { Playback } from '../play/play.ts';
import { runStages } from '../play/run-stages.ts';
import { createSemaphore } from '../play/semaphore.ts';
import type { CheckResult } from '../results/report.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { freshSeed } from '../seed.ts';
import { judgeScenario } from './judge-scenario.ts';

/** What playing on single gateways, outside of a run, needs for each of them. */
export type PlayOnRequest = {
  bed: TestBed;
  deviations: readonly Deviation[];
  /** YYYY-MM-DD. */
  today: string;
  /** The folder for logs, in which each gateway has its own folder. */
  logs: string;
  stopped(): boolean;
};

/** A gateway to play on. */
export type PlayedGateway = {
  /** A unique name, for containers and files. */
  name: string;
  image: Release;
  /** The image of another release that a scenario upgrades to. Throws EnvironmentError if other releases are not played. */
  imageOf(version: string): Promise<Release>;
};

/**
 * Plays scenarios on one gateway, one stage after the other, and judges each check as `postern matrix` does. Throws EnvironmentError if a stage
 * does not boot, because a gateway that does not start shows nothing.
 */
export async function playOn(
  { bed, deviations, today, logs, stopped }: PlayOnRequest,
  { name, image, imageOf }: PlayedGateway,
  scenarios: readonly LoadedScenario[],
): Promise<CheckResult[]> {
  const { secretRegistry } = bed;
  const played = new Map<string, Playback>();
  const failures: string[] = [];
  let { version } = image;
  const folder = path.join(logs, name);
  mkdirSync(folder, { recursive: true });
  const releaseOf = async (release: string | null): Promise<Release> => (release === null ? image : imageOf(release));
  await runStages({
    stages: planStages(scenarios, image.version),
    secretRegistry,
    timeouts: TIMEOUTS,
    others: [],
    seed: freshSeed(),
    room: { boots: createSemaphore(1), live: createSemaphore(1) },
    stopped,
    keep: false,
    boot: async (plan, turn) =>
      bed.boot({
        id: `${name}.${plan.id}`,
        turn,
        image: await releaseOf(plan.gateway.release ?? null),
        imageOf: releaseOf,
        gateway: plan.gateway,
        routes: plan.routes,
        showsPages: plan.showsPages,
        logs: path.join(folder, plan.id),
      }),
    listener: {
      stageBooting: () => {},
      stageReady: ({ gateway }, told) => {
        if (gateway.release === undefined) version = told;
      },
      stageFailed: (plan, why) => failures.push(`${plan.id}: ${why}`),
      knocked: () => {},
      playing: () => {},
      played: ({ loaded }, playback) => {
        const { id } = loaded.scenario;
        played.set(id, new Map([...(played.get(id) ?? []), ...playback]));
      },
      stageMisnamed: () => {},
      stageLeaked: () => {},
      stageDone: () => {},
    },
  });
  if (failures.length > 0)
    throw new EnvironmentError(`${name} did not come up: ${failures.join('; ')}`, `Its logs are in ${folder}.`);
  const context = {
    gateway: name,
    version,
    purpose: 'matrix' as const,
    skipped: null,
    deviations,
    today,
    redact: (text: string): string => secretRegistry.redact(text),
  };
  return scenarios.flatMap((loaded) => judgeScenario(loaded, played.get(loaded.scenario.id) ?? new Map(), context));
}
