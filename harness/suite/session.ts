import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TABLE_ID } from '../boundary/invariants.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Base } from '../gateway/base.ts';
import { bootStage } from '../gateway/boot.ts';
import type { Engine } from '../gateway/engine.ts';
import { ensureImage, type GatewayImage } from '../gateway/image.ts';
import { createJournal } from '../gateway/journal.ts';
import type { Lease } from '../gateway/lease.ts';
import { EVERY_DOOR } from '../gateway/proxies.ts';
import { parseReference, resolveReference } from '../gateway/reference.ts';
import type { Stage } from '../gateway/stage.ts';
import type { Deviation } from '../judge/deviation.ts';
import type { Purpose } from '../judge/verdict.ts';
import { type ConductRequest, conduct, type Room } from '../play/conduct.ts';
import { type PlannedStage, partsOf, planStages, stepsOf } from '../play/plan.ts';
import { PATIENCE } from '../play/scene.ts';
import type { CheckResult, Report, RunEvent, Subject } from '../report/report.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import type { Vault } from '../secrets.ts';
import { answerOn, type Told } from './channel.ts';
import { judgeScenario } from './judging.ts';
import { playCells, TABLE_STAGE, type TablePlan } from './table.ts';
import { runAsTests } from './vitest.ts';

export type SessionRequest = {
  root: string;
  folder: string;
  engine: Engine;
  base: Base;
  helperImage: string;
  browserImage: string | null;
  lease: Lease;
  vault: Vault;
  purpose: Purpose;
  scenarios: readonly LoadedScenario[];
  /** Why one of them is not to be played in this run; null where it is. */
  whyLeftOut(scenario: LoadedScenario): string | null;
  deviations: readonly Deviation[];
  today: string;
  /** How the decision table is played as well; null where it was not asked for. */
  table: TablePlan | null;
  room: Room;
  /** Whether each scenario is a Vitest test file as well. */
  asTests: boolean;
  emit(event: RunEvent): void;
  /** Told of what went wrong outside any check. */
  problem(text: string, exitCode: ExitCode): void;
  say(line: string): void;
  stopped(): boolean;
  keep: boolean;
};

/** What playing all scenarios on one gateway came to. */
export type SessionResult = {
  subject: Subject;
  checks: CheckResult[];
  table: Report['table'];
  stages: Report['stages'];
  slowest: Report['effort']['slowest'];
  boots: number;
  bootMs: number;
  longestChainMs: number;
  knocks: number;
  /** Stages that were left up, with --keep. */
  kept: Stage[];
};

/**
 * Plays every scenario on one gateway, as Vitest test files. `begun` gets the result as soon as there is a gateway to speak of;
 * it fills up as checks are judged, so that a run that is interrupted loses none of them.
 * Throws UsageError or EnvironmentError where it cannot begin.
 */
