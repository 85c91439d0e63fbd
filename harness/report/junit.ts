import type { CheckResult, Report } from '../results/report.ts';
import { visible } from '../text/control-characters.ts';
import { meaningOf } from './headline.ts';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;' };

/** Escapes text for an attribute value. XML 1.0 has no escape for control characters, so they are made visible. */
function attribute(text: string): string {
  return visible(text).replace(/[&<>"\n]/g, (each) => ENTITIES[each] ?? each);
}

/** Escapes text for the body of an element. */
function body(text: string): string {
  return visible(text).replace(/[&<>]/g, (each) => ENTITIES[each] ?? each);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

type Result = 'failure' | 'error' | 'skipped' | 'passed';

function resultOf(check: CheckResult): Result {
  if (!check.holds) return check.verdict === 'error' ? 'error' : 'failure';
  return check.verdict === 'skipped' || check.verdict === 'not-applicable' ? 'skipped' : 'passed';
}

function evidence(check: CheckResult): string {
  return [
    `expected: ${check.expected}`,
    `seen:     ${check.seen}`,
    ...check.differences.map((line) => `  ${line}`),
    ...(check.because === null ? [] : [`because:  ${check.because}`]),
    `source:   ${check.source.file}:${check.source.line}:${check.source.column}`,
    `repeat:   ${check.repeat}`,
  ].join('\n');
}

function outcome(check: CheckResult): string {
  const result = resultOf(check);
  if (result === 'passed') return '';
  if (result === 'skipped') return `      <skipped message="${attribute(check.because ?? check.verdict)}"/>\n`;
  const message = attribute(`${check.verdict}: ${check.seen}`);
  return `      <${result} type="${check.verdict}" message="${message}">${body(evidence(check))}</${result}>\n`;
}

function testcase(check: CheckResult): string {
  const at = `file="${attribute(check.source.file)}" line="${check.source.line}"`;
  const className = attribute(`${check.gateway}/${check.scenario}`);
  const deviation =
    check.verdict === 'known-deviation' ? `      <system-out>${body(evidence(check))}</system-out>\n` : '';
  return (
    `    <testcase classname="${className}" name="${attribute(check.name)}" ${at} time="${seconds(check.durationMs)}">\n` +
    `      <properties><property name="verdict" value="${check.verdict}"/></properties>\n` +
    `${outcome(check)}${deviation}    </testcase>\n`
  );
}

function totals(checks: readonly CheckResult[]): string {
  const of = (result: Result): number => checks.filter((check) => resultOf(check) === result).length;
  const ms = checks.reduce((sum, check) => sum + check.durationMs, 0);
  return `tests="${checks.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}" time="${seconds(ms)}"`;
}

/** The properties of a test suite: the seed, which repeats it. */
function properties({ seed }: Report['run']): string {
  return `    <properties><property name="seed" value="${seed}"/></properties>\n`;
}

function testsuite(name: string, run: Report['run'], checks: readonly CheckResult[]): string {
  const head = `name="${attribute(name)}" timestamp="${attribute(run.startedAt)}" ${totals(checks)}`;
  return `  <testsuite ${head}>\n${properties(run)}${checks.map(testcase).join('')}  </testsuite>\n`;
}

/** A test suite with the problems outside checks, so that this file is never green if the exit code is red. */
function runSuite(report: Report): { xml: string; errors: number } {
  const { problems, exitCode } = report.run;
  const silent = exitCode !== 0 && problems.length === 0 && report.checks.every((check) => check.holds);
  const errors = silent ? [`exit code ${exitCode}: ${meaningOf(exitCode)}`] : problems;
  if (errors.length === 0) return { xml: '', errors: 0 };
  const cases = errors.map(
    (text, index) =>
      `    <testcase classname="postern" name="problem ${index + 1}" time="0.000">\n` +
      `      <error type="problem" message="${attribute(text)}"/>\n    </testcase>\n`,
  );
  const head = `name="postern" timestamp="${attribute(report.run.startedAt)}" tests="${errors.length}" failures="0" errors="${errors.length}" skipped="0" time="0.000"`;
  return {
    xml: `  <testsuite ${head}>\n${properties(report.run)}${cases.join('')}  </testsuite>\n`,
    errors: errors.length,
  };
}

/**
 * junit.xml: one test suite per gateway and scenario file, one test case per check. A test case is red exactly if its check does not hold.
 * The verdict, for which JUnit has no field, is a property of the test case.
 */
export function renderJunit(report: Report): string {
  const groups = Map.groupBy(report.checks, (check) => `${check.source.file} on ${check.gateway}`);
  const suites = [...groups].map(([name, checks]) => testsuite(name, report.run, checks)).join('');
  const run = runSuite(report);
  const failures = report.checks.filter((check) => resultOf(check) === 'failure').length;
  const errors = report.checks.filter((check) => resultOf(check) === 'error').length + run.errors;
  const skipped = report.checks.filter((check) => resultOf(check) === 'skipped').length;
  const tests = report.checks.length + run.errors;
  const head = `name="postern" tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${seconds(report.run.wallMs)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${head}>\n${run.xml}${suites}</testsuites>\n`;
}
