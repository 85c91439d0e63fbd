import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { EnvironmentError } from '../exit.ts';
import type { TestBed } from '../gateway/test-bed.ts';
import type { Deviation } from '../judge/deviation.ts';
import { conduct } from '../play/conduct.ts';
import { planStages } from '../play/plan.ts';
import type { Playback } from '../play/play.ts';
import { PATIENCE } from '../play/scene.ts';
import { createSlots } from '../play/slots.ts';
import type { CheckResult } from '../results/report.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import { freshSeed } from '../seed.ts';
import { judgeScenario } from '../suite/judging.ts';

/** What all plays of a selftest share. */
export type Theatre = {
  bed: TestBed;
  deviations: readonly Deviation[];
  /** YYYY-MM-DD. */
  today: string;
  /** Where logs go, a folder for each gateway. */
  logs: string;
  stopped(): boolean;
};

/** A gateway to play on: a release as it is, or a mutant of it. */
export type Subject = {
  /** Unlike that of any other, for names in the engine and of files. */
  name: string;
  version: string;
  tag: string;
};

/** What of a scenario is played on a mutant. Remedies are about releases: what they mend is seen without them. */
export function withoutRemedies(loaded: LoadedScenario): LoadedScenario {
  return {
    ...loaded,
    scenario: { ...loaded.scenario, remedies: [] },
    checks: loaded.checks.filter(({ remedy }) => remedy === null),
  };
}

/**
 * Plays scenarios on one gateway, a stage after the other, and judges each check as `postern matrix` would. Throws EnvironmentError
 * where a stage does not come up: of a gateway that does not start nothing is learned.
 */
export async function playOn(
  theatre: Theatre,
  subject: Subject,
  scenarios: readonly LoadedScenario[],
): Promise<CheckResult[]> {
  const { bed } = theatre;
  const { vault } = bed;
  const played = new Map<string, Playback>();
  const failures: string[] = [];
  let version = subject.version;
  const folder = path.join(theatre.logs, subject.name);
  mkdirSync(folder, { recursive: true });
  await conduct({
    stages: planStages(scenarios, subject.version),
    vault,
    patience: PATIENCE,
    others: [],
    seed: freshSeed(),
    room: { boots: createSlots(1), live: createSlots(1) },
    stopped: theatre.stopped,
    keep: false,
    boot: (plan, turn) => {
      const image = { tag: subject.tag, version: subject.version };
      return bed.boot({
        id: `${subject.name}.${plan.id}`,
        turn,
        image,
        imageOf: async (release) => {
          if (release === null) return image;
          throw new EnvironmentError(`no mutant is played on ${release}`, 'Name another scenario in harness/mutants.');
        },
        gateway: plan.gateway,
        doors: plan.doors,
        showsPages: plan.showsPages,
        logs: path.join(folder, plan.id),
      });
    },
    watcher: {
      stageBooting: () => {},
      stageReady: (_plan, told) => {
        version = told;
      },
      stageFailed: (plan, why) => failures.push(`${plan.id}: ${why}`),
      knocked: () => {},
      playing: () => {},
      played: ({ loaded }, playback) => played.set(loaded.scenario.id, playback),
      stageMisnamed: () => {},
      stageLeaked: () => {},
      stageDone: () => {},
    },
  });
  if (failures.length > 0)
    throw new EnvironmentError(`${subject.name} did not come up: ${failures.join('; ')}`, `Its logs are in ${folder}.`);
  const context = {
    gateway: subject.name,
    version,
    purpose: 'matrix' as const,
    skipped: null,
    deviations: theatre.deviations,
    today: theatre.today,
    redact: (text: string): string => vault.redact(text),
  };
  return scenarios.flatMap((loaded) => judgeScenario(loaded, played.get(loaded.scenario.id) ?? new Map(), context));
}