export async function runGateway(
  request: SessionRequest,
  reference: string,
  begun: (result: SessionResult) => void,
): Promise<void> {
  const { engine, base, emit, lease, vault } = request;
  const imageFor = async (text: string): Promise<GatewayImage> => {
    const image = await ensureImage(engine, await resolveReference(parseReference(text)), { base, say: request.say });
    const { tag, id: digest, cached, seconds } = image;
    emit({
      at: now(),
      event: 'image-ready',
      gateway: text,
      tag,
      digest,
      cached,
      seconds: Math.round(seconds * 10) / 10,
    });
    return image;
  };
  const image = await imageFor(reference);
  const planned = planStages(
    request.scenarios.filter((scenario) => request.whyLeftOut(scenario) === null),
    image.version,
  );
  // Images of earlier releases are built before anything boots: a build and a boot at once slow each other down.
  for (const release of otherReleasesOf(planned)) await imageFor(release);

  const logs = path.join(request.folder, 'logs', image.version);
  mkdirSync(logs, { recursive: true });
  const result: SessionResult = {
    subject: {
      reference,
      version: image.version,
      image: image.tag,
      digest: image.id,
      base: image.base?.image ?? 'its own',
      protocol: null,
    },
    checks: [],
    table: [],
    stages: [],
    slowest: [],
    boots: 0,
    bootMs: 0,
    longestChainMs: 0,
    knocks: 0,
    kept: [],
  };
  begun(result);
  const verdicts = createVerdicts(request, reference, result, planned);
  const tests = answering(request, verdicts);
  const journalFor = (planned: PlannedStage, which: string) =>
    createJournal(path.join(logs, `${planned.id}-${which}.log`), vault);

  const boot: ConductRequest['boot'] = async (plan, turn) => {
    const { release } = plan.gateway;
    const booted = await bootStage({
      id: plan.id,
      engine,
      lease,
      vault,
      turn,
      helperImage: request.helperImage,
      browserImage: request.browserImage,
      browserHere: plan.browserHere,
      image: release === undefined ? image : await imageFor(release),
      imageOf: async (version) => (version === null ? image : imageFor(version)),
      gateway: plan.gateway,
      // Whoever looks around afterwards may come from anywhere.
      doors: request.keep ? EVERY_DOOR : plan.doors,
      journal: journalFor(plan, 'gateway'),
      logFileOf: (which) => journalFor(plan, which),
    });
    result.subject.protocol ??= release === undefined ? booted.stage.protocol() : null;
    if (request.keep) result.kept.push(booted.stage);
    return booted;
  };
  const knocked = (): void => {
    result.knocks += 1;
  };
  const playTableOn = (plan: TablePlan) => async (stage: Stage) => {
    const { root, purpose, deviations, today, stopped } = request;
    const { version } = result.subject;
    const redact = (text: string): string => vault.redact(text);
    const context = { gateway: reference, version, purpose, skipped: null, deviations, today, redact };
    const table = { stage, vault, patience: PATIENCE, stopped, knocked };
    const { cells, checks, draft } = await playCells(plan, table, root, context);
    if (stopped()) return; // its containers are being taken down: what it showed last was our doing
    result.table.push(...cells);
    if (draft !== null) {
      const file = path.join('scenarios', `${draft.id}.yaml`);
      writeFileSync(path.join(root, file), redact(draft.text));
      request.say(`Wrote ${file}: a draft of what was found. Read SECURITY.md before you show it to anybody.`);
    }
    for (const check of checks) {
      result.checks.push(check);
      emit({ at: now(), event: 'check', check });
    }
  };
  const stageDone = (plan: PlannedStage, boots: readonly number[]): void => {
    const chain = boots.reduce((sum, ms) => sum + ms, 0);
    result.boots += boots.length;
    result.bootMs += chain;
    result.longestChainMs = Math.max(result.longestChainMs, chain);
    result.stages.push({
      id: plan.id,
      gateway: reference,
      scenarios: plan === TABLE_STAGE ? [TABLE_ID] : [...new Set(partsOf(plan).map((part) => part.loaded.scenario.id))],
      bootMs: chain,
      log: path.relative(request.folder, path.join(logs, `${plan.id}-gateway.log`)),
    });
  };
  const conducted = conduct({
    stages: planned,
    others: request.table === null ? [] : [{ planned: TABLE_STAGE, play: playTableOn(request.table) }],
    vault,
    patience: PATIENCE,
    room: request.room,
    stopped: request.stopped,
    keep: request.keep,
    boot,
    watcher: {
      stageBooting: (plan) => emit({ at: now(), event: 'stage-booting', stage: plan.id, gateway: reference }),
      stageReady: (plan, version, ms) => {
        if (plan.gateway.release === undefined) result.subject.version = version;
        emit({ at: now(), event: 'stage-ready', stage: plan.id, gateway: reference, version, ms });
      },
      stageFailed: (plan, why) => {
        emit({ at: now(), event: 'stage-failed', stage: plan.id, gateway: reference, why });
        if (plan === TABLE_STAGE) request.problem(`the table could not be played: ${why}`, EXIT.environment);
      },
      knocked,
      playing: (part) => {
        if (part.remedy === null)
          emit({ at: now(), event: 'scenario-started', scenario: part.loaded.scenario.id, gateway: reference });
      },
      played: (part, playback, ms) => {
        result.slowest.push({ scenario: part.loaded.scenario.id, gateway: reference, ms });
        verdicts.played(part.loaded, playback);
        if (part.remedy === null)
          emit({ at: now(), event: 'scenario-finished', scenario: part.loaded.scenario.id, gateway: reference, ms });
      },
      stageLeaked: (plan, leaks) => {
        for (const [secret, line] of leaks) {
          const where = `logs/${image.version}/${plan.id}-gateway.log, line ${line + 1}`;
          request.problem(`${reference} wrote a ${secret} to its log (${where}; redacted there)`, EXIT.failed);
        }
      },
      stageDone,
    },
  });
  await Promise.all([conducted, tests]);
}

