import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unknownErrorCodes } from '../client/outcome.ts';
import { EXIT } from '../exit.ts';
import { shippedErrorCodes } from '../gateway/error-codes.ts';
import type { GatewayImage } from '../gateway/image.ts';
import { EVERY_ROUTE } from '../gateway/proxies.ts';
import type { Stage } from '../gateway/stage.ts';
import type { TestBed } from '../gateway/test-bed.ts';
import { shuffled } from '../order.ts';
import { TABLE_ID } from '../pairwise/properties.ts';
import { TIMEOUTS } from '../play/context.ts';
import { type PlannedStage, planStages, stepsOf, unitsOf } from '../play/plan-stages.ts';
import { type ConcurrencyLimits, type RunStagesRequest, runStages } from '../play/run-stages.ts';
import type { CheckResult, Report, Subject } from '../results/report.ts';
import { inRange } from '../scenario/range.ts';
import { playCells, TABLE_STAGE, type TablePlan } from './table-run.ts';
import { createVerdicts, type VerdictsRequest } from './verdict-collector.ts';

export type GatewayRunRequest = VerdictsRequest & {
  folder: string;
  bed: TestBed;
  /** The decision table to play in addition to the scenarios; null for none. */
  table: TablePlan | null;
  /** Decides the order in which scenarios are played. */
  seed: number;
  room: ConcurrencyLimits;
  /** The version whose rules count if the gateway is of an earlier release; null to judge the gateway by its own version. */
  judgeAtLeastAs: string | null;
  /** Whether another gateway is played at the same time, so that names of logs and containers need a suffix. */
  beside: boolean;
  say(line: string): void;
  keep: boolean;
};

/** The result of playing scenarios and table on one gateway. */
export type GatewayRunResult = {
  subject: Subject;
  checks: CheckResult[];
  table: Report['table'];
  stages: Report['stages'];
  slowest: Report['effort']['slowest'];
  boots: number;
  bootMs: number;
  longestChainMs: number;
  knocks: number;
  /** Stages that stay up, with --keep. */
  kept: Stage[];
  /** Gives each check that has no verdict yet the verdict `error`, with this reason. */
  giveUp(why: string): void;
};

/**
 * Plays the selected scenarios, and the table if one is asked for, on the gateway that `reference` names. `begun` gets the result once the image is
 * built; the run adds each check when it is judged, so that an interrupted run loses none of them. Throws UsageError or EnvironmentError if the
 * gateway cannot be resolved or built.
 */
