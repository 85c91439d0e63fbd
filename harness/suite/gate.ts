import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { accept, exitCodeOfComparison, loadAccepted } from '../boundary/acceptance.ts';
import { diffReports } from '../boundary/diff.ts';
import { createDoubts, shownBefore } from '../boundary/doubts.ts';
import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import { worst } from '../judge/verdict.ts';
import { renderDiff, tellDiff } from '../report/diff.ts';
import { comparisonHtml } from '../report/html-diff.ts';
import { readReport } from '../report/read.ts';
import type { Report } from '../report/report.ts';
import { ROOT } from '../root.ts';
import { type RunRequest, runSuite } from './run.ts';

/** Against what a gateway is held: another, which is played beside it, or what an earlier run kept. */
export type Base = { kind: 'gateway'; reference: string } | { kind: 'report'; report: Report };

export type GateRequest = Omit<
  RunRequest,
  'gateways' | 'table' | 'interleaved' | 'purpose' | 'prune' | 'keep' | 'whileKept'
> & {
  base: Base;
  head: string;
};

/** Knocks that are made up on each of the two gateways. */
const MADE_UP = 40;

/**
 * Plays the catalogue and the quick table on two gateways beside each other, and compares them check by check and cell by cell. What
 * differs in the table is looked at once more on both first. Gives exit 4 for a weakening that nobody accepted, and exit 3, with the
 * comparison of all the rest, where some check found the environment broken.
 * Throws UsageError where the two cannot be compared.
 */
export async function runGate({ base, head, ...request }: GateRequest): Promise<ExitCode> {
  if (base.kind === 'gateway' && base.reference === head)
    throw new UsageError(
      `base and head are both ${head}`,
      'Name two gateways; to see noise, compare two reports with `postern diff`.',
    );
  const gateways = base.kind === 'gateway' ? [base.reference, head] : [head];
  const { doubted, over } = createDoubts(gateways, base.kind === 'report' ? shownBefore(base.report.table) : null);
  const { folder, exitCode } = await runSuite({
    ...request,
    // What the gateways do, not what scenarios declare of them.
    purpose: 'matrix',
    gateways,
    table: { size: 'quick', search: { path: null, runs: MADE_UP }, doubted, over, save: false },
    interleaved: true,
    prune: false,
    keep: false,
    whileKept: async () => {},
  });
  if (exitCode === EXIT.interrupted || exitCode === EXIT.usage) return exitCode;
  // As it was written, without secrets.
  const report = readReport(folder);
  const before = base.kind === 'report' ? base.report : onlyOf(report, base.reference);
  const after = onlyOf(report, head);
  // One gateway that hung in one check hides nothing of the others; one that was never up cannot be compared.
  const failed = exitCode === EXIT.environment;
  if (failed && (before.checks.length === 0 || after.checks.length === 0)) return exitCode;
  const today = report.run.startedAt.slice(0, 10);
  const compared = accept(diffReports(before, after), loadAccepted(ROOT), today);
  const files = { 'comparison.html': comparisonHtml(compared), 'comparison.md': renderDiff(compared) };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  request.out.write(
    `${tellDiff(compared)}Comparison: ${path.relative(process.cwd(), path.join(folder, 'comparison.html'))}\n`,
  );
  return worst([exitCodeOfComparison(compared), ...(failed ? [exitCode] : [])]);
}

/** The part of a report that is about one gateway. */
function onlyOf(report: Report, gateway: string): Report {
  return {
    ...report,
    subjects: report.subjects.filter(({ reference }) => reference === gateway),
    checks: report.checks.filter((check) => check.gateway === gateway),
    table: report.table.filter((cell) => cell.gateway === gateway),
  };
}
