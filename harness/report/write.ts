import { join, resolve } from 'node:path';
import { describeFileError, describeSchemaError, unwritten } from '../results/file-errors.ts';
import { pointLatestAt, writeWhole } from '../results/folder.ts';
import { type Redact, redacted } from '../results/redaction.ts';
import { type Report, reportSchema } from '../results/report.ts';
import { stubReport } from '../results/stub.ts';
import { type ActionsEnv, printActions } from './annotations.ts';
import { renderHtml } from './html/html.ts';
import { renderJson } from './json/json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown/markdown.ts';
import type { Output } from './terminal/output.ts';

/** The files of a report folder, each drawn from the same value. report.json first: it is the evidence, the rest are views. */
const FORMATS: readonly [file: string, render: (report: Report) => string][] = [
  ['report.json', renderJson],
  ['junit.xml', renderJunit],
  ['summary.md', (report) => renderMarkdown(report)],
  ['index.html', renderHtml],
];

/** What was written, and the report that it was drawn from: without secrets, or a stub that says why there is no more. */
export type Written = { written: string[]; problems: string[]; report: Report };

/**
 * Clears the report of secrets, once; writes every format of that into `folder`, with `files` (text by name, cleared before) beside them; points
 * `latest` beside it at it, and tells GitHub Actions where it runs there. What is drawn is not changed any more. A report that cannot be cleared
 * is not written: a stub says so.
 * Never throws: gives the paths written, and what could not be written or drawn, in sentences. A caller with problems
 * must not exit 0, and may write once more so that the report itself says so.
 */
export function writeReports(
  folder: string,
  report: Report,
  context: { redact: Redact; env: ActionsEnv; out: Output; files: Readonly<Record<string, string>> },
): Written {
  const written: string[] = [];
  const problems: string[] = [];
  const attempt = (path: string, write: () => void): void => {
    try {
      write();
      written.push(path);
    } catch (error) {
      problems.push(unwritten(path, error));
    }
  };

  const clean = cleaned(report, context.redact, problems);
  for (const [file, render] of FORMATS) {
    const path = join(folder, file);
    const text = drawn(file, () => render(clean), problems);
    if (text !== null) attempt(path, () => writeWhole(path, text));
  }
  for (const [file, text] of Object.entries(context.files)) {
    const path = join(folder, file);
    attempt(path, () => writeWhole(path, text));
  }
  const latest = join(folder, '..', 'latest');
  if (written.length > 0) attempt(latest, () => pointLatestAt(resolve(folder)));
  problems.push(...tell(clean, context));
  return { written, problems, report: clean };
}

/** The report without secrets. One that breaks its own schema cannot be trusted to be without: the raw one is never written. */
function cleaned(report: Report, redact: Redact, problems: string[]): Report {
  try {
    return redacted(reportSchema, report, redact);
  } catch (error) {
    const why = `The report could not be cleared of secrets, which is a defect of Postern, and was not written: ${redact(describeSchemaError(error))}.`;
    problems.push(why);
    return stubReport(report, why);
  }
}

function drawn(file: string, render: () => string, problems: string[]): string | null {
  try {
    return render();
  } catch (error) {
    problems.push(`${file} could not be drawn, which is a defect of Postern: ${describeFileError(error).words}`);
    return null;
  }
}

function tell(report: Report, { env, out }: { env: ActionsEnv; out: Output }): string[] {
  try {
    return printActions(report, env, out);
  } catch (error) {
    return [`GitHub Actions could not be told: ${describeFileError(error).words}`];
  }
}