export async function runGateway(
  request: GatewayRunRequest,
  reference: string,
  begun: (result: GatewayRunResult) => void,
): Promise<void> {
  const { bed, emit, secretRegistry } = request;
  const imageFor = async (text: string): Promise<GatewayImage> => {
    const image = await bed.image(text);
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
  const judgedAs = laterOf(image.version, request.judgeAtLeastAs);
  const planned = planStages(
    shuffled(
      request.scenarios.filter((scenario) => request.whyLeftOut(scenario) === null),
      request.seed,
    ),
    judgedAs,
  );
  const unknownCodes = unknownErrorCodes((await shippedErrorCodes(bed.engine, image.id)) ?? []);
  if (unknownCodes.length > 0)
    request.say(
      `${reference} can refuse a connection with ${unknownCodes.join(', ')}, which Postern does not know: add it to harness/client/outcome.ts.`,
    );
  // Images of other releases are built before any gateway boots, because a build and a boot at the same time slow each other down.
  for (const release of otherReleasesOf(planned)) await imageFor(release);

  // Two gateways that are played at the same time may have the same version.
  const mark = createHash('sha256').update(reference).digest('hex').slice(0, 6);
  const place = request.beside ? `${image.version}-${mark}` : image.version;
  const logs = path.join(request.folder, 'logs', place);
  mkdirSync(logs, { recursive: true });
  const result: GatewayRunResult = {
    subject: {
      reference,
      version: image.version,
      judgedAs,
      source: image.source.kind,
      unknownCodes,
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
    giveUp: () => {},
  };
  const verdicts = createVerdicts(request, reference, result, planned);
  result.giveUp = verdicts.giveUp;
  begun(result);

  const boot: RunStagesRequest['boot'] = async (plan, turn) => {
    const { release } = plan.gateway;
    const booted = await bed.boot({
      id: request.beside ? `${place}.${plan.id}` : plan.id,
      turn,
      image: release === undefined ? image : await imageFor(release),
      imageOf: async (version) => (version === null ? image : imageFor(version)),
      gateway: plan.gateway,
      // With --keep a person may connect to the stage afterwards, by any route.
      routes: request.keep ? EVERY_ROUTE : plan.routes,
      showsPages: request.keep || plan.showsPages,
      logs: path.join(logs, plan.id),
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
    const { judgedAs: version } = result.subject;
    const redact = (text: string): string => secretRegistry.redact(text);
    const context = { gateway: reference, version, purpose, skipped: null, deviations, today, redact };
    const table = { stage, secretRegistry, timeouts: TIMEOUTS, seed: request.seed, stopped, knocked };
    const { cells, checks, draft } = await playCells(plan, table, root, context);
    if (stopped()) return; // the harness is removing the containers, so the last observations may be caused by that
    result.table.push(...cells);
    if (draft !== null) {
      const file = path.join('scenarios', `${draft.id}.yaml`);
      writeFileSync(path.join(root, file), draft.text);
      request.say(`Wrote ${file}: a draft of the violation. Read SECURITY.md before you show it to another person.`);
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
      scenarios: plan === TABLE_STAGE ? [TABLE_ID] : [...new Set(unitsOf(plan).map((part) => part.loaded.scenario.id))],
      bootMs: chain,
      log: path.relative(request.folder, path.join(logs, `${plan.id}-gateway.log`)),
    });
  };
  await runStages({
    seed: request.seed,
    stages: planned,
    others: request.table === null ? [] : [{ planned: TABLE_STAGE, play: playTableOn(request.table) }],
    secretRegistry,
    timeouts: TIMEOUTS,
    room: request.room,
    stopped: request.stopped,
    keep: request.keep,
    boot,
    listener: {
      stageBooting: (plan) => emit({ at: now(), event: 'stage-booting', stage: plan.id, gateway: reference }),
      stageReady: (plan, version, ms) => {
        emit({ at: now(), event: 'stage-ready', stage: plan.id, gateway: reference, version, ms });
      },
      stageFailed: (plan, why) => {
        emit({ at: now(), event: 'stage-failed', stage: plan.id, gateway: reference, why });
        if (plan === TABLE_STAGE) request.problem(`the table could not be played: ${why}`, EXIT.environment);
      },
      knocked,
      playing: (part) => {
        if (part.workaround === null)
          emit({ at: now(), event: 'scenario-started', scenario: part.loaded.scenario.id, gateway: reference });
      },
      played: (part, playback, ms) => {
        result.slowest.push({ scenario: part.loaded.scenario.id, gateway: reference, ms });
        verdicts.played(part.loaded, playback);
        if (part.workaround === null)
          emit({ at: now(), event: 'scenario-finished', scenario: part.loaded.scenario.id, gateway: reference, ms });
      },
      stageMisnamed: (plan, names) => {
        const told = names.map(({ told, installed }) => `${told}, and its package says ${installed}`).join('; ');
        request.problem(`${reference} chose another version on stage ${plan.id}: it calls itself ${told}`, EXIT.failed);
      },
      stageLeaked: (plan, leaks) => {
        for (const [secret, line] of leaks) {
          const where = `logs/${place}/${plan.id}-gateway.log, line ${line + 1}`;
          request.problem(`${reference} wrote a ${secret} to its log (${where}; redacted there)`, EXIT.failed);
        }
      },
      stageDone,
    },
  });
}

/** The later of two versions. A version that cannot be compared with ranges counts as the earlier one. */
function laterOf(version: string, other: string | null): string {
  return other === null || inRange(version, `>=${other}`) ? version : other;
}

/** The releases that these stages boot in addition to the gateway under test. */
function otherReleasesOf(planned: readonly PlannedStage[]): string[] {
  const first = planned.flatMap(({ gateway }) => (gateway.release === undefined ? [] : [gateway.release]));
  const later = planned
    .flatMap(unitsOf)
    .flatMap(stepsOf)
    .flatMap((step) => (step.kind === 'upgrade' && step.body.to !== undefined ? [step.body.to] : []));
  return [...new Set([...first, ...later])];
}

const now = (): string => new Date().toISOString();
