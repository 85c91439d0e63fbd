import { VERDICTS } from '../judge/verdict.ts';
import type { CheckResult, Report, ScenarioInfo } from '../results/report.ts';
import { toneOf, VERDICT_LABELS } from './verdict-labels.ts';

/** A scenario with its checks on every gateway, worst first. */
export type ScenarioChecks = { scenario: ScenarioInfo; checks: CheckResult[] };

/** The sort key of a check: red before green, then in the order of `VERDICTS`. */
function gravity(check: CheckResult): number {
  return (check.holds ? VERDICTS.length : 0) + VERDICTS.indexOf(check.verdict);
}

/** The checks, worst first; equal ones stay in the order in which they ran. */
export function worstFirst(checks: readonly CheckResult[]): CheckResult[] {
  return checks.toSorted((a, b) => gravity(a) - gravity(b));
}

/** Checks grouped by scenario, the scenario with the worst check first. A check of an unlisted scenario is included. */
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
 * The check that represents several in one cell, and the number of others that did not run. A skipped check represents the others only if
 * none ran, so that it neither hides a pass nor is hidden by one. The caller must sort the checks.
 */
export function representativeOf(checks: readonly CheckResult[]): { check: CheckResult | undefined; notRun: number } {
  const ran = checks.filter((check) => !isQuiet(check));
  const check = ran[0] ?? checks[0];
  return { check, notRun: ran.length === 0 ? 0 : checks.length - ran.length };
}

function isQuiet(check: CheckResult): boolean {
  return toneOf(check) === 'quiet';
}

/** The number of checks of each verdict, in words: `1 known deviation, 4 pass`. The caller must sort the checks. */
export function verdictTally(checks: readonly CheckResult[]): string {
  const groups = Map.groupBy(checks, (check) => check.verdict);
  return [...groups].map(([verdict, each]) => `${each.length} ${VERDICT_LABELS[verdict].word}`).join(', ');
}

/** The observation in one or two words, for a table cell: a close code, an HTTP status, a kind. */
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