/** Vitest asks for each check. One that it never asked for was lost between the scenario and its test, which must not stay unseen. */
async function answering(request: SessionRequest, verdicts: ReturnType<typeof createVerdicts>): Promise<void> {
  if (!request.asTests || request.scenarios.length === 0) return;
  const session = `${request.lease.runId}-${Math.random()}`;
  const declared = new Set(request.scenarios.flatMap(({ checks }) => checks.map((check) => check.id)));
  const stop = answerOn(session, async (id) => {
    if (!declared.has(id)) return unknownCheck(id);
    const check = await verdicts.of(id);
    const isSkipped = check.verdict === 'skipped' || check.verdict === 'not-applicable';
    const message = `${check.verdict}: expected ${check.expected}; seen ${check.seen}${check.because === null ? '' : `; ${check.because}`}`;
    return {
      holds: check.holds,
      skipped: isSkipped ? (check.because ?? check.verdict) : null,
      message,
      source: check.source,
    };
  });
  try {
    const { passed, failed, skipped } = await runAsTests(
      request.root,
      request.scenarios.map(({ file }) => file),
      session,
    );
    const asked = passed + failed + skipped;
    if (asked !== declared.size && !request.stopped())
      request.problem(`Vitest ran ${asked} tests for ${declared.size} checks`, EXIT.environment);
  } finally {
    stop();
  }
}

/** The answer about a check that came into its file after the run had read it: nobody will ever play it. */
function unknownCheck(id: string): Omit<Told, 'kind' | 'session' | 'check'> {
  const file = `scenarios/${id.split('/').slice(0, 2).join('/')}.yaml`;
  const message = `${id} is not part of this run: ${file} was changed after it had begun`;
  return { holds: false, skipped: null, message, source: { file, line: 1, column: 1 } };
}

/** Gathers playbacks and judges a scenario once it and its planned remedies have been played. */
function createVerdicts(
  request: SessionRequest,
  gateway: string,
  result: SessionResult,
  planned: readonly PlannedStage[],
) {
  const missing = new Map<LoadedScenario, number>();
  for (const part of planned.flatMap(partsOf)) missing.set(part.loaded, (missing.get(part.loaded) ?? 0) + 1);
  const playbacks = new Map<LoadedScenario, Parameters<typeof judgeScenario>[1]>();
  const settled = new Map<string, PromiseWithResolvers<CheckResult>>();
  const slot = (id: string): PromiseWithResolvers<CheckResult> => {
    const there = settled.get(id) ?? Promise.withResolvers<CheckResult>();
    settled.set(id, there);
    return there;
  };
  const settle = (loaded: LoadedScenario): void => {
    if (request.stopped()) return; // its containers are being taken down: what it shows now is our doing
    const { purpose, deviations, today } = request;
    const skipped = request.whyLeftOut(loaded);
    const redact = (text: string): string => request.vault.redact(text);
    const context = { gateway, version: result.subject.version, purpose, skipped, deviations, today, redact };
    for (const check of judgeScenario(loaded, playbacks.get(loaded) ?? new Map(), context)) {
      result.checks.push(check);
      request.emit({ at: now(), event: 'check', check });
      slot(check.id).resolve(check);
    }
  };
  for (const loaded of request.scenarios) if (!missing.has(loaded)) settle(loaded);
  return {
    of: (id: string): Promise<CheckResult> => slot(id).promise,
    played(loaded: LoadedScenario, playback: Parameters<typeof judgeScenario>[1]): void {
      playbacks.set(loaded, new Map([...(playbacks.get(loaded) ?? []), ...playback]));
      const left = (missing.get(loaded) ?? 1) - 1;
      missing.set(loaded, left);
      if (left === 0) settle(loaded);
    },
  };
}

/** The releases, besides the one under test, that these stages boot. */
function otherReleasesOf(planned: readonly PlannedStage[]): string[] {
  const first = planned.flatMap(({ gateway }) => (gateway.release === undefined ? [] : [gateway.release]));
  const later = planned
    .flatMap(partsOf)
    .flatMap(stepsOf)
    .flatMap((step) => ('upgrade' in step && step.upgrade.to !== undefined ? [step.upgrade.to] : []));
  return [...new Set([...first, ...later])];
}

const now = (): string => new Date().toISOString();
