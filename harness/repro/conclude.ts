import { replayCommand } from '../replay-command.ts';
import type { CheckResult, Report } from '../results/report.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { rangeOf } from '../scenario/catalogue/workaround.ts';
import { inRange } from '../scenario/releases/range.ts';
import type { Workaround } from '../scenario/schema/scenario.ts';
import type { Play } from './plays.ts';
import type {
  BoundaryResult,
  ReleaseResult,
  ReleaseState,
  Reproduction,
  ScenarioResult,
  VariedResult,
  WorkaroundResult,
} from './reproduction.ts';

/** The checks of a scenario on a release, in the order of its file. */
function checksOn(report: Report, scenario: string, version: string): CheckResult[] {
  return report.checks.filter((check) => check.scenario === scenario && check.gateway === version);
}

/**
 * What the checks of a scenario's steps say about a release. `symptoms` are the names of the checks whose symptom was reported: one of them
 * decides that the failure is reproduced. A check that does not hold in another way leaves it undecided.
 */
export function stateOf(
  checks: readonly CheckResult[],
  symptoms: ReadonlySet<string>,
  problem: string | null,
): Pick<ReleaseResult, 'state' | 'because' | 'checks'> {
  const steps = checks.filter(({ part }) => part === 'steps');
  const told = (deciding: readonly CheckResult[]): ReleaseResult['checks'] =>
    deciding.map(({ id, verdict, expected, seen }) => ({ id, verdict, expected, seen }));
  if (steps.length === 0)
    return { state: 'undecided', because: problem ?? 'the release could not be played', checks: [] };
  if (steps.every(({ verdict }) => verdict === 'not-applicable'))
    return { state: 'does-not-apply', because: steps[0]?.because ?? null, checks: [] };
  const reproduced = steps.filter(
    ({ name, verdict }) => symptoms.has(name) && (verdict === 'reproduced' || verdict === 'known-deviation'),
  );
  if (reproduced.length > 0) return { state: 'reproduced', because: null, checks: told(reproduced) };
  const other = steps.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable');
  if (other[0] !== undefined)
    return {
      state: 'undecided',
      because: `${other[0].verdict}: ${other[0].because ?? other[0].seen}`,
      checks: told(other),
    };
  return { state: 'not-reproduced', because: null, checks: told(steps.filter(({ name }) => symptoms.has(name))) };
}

/** The names of the checks of a scenario that have a symptom. */
export function symptomsOf({ checks }: LoadedScenario): ReadonlySet<string> {
  return new Set(checks.filter(({ step }) => step.symptom !== undefined).map(({ name }) => name));
}

function workaroundsOn(loaded: LoadedScenario, checks: readonly CheckResult[], version: string): WorkaroundResult[] {
  const { scenario } = loaded;
  const verdicts = new Map(checks.map(({ name, verdict }) => [name, verdict]));
  const checksOfOne = (workaround: Workaround): string[] =>
    loaded.checks.filter((check) => check.workaround === workaround).map(({ name }) => name);
  return scenario.workarounds
    .filter((workaround) => inRange(version, rangeOf(scenario, workaround)))
    .map((workaround) => ({ workaround, names: checksOfOne(workaround) }))
    .filter(({ names }) => names.length > 0 && names.every((name) => verdicts.get(name) === 'pass'))
    .map(({ workaround: { name, advice, outcome }, names }) => ({
      name,
      advice,
      outcome,
      version,
      checks: names.map((check) => `${scenario.id}/${check}`),
    }));
}

function boundaryOf(checks: readonly CheckResult[]): BoundaryResult[] {
  const isPlayed = ({ verdict }: CheckResult): boolean => verdict !== 'not-applicable' && verdict !== 'skipped';
  const played = checks.filter((check) => check.part === 'boundary' && isPlayed(check));
  return [...Map.groupBy(played, ({ id }) => id)].map(([check, results]) => ({
    check,
    expected: results[0]?.expected ?? '',
    held: results.filter(({ holds }) => holds).map(({ gateway }) => gateway),
    broken: results.filter(({ holds }) => !holds).map(({ gateway }) => gateway),
  }));
}

/** The first release without the failure, if the last affected one showed it and the next one did not. */
function firstWithout(releases: readonly ReleaseResult[]): string | null {
  const last = releases.find(({ why }) => why.includes('last-affected'));
  const after = releases.find(({ why }) => why.includes('first-after'));
  return last?.state === 'reproduced' && after?.state === 'not-reproduced' ? after.version : null;
}

/** The release that decides: the first one, which is the reported one, or the first to which the scenario applies. */
function decidingOf(releases: readonly ReleaseResult[]): ReleaseResult | undefined {
  return releases.find(({ state }) => state !== 'does-not-apply') ?? releases[0];
}

/** What the report of a run says about one scenario. `plays` are the releases of the run, the reported one first. */
export function concludeScenario(
  loaded: LoadedScenario,
  plays: readonly Play[],
  report: Report,
  asReported: VariedResult | null,
): ScenarioResult {
  const { id, title, affected } = loaded.scenario;
  const symptoms = symptomsOf(loaded);
  const { problems } = report.run;
  const releases = plays.map(
    ({ version, why }): ReleaseResult => ({
      version,
      why,
      ...stateOf(
        checksOn(report, id, version),
        symptoms,
        problems.find((text) => text.includes(version)) ?? problems[0] ?? null,
      ),
    }),
  );
  const helped = (releases.find(({ state }) => state === 'reproduced') ?? decidingOf(releases))?.version;
  const command = replayCommand(id, { gateways: helped === undefined ? [] : [helped] });
  return {
    scenario: id,
    title,
    affected,
    releases,
    firstWithout: firstWithout(releases),
    workarounds: helped === undefined ? [] : workaroundsOn(loaded, checksOn(report, id, helped), helped),
    boundary: boundaryOf(report.checks.filter((check) => check.scenario === id)),
    asReported,
    command,
  };
}

/**
 * What a report comes to. The release that was reported decides, or the next one if none was or if the scenario does not apply to it; with the settings of
 * the report, if the scenario was played with them and that decided.
 */
export function verdictOf(scenarios: readonly ScenarioResult[]): Reproduction['verdict'] {
  if (scenarios.length === 0) return 'not-played';
  const states = scenarios.flatMap(({ releases, asReported }): ReleaseState[] => [
    decidingOf(releases)?.state ?? 'undecided',
    ...(asReported === null ? [] : [asReported.state]),
  ]);
  if (states.includes('reproduced')) return 'reproduced';
  if (states.includes('not-reproduced')) return 'not-reproduced';
  return 'undecided';
}
