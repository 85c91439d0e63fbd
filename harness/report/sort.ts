import { VERDICTS } from '../judge/verdict.ts';
import type { CheckResult, Report, ScenarioInfo } from '../results/report.ts';
import { toneOf, VERDICT_LABELS } from './verdict-labels.ts';

/** A scenario with its checks on every gateway, worst first. */
export type ScenarioChecks = { scenario: ScenarioInfo; checks: CheckResult[] };

/** Red before green, then in the order of `VERDICTS`. */
function gravity(check: CheckResult): number {
  return (check.holds ? VERDICTS.length : 0) + VERDICTS.indexOf(check.verdict);
}

/** The checks, worst first; equals keep the order in which they ran. */
export function worstFirst(checks: readonly CheckResult[]): CheckResult[] {
  return checks.toSorted((a, b) => gravity(a) - gravity(b));
}

/** Checks by scenario, the scenario with the worst check first. A check whose scenario is not listed still appears. */
export function byScenario(report: Report): ScenarioChecks[] {
  const infoOf = new Map(report.scenarios.map((scenario) => [scenario.id, scenario]));
  const groups = Map.groupBy(worstFirst(report.checks), (check) => check.scenario);
  return [...groups].map(([id, checks]) => ({ scenario: infoOf.get(id) ?? unlisted(id, checks), checks }));
}

function unlisted(id: string, checks: readonly CheckResult[]): ScenarioInfo {
  return {
    id,
    title: id,
    why: '',
    class: '',
    level: 'must',
    blocker: false,
    reported: [],
    affected: '',
    tags: [],
    file: checks[0]?.source.file ?? '',
  };
}

/**
 * The check that stands for several in one cell, and how many others were not run. A skip must neither hide behind
 * a pass nor hide one, so it stands for the others only where nothing ran. The checks come sorted.
 */
export function standsFor(checks: readonly CheckResult[]): { check: CheckResult | undefined; notRun: number } {
  const ran = checks.filter((check) => !isQuiet(check));
  const check = ran[0] ?? checks[0];
  return { check, notRun: ran.length === 0 ? 0 : checks.length - ran.length };
}

function isQuiet(check: CheckResult): boolean {
  return toneOf(check) === 'quiet';
}

/** How often each verdict occurs, in words: `1 known deviation, 4 pass`. The checks come sorted. */
export function verdictTally(checks: readonly CheckResult[]): string {
  const groups = Map.groupBy(checks, (check) => check.verdict);
  return [...groups].map(([verdict, each]) => `${each.length} ${VERDICT_LABELS[verdict].word}`).join(', ');
}

/** What the gateway did, in the one or two words that fit a table cell: a close code, an HTTP status, a kind. */
export function outcomeWord(check: CheckResult): string {
  const seen = check.observation;
  if (seen === null) return '';
  if (seen.outcome !== undefined) {
    if (seen.outcome.kind !== 'refused') return seen.outcome.kind;
    return seen.outcome.at === 'http' ? `HTTP ${seen.outcome.code}` : `${seen.outcome.code}`;
  }
  if (seen.http !== undefined) return `HTTP ${seen.http.status}`;
  if (seen.answer !== undefined) return seen.answer.kind === 'closed' ? `${seen.answer.code}` : seen.answer.kind;
  if (seen.command !== undefined) return `exit ${seen.command.exitCode}`;
  if (seen.exited !== undefined) return `exit ${seen.exited.exitCode}`;
  return seen.ready === undefined ? '' : 'ready';
}
