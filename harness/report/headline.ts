import { EXIT, type ExitCode } from '../exit.ts';
import type { Purpose } from '../judge/verdict.ts';
import { nameOf } from '../results/comparison.ts';
import type { CheckResult, Report, Subject } from '../results/report.ts';
import { count, listed } from '../text/format.ts';

/** The meaning of each exit code, as a clause without a full stop. README.md prints the same texts; a test compares them. */
export const EXIT_MEANING: Record<ExitCode, string> = {
  [EXIT.holds]: 'everything that ran holds',
  [EXIT.failed]: 'a check failed, or a reported failure was reproduced on this gateway',
  [EXIT.usage]: 'the command line, a file or the selection of checks is wrong',
  [EXIT.environment]: 'the environment failed: engine, image, boot or disk',
  [EXIT.weakened]: 'the boundary is weaker than on the base gateway',
  [EXIT.stale]: 'an entry of a list, or the declared range of a scenario, is stale',
  [EXIT.interrupted]: 'interrupted; containers, networks and volumes are gone',
};

/** The meaning of an exit code that was read from a report; "unknown exit code" for any other number. */
export function meaningOf(exitCode: number): string {
  const known = Object.entries(EXIT_MEANING).find(([code]) => code === `${exitCode}`);
  return known?.[1] ?? 'unknown exit code';
}

/** The headline names up to this many gateways, and counts them if there are more. */
const NAMED_GATEWAYS = 3;

/** The result of a run as one sentence with a full stop. */
export function headline(report: Report): string {
  return `${headlineClauses(report).join('; ')}.`;
}

/** The clauses of the headline, the most important one first. Never empty. */
export function headlineClauses(report: Report): string[] {
  const leftOut =
    report.withheld === 0 ? [] : [`${count(report.withheld, 'finding or check', 'findings and checks')} left out`];
  const clauses = [...CLAUSES[report.run.purpose](report), ...leftOut];
  const caveat = caveatOf(report);
  if (caveat !== null && report.subjects.length === 0) return [caveat];
  return caveat === null ? clauses : [caveat, ...clauses];
}

const CLAUSES: Record<Purpose, (report: Report) => string[]> = { run: ofRun, matrix: ofMatrix, gate: ofGate };

/** The clause that comes before all counts: why the result is incomplete, weaker than the base, or stale. null if none applies. */
function caveatOf(report: Report): string | null {
  switch (report.run.exitCode) {
    case EXIT.interrupted:
      return 'Interrupted, so this result is incomplete';
    case EXIT.usage:
      return `This run proves nothing: ${(report.run.problems[0] ?? 'no check was executed').replace(/\.$/, '')}`;
    case EXIT.environment:
      return 'The environment failed, so this result is incomplete';
    case EXIT.weakened:
      return 'The boundary is weaker than on the base gateway';
    case EXIT.stale:
      return 'A list or a declared range is stale';
    default:
      return null;
  }
}

function ofRun(report: Report): string[] {
  const gateways =
    report.subjects.length > NAMED_GATEWAYS ? [ofMany(report)] : report.subjects.map((each) => ofOne(report, each));
  return [...(gateways.length === 0 ? ['No gateway was tested'] : gateways), ...ofBoundary(report)];
}

function ofOne(report: Report, subject: Subject): string {
  const checks = report.checks.filter((check) => check.gateway === subject.reference);
  const red = checks.filter((check) => !check.holds);
  if (red.length === 0) {
    const ran = checks.filter(wasExecuted).length;
    const known = checks.filter((check) => check.verdict === 'known-deviation').length;
    if (ran === 0) return `${subject.version} was not tested`;
    const holds = `${subject.version} holds in ${count(ran - known, 'check')}`;
    return known === 0 ? holds : `${holds}, with ${count(known, 'known deviation')}`;
  }
  const reproduced = new Set(red.filter((check) => check.verdict === 'reproduced').map((check) => check.scenario));
  const others = red.filter((check) => check.verdict !== 'reproduced').length;
  const findings = [
    ...(reproduced.size > 0 ? [`reproduces ${count(reproduced.size, 'reported failure')}`] : []),
    ...(others > 0 ? [`does not hold in ${count(others, `${reproduced.size > 0 ? 'other ' : ''}check`)}`] : []),
  ];
  return `${subject.version} ${listed(findings)}`;
}

function ofMany(report: Report): string {
  const red = new Set(report.checks.filter((check) => !check.holds).map((check) => check.gateway));
  return red.size === 0
    ? `All ${report.subjects.length} gateways hold`
    : `${report.subjects.length - red.size} of ${report.subjects.length} gateways hold`;
}

/**
 * The clause about boundary checks of remote vantages. Only a pass counts as held: a known deviation is not red, but it is no proof either.
 */
function ofBoundary(report: Report): string[] {
  const remote = report.checks.filter(
    (check) => check.part === 'boundary' && check.vantage !== null && check.vantage !== 'loopback',
  );
  const ran = remote.filter(wasExecuted);
  const held = ran.filter((check) => check.verdict === 'pass').length;
  if (ran.length === 0) return [];
  if (held === ran.length) return [`the boundary held for remote clients in ${count(held, 'check')}`];
  return [`the boundary held for remote clients in ${held} of ${count(ran.length, 'check')}`];
}

function ofMatrix(report: Report): string[] {
  const ran = report.checks.filter(wasExecuted);
  const red = report.checks.filter((check) => !check.holds);
  const gateways = count(report.subjects.length, 'release');
  if (red.length > 0) {
    const on = listed([...new Set(red.map((check) => check.gateway))].slice(0, NAMED_GATEWAYS));
    return [
      `${red.length} of ${count(ran.length, 'check')} on ${gateways} are not as the scenarios declare, first on ${on}`,
    ];
  }
  const reproduced = ran.filter((check) => check.verdict === 'reproduced').length;
  return [
    `${gateways} ${report.subjects.length === 1 ? 'behaves' : 'behave'} as the scenarios declare in ${count(ran.length, 'check')}`,
    ...(reproduced > 0 ? [`${reproduced} of them reproduce a reported failure`] : []),
  ];
}

/** Clauses of a gate, which are about its head, the last subject. Checks that are red on both gateways are counted separately. */
function ofGate(report: Report): string[] {
  const head = report.subjects.at(-1);
  if (head === undefined) return ['No gateway was tested'];
  const checks = report.checks.filter((check) => check.gateway === head.reference && wasExecuted(check));
  const red = checks.filter((check) => !check.holds);
  const alike = checks.filter(({ holds, verdict }) => holds && (verdict === 'fail' || verdict === 'reproduced'));
  return [
    red.length > 0
      ? `${nameOf(head)} does not hold in ${red.length} of ${count(checks.length, 'check')}`
      : `${nameOf(head)} is not worse than its base in ${count(checks.length, 'check')}`,
    ...(alike.length > 0 ? [`${count(alike.length, 'check')} red on both`] : []),
    ...(report.run.problems.length > 0 ? [`${count(report.run.problems.length, 'finding')} outside the checks`] : []),
  ];
}

function wasExecuted(check: CheckResult): boolean {
  return check.verdict !== 'skipped' && check.verdict !== 'not-applicable';
}
