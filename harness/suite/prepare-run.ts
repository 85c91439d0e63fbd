import { UsageError } from '../exit.ts';
import { parseReference } from '../gateway/source/reference.ts';
import { type Deviation, loadDeviations } from '../judge/deviation.ts';
import { cellId } from '../pairwise/cell.ts';
import { declaredChecks } from '../pairwise/declared.ts';
import { checksOfPart, shareOfPart, type TablePart } from '../pairwise/table-part.ts';
import { type ReportedShard, surveyId, TABLE_ID } from '../results/report.ts';
import { ROOT } from '../root.ts';
import { everyStepOf } from '../scenario/catalogue/checks.ts';
import { type LoadedScenario, loadGiven, loadScenariosWith } from '../scenario/catalogue/load.ts';
import { select, whyLeftOut } from '../scenario/catalogue/select.ts';
import type { SurveyPart } from '../survey/survey-part.ts';
import type { RunRequest } from './run-request.ts';
import { type Shard, scenariosOfShard, surveysOfShard } from './shard.ts';
import { checksOfSurvey, SURVEYS, surveysIn } from './surveys.ts';

/** What a run plays, read and validated. */
export type RunPlan = {
  scenarios: readonly LoadedScenario[];
  /** The decision table, or the part of it that a shard plays; null for none. */
  table: TablePart | null;
  surveys: readonly SurveyPart[];
  /** What the report says about the shard, without its problems; null for a whole run. */
  shard: Omit<ReportedShard, 'problems'> | null;
  /** Why the selection leaves a scenario out; null if the scenario is played. */
  whyLeftOut(scenario: LoadedScenario): string | null;
  /** The ids of the checks that must have a verdict on each gateway. */
  checks: readonly string[];
  deviations: readonly Deviation[];
};

/**
 * Reads and validates all that a run rests on; boots and writes nothing. Gives what is to be played. Throws a PosternError if scenarios, lists,
 * references or filters cannot be read, or select nothing, or leave nothing to the shard.
 */
export function prepareRun(request: RunRequest): RunPlan {
  const catalogue = loadScenariosWith(ROOT, request.ownScenarios);
  const isGiven = request.files.length > 0;
  const given = isGiven ? loadGiven(ROOT, request.files, catalogue) : [];
  const whole: Playing = {
    scenarios: chosen(isGiven ? given : catalogue, request),
    table: request.table?.part ?? null,
    surveys: surveysIn(request.selection, request.surveys),
  };
  const deviations = loadDeviations(ROOT, declaredChecks([...catalogue, ...given]));
  validateGateways(request.gateways);
  // A file that was given is played, whatever the filters of the catalogue say.
  const whyNot = (scenario: LoadedScenario): string | null =>
    isGiven ? null : whyLeftOut(scenario, request.selection);
  const part = request.shard === null ? whole : partOf(whole, whyNot, request.gateways, request.shard);
  return {
    ...part,
    shard: request.shard === null ? null : aboutShard(whole, request.gateways, request.shard),
    whyLeftOut: whyNot,
    checks: checksIn(part),
    deviations,
  };
}

/** The scenarios, the table and the surveys of a run, or of a shard. */
type Playing = Pick<RunPlan, 'scenarios' | 'table' | 'surveys'>;

function checksIn({ scenarios, table, surveys }: Playing): string[] {
  return [
    ...scenarios.flatMap((scenario) => scenario.checks.map(({ id }) => id)),
    ...(table === null ? [] : checksOfPart(table)),
    ...surveys.flatMap(checksOfSurvey),
  ];
}

function partOf(
  { scenarios, table, surveys }: Playing,
  whyNot: RunPlan['whyLeftOut'],
  gateways: readonly string[],
  shard: Shard,
): Playing {
  const played = scenarios.filter((loaded) => whyNot(loaded) === null);
  const mine = new Set(scenariosOfShard(played, gateways, { table, surveys }, shard));
  const part = {
    // What nobody plays takes no time: one shard says so.
    scenarios: scenarios.filter((loaded) => mine.has(loaded) || (shard.index === 1 && whyNot(loaded) !== null)),
    table: table === null ? null : shareOfPart(table, shard),
    surveys: surveysOfShard(surveys, shard),
  };
  if (checksIn(part).length === 0)
    throw new UsageError(
      `--shard ${shard.index}/${shard.of} has nothing to play, because too few scenarios are selected`,
      'Play fewer shards.',
    );
  return part;
}

function aboutShard(whole: Playing, gateways: readonly string[], { index, of }: Shard): RunPlan['shard'] {
  const cells = (whole.table?.cells ?? []).map(cellId);
  return { index, of, gateways: [...gateways], checks: checksIn(whole), cells };
}

/** Whether a scenario has a `browser` step, and so needs the browser image. */
export function opensBrowser({ scenario }: LoadedScenario): boolean {
  return everyStepOf(scenario).some(({ kind }) => kind === 'browser');
}

/** Throws UsageError for a reference that cannot be read, or that is given twice. */
function validateGateways(gateways: readonly string[]): void {
  for (const gateway of gateways) parseReference(gateway);
  const twice = gateways.find((gateway, index) => gateways.indexOf(gateway) !== index);
  if (twice !== undefined)
    throw new UsageError(
      `--gateway ${twice} is given twice`,
      'Reports distinguish gateways by their reference: give each one once.',
    );
}

/** The scenarios that the selection names; none if it names only generated parts. Throws UsageError if a filter selects nothing. */
function chosen(all: readonly LoadedScenario[], { selection, table }: RunRequest): LoadedScenario[] {
  const generated = [TABLE_ID, ...SURVEYS.map(({ name }) => surveyId(name))];
  for (const id of selection.only) {
    const part = generated.find((each) => id.startsWith(`${each}/`));
    if (part !== undefined && part !== TABLE_ID)
      throw new UsageError(
        `--only ${id} is one check of a survey, which a run plays as a whole`,
        `Give --only ${part}.`,
      );
    if (part === undefined && id !== TABLE_ID) continue;
    if (table === null)
      throw new UsageError(
        `--only ${id} is a check of the decision table, which this run does not play`,
        `Add --table quick, and give --only ${TABLE_ID}.`,
      );
    if (id !== TABLE_ID)
      throw new UsageError(
        `--only ${id} is one check of the decision table, which a run plays as a whole`,
        `Give --only ${TABLE_ID}, or play this check alone: postern replay ${id}.`,
      );
  }
  const only = selection.only.filter((id) => !generated.includes(id));
  const isAlone = selection.only.length > 0 && only.length === 0;
  return isAlone ? [] : select(all, { ...selection, only });
}
