import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unknownErrorCodes } from '../client/outcome.ts';
import { shippedErrorCodes } from '../gateway/image/error-codes.ts';
import type { GatewayImage } from '../gateway/image/image.ts';
import { EVERY_ROUTE } from '../gateway/network/proxies.ts';
import type { StageInPlay } from '../gateway/stage/stage.ts';
import type { TestBed } from '../gateway/stage/test-bed.ts';
import { shuffled } from '../order.ts';
import { TIMEOUTS } from '../play/context.ts';
import { planStages } from '../play/plan-stages.ts';
import { type PlannedStage, unitsOf } from '../play/planned-stage.ts';
import { stepsOf } from '../play/play-unit.ts';
import { type ConcurrencyLimits, type RunStagesRequest, runStages, type StageJob } from '../play/run-stages.ts';
import { surveyId, TABLE_ID } from '../results/report.ts';
import { laterOf } from '../scenario/releases/range.ts';
import type { SurveyPart } from '../survey/survey-part.ts';
import { listenTo } from './gateway-run-listener.ts';
import { addChecks, emptyResult, type GatewayRunResult } from './gateway-run-result.ts';
import type { JudgeContext } from './judge-scenario.ts';
import { type SurveyJob, surveyJob } from './survey-run.ts';
import { playCells, TABLE_STAGE, type TablePlan } from './table-run.ts';
import { createVerdicts, type VerdictsRequest } from './verdict-collector.ts';

export type GatewayRunRequest = VerdictsRequest & {
  folder: string;
  bed: TestBed;
  /** The decision table to play in addition to the scenarios; null for none. */
  table: TablePlan | null;
  /** The surveys to play in addition to the scenarios. */
  surveys: readonly SurveyPart[];
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
  const image = await imageFor(request, reference);
  const judgedAs = laterOf(image.version, request.judgeAtLeastAs);
  const planned = planOf(request, judgedAs);
  const unknownCodes = await unknownCodesIn(request, reference, image);
  // Images of other releases are built before any gateway boots, because a build and a boot at the same time slow each other down.
  for (const release of otherReleasesOf(planned)) await imageFor(request, release);

  const place = placeOf(request, reference, image);
  mkdirSync(path.join(request.folder, 'logs', place), { recursive: true });
  const result = emptyResult(image, { reference, judgedAs, unknownCodes });
  const verdicts = createVerdicts(request, reference, result, planned);
  result.giveUp = verdicts.giveUp;
  begun(result);

  const surveys: SurveyJob[] = [];
  for (const part of request.surveys)
    surveys.push(await surveyJob(part, { ...request, image }, contextOf(request, result)));

  const generated = new Map([
    [TABLE_STAGE, TABLE_ID],
    ...surveys.map(({ part, planned }) => [planned, surveyId(part.name)] as const),
  ]);
  const { seed, secretRegistry, room, stopped, keep, table, emit, problem } = request;
  const listener = listenTo({ place, result, verdicts, generated, emit, problem });
  await runStages({
    seed,
    stages: planned,
    others: [
      ...(table === null ? [] : [tableJob(request, table, result, listener.knocked)]),
      ...surveys.map((job) => jobOf(job, request, result)),
    ],
    secretRegistry,
    timeouts: TIMEOUTS,
    room,
    stopped,
    keep,
    boot: bootOn(request, image, place, result),
    listener,
  });
}

/** The image of a gateway reference, or of another release that a scenario plays. Emits an event once the engine has it. */
async function imageFor({ bed, emit }: GatewayRunRequest, reference: string): Promise<GatewayImage> {
  const image = await bed.image(reference);
  const { tag, id: digest, cached } = image;
  const seconds = Math.round(image.seconds * 10) / 10;
  emit({ at: now(), event: 'image-ready', gateway: reference, tag, digest, cached, seconds });
  return image;
}

/** The stages of the selected scenarios, in the order of the seed. */
function planOf({ scenarios, whyLeftOut, seed }: GatewayRunRequest, version: string): PlannedStage[] {
  const selected = scenarios.filter((scenario) => whyLeftOut(scenario) === null);
  return planStages(shuffled(selected, seed), version);
}

