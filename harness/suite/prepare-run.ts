import { UsageError } from '../exit.ts';
import { parseReference } from '../gateway/source/reference.ts';
import { type Deviation, loadDeviations } from '../judge/deviation.ts';
import { declaredChecks } from '../pairwise/declared.ts';
import { TABLE_ID } from '../pairwise/properties.ts';
import { checksOfPart } from '../pairwise/table-part.ts';
import { ROOT } from '../root.ts';
import { everyStepOf } from '../scenario/catalogue/checks.ts';
import { type LoadedScenario, loadGiven, loadScenariosWith } from '../scenario/catalogue/load.ts';
import { select, whyLeftOut } from '../scenario/catalogue/select.ts';
import type { RunRequest } from './run-request.ts';

/** What a run plays, read and validated. */
export type RunPlan = {
  scenarios: readonly LoadedScenario[];
  /** Why the selection leaves a scenario out; null if the scenario is played. */
  whyLeftOut(scenario: LoadedScenario): string | null;
  /** The ids of the checks that must have a verdict on each gateway. */
  checks: readonly string[];
  deviations: readonly Deviation[];
};

/**
 * Reads and validates all that a run rests on; boots and writes nothing. Gives what is to be played. Throws a PosternError if scenarios, lists,
 * references or filters cannot be read, or select nothing.
 */
export function prepareRun(request: RunRequest): RunPlan {
  const { table } = request;
  const catalogue = loadScenariosWith(ROOT, request.ownScenarios);
  const isGiven = request.files.length > 0;
  const given = isGiven ? loadGiven(ROOT, request.files, catalogue) : [];
  const scenarios = chosen(isGiven ? given : catalogue, request);
  const deviations = loadDeviations(ROOT, declaredChecks([...catalogue, ...given]));
  validateGateways(request.gateways);
  return {
    scenarios,
    // A file that was given is played, whatever the filters of the catalogue say.
    whyLeftOut: (scenario) => (isGiven ? null : whyLeftOut(scenario, request.selection)),
    checks: [
      ...scenarios.flatMap((scenario) => scenario.checks.map(({ id }) => id)),
      ...(table === null ? [] : checksOfPart(table.part)),
    ],
    deviations,
  };
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

/** The scenarios that the selection names; none if it names only the decision table. Throws UsageError if a filter selects nothing. */
function chosen(all: readonly LoadedScenario[], { selection, table }: RunRequest): LoadedScenario[] {
  const ofTable = selection.only.find((id) => id === TABLE_ID || id.startsWith(`${TABLE_ID}/`));
  if (ofTable !== undefined && table === null)
    throw new UsageError(
      `--only ${ofTable} is a check of the decision table, which this run does not play`,
      `Add --table quick, and give --only ${TABLE_ID}.`,
    );
  if (ofTable !== undefined && ofTable !== TABLE_ID)
    throw new UsageError(
      `--only ${ofTable} is one check of the decision table, which a run plays as a whole`,
      `Give --only ${TABLE_ID}, or play this check alone: postern replay ${ofTable}.`,
    );
  if (table === null) return select(all, selection);
  const only = selection.only.filter((id) => id !== TABLE_ID);
  const isAlone = selection.only.length > 0 && only.length === 0;
  return isAlone ? [] : select(all, { ...selection, only });
}
