import { join, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { type ActionsEnv, tellActions } from './annotations.ts';
import { pointLatestAt, writeWhole } from './folder.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { type Redact, redactedReport } from './redaction.ts';
import type { Report } from './report.ts';
import { fileTrouble, unwritten } from './trouble.ts';

/** The files of a report folder, each drawn from the same value. report.json first: it is the evidence, the rest are views. */
const FORMATS: readonly [file: string, render: (report: Report) => string][] = [
  ['report.json', renderJson],
  ['junit.xml', renderJunit],
  ['summary.md', (report) => renderMarkdown(report)],
  ['index.html', renderHtml],
];

/**
 * Writes every format into `folder`, with `files` (text by name) beside them, points `latest` beside it at it, and tells GitHub Actions where it runs there.
 * `redact` clears the report before it is drawn and every text before it is written.
 * Never throws: gives the paths written, and what could not be written or drawn, in sentences. A caller with problems
 * must not exit 0, and may write once more so that the report itself says so.
 */
export function writeReports(
  folder: string,
  report: Report,
  context: { redact: Redact; env: ActionsEnv; out: Writable; files: Readonly<Record<string, string>> },
): { written: string[]; problems: string[] } {
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
    const text = drawn(file, () => context.redact(render(clean)), problems);
    if (text !== null) attempt(path, () => writeWhole(path, text));
  }
  for (const [file, text] of Object.entries(context.files)) {
    const path = join(folder, file);
    attempt(path, () => writeWhole(path, text));
  }
  const latest = join(folder, '..', 'latest');
  if (written.length > 0) attempt(latest, () => pointLatestAt(resolve(folder)));
  problems.push(...tell(clean, context));
  return { written, problems };
}

/** The report without secrets. One that breaks its own schema is a defect of Postern; the evidence is kept all the same. */
function cleaned(report: Report, redact: Redact, problems: string[]): Report {
  try {
    return redactedReport(report, redact);
  } catch (error) {
    problems.push(`The report does not keep its own schema, which is a defect of Postern: ${fileTrouble(error).words}`);
    return report;
  }
}

function drawn(file: string, render: () => string, problems: string[]): string | null {
  try {
    return render();
  } catch (error) {
    problems.push(`${file} could not be drawn, which is a defect of Postern: ${fileTrouble(error).words}`);
    return null;
  }
}

function tell(report: Report, context: { redact: Redact; env: ActionsEnv; out: Writable }): string[] {
  try {
    return tellActions(report, context.env, context.out, context.redact);
  } catch (error) {
    return [`GitHub Actions could not be told: ${fileTrouble(error).words}`];
  }
}