/** The error codes of the gateway that Postern does not know; says so if there are any. */
async function unknownCodesIn(
  { bed, say }: GatewayRunRequest,
  reference: string,
  image: GatewayImage,
): Promise<string[]> {
  const codes = unknownErrorCodes((await shippedErrorCodes(bed.engine, image.id)) ?? []);
  if (codes.length > 0)
    say(
      `${reference} can refuse a connection with ${codes.join(', ')}, which Postern does not know: add it to harness/client/outcome.ts.`,
    );
  return codes;
}

/** The name of the gateway in paths and containers. Two gateways that are played at the same time may have the same version. */
function placeOf({ beside }: GatewayRunRequest, reference: string, image: GatewayImage): string {
  const mark = createHash('sha256').update(reference).digest('hex').slice(0, 6);
  return beside ? `${image.version}-${mark}` : image.version;
}

/** Makes the function that boots a planned stage of the gateway, or of the release that the stage begins with. */
function bootOn(
  request: GatewayRunRequest,
  image: GatewayImage,
  place: string,
  result: GatewayRunResult,
): RunStagesRequest['boot'] {
  const { bed, keep, beside, folder } = request;
  return async (plan, turn) => {
    const { release } = plan.gateway;
    const booted = await bed.boot({
      id: beside ? `${place}.${plan.id}` : plan.id,
      turn,
      image: release === undefined ? image : await imageFor(request, release),
      imageOf: async (version) => (version === null ? image : imageFor(request, version)),
      gateway: plan.gateway,
      // With --keep a person may connect to the stage afterwards, by any route.
      routes: keep ? EVERY_ROUTE : plan.routes,
      showsPages: keep || plan.showsPages,
      logs: path.join(folder, 'logs', place, plan.id),
    });
    result.subject.protocol ??= release === undefined ? booted.stage.protocol() : null;
    if (keep) result.kept.push(booted.stage);
    return booted;
  };
}

/** The play of the decision table on a stage of its own. Adds its cells and checks to the result, and writes a draft that it finds. */
function tableJob(
  request: GatewayRunRequest,
  plan: TablePlan,
  result: GatewayRunResult,
  knocked: () => void,
): StageJob {
  const { root, stopped, secretRegistry, seed, emit, say } = request;
  const context = contextOf(request, result);
  const play = async (stage: StageInPlay): Promise<void> => {
    const table = { stage, secretRegistry, timeouts: TIMEOUTS, seed, stopped, knocked };
    const { cells, checks, draft } = await playCells(plan, table, root, context);
    if (stopped()) return; // the harness is removing the containers, so the last observations may be caused by that
    result.table.push(...cells);
    if (draft !== null) {
      const file = path.join('scenarios', `${draft.id}.yaml`);
      mkdirSync(path.dirname(file), { recursive: true }); // below the current folder: the package is not the user's
      writeFileSync(file, draft.text);
      say(`Wrote ${file}: a draft of the violation. Read SECURITY.md before you show it to another person.`);
    }
    addChecks(result, checks, emit);
  };
  return { planned: TABLE_STAGE, play };
}

/** What a survey sees, and its checks, as a job of the run. */
function jobOf({ part, planned, play }: SurveyJob, request: GatewayRunRequest, result: GatewayRunResult): StageJob {
  const { stopped, emit } = request;
  const { reference: gateway } = result.subject;
  return {
    planned,
    async play(stage) {
      const { seen, checks } = await play(stage);
      if (stopped()) return; // the harness is removing the containers, so the last answers may be caused by that
      result.surveys.push({ survey: part.name, gateway, seen });
      addChecks(result, checks, emit);
    },
  };
}

/** What judging the generated parts of a run needs on this gateway. */
function contextOf(
  { purpose, deviations, today, secretRegistry }: GatewayRunRequest,
  { subject: { reference: gateway, judgedAs: version } }: GatewayRunResult,
): JudgeContext {
  const redact = (text: string): string => secretRegistry.redact(text);
  return { gateway, version, purpose, skipped: null, deviations, today, redact };
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
