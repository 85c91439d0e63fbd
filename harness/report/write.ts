import { join, resolve } from 'node:path';
import { describeFileError, describeSchemaError, describeWriteError } from '../results/file-errors.ts';
import { pointLatestAt, writeWhole } from '../results/folder.ts';
import { type Redact, redacted } from '../results/redaction.ts';
import { type Report, reportSchema } from '../results/report.ts';
import { stubReport } from '../results/stub.ts';
import { type ActionsEnv, printActions } from './ci/annotations.ts';
import { renderHtml } from './html/html.ts';
import { renderJson } from './json/json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown/markdown.ts';
import type { Output } from './terminal/output.ts';

/** The files of a report folder, all made from the same value. report.json comes first, because the others are views of it. */
const FORMATS: readonly [file: string, render: (report: Report) => string][] = [
  ['report.json', renderJson],
  ['junit.xml', renderJunit],
  ['summary.md', (report) => renderMarkdown(report)],
  ['index.html', renderHtml],
];

/** Files that are made from the redacted report, by file name. The text of each must be redacted, as the report is. */
export type ExtraFiles = Readonly<Record<string, (report: Report) => string>>;

/** The file of a gate that is also the beginning of the summary on GitHub Actions. */
export const COMMENT_FILE = 'comment.md';

/** The paths that were written, the problems, and the redacted report that the files were made from, or a stub in its place. */
export type Written = { written: string[]; problems: string[]; report: Report };

/**
 * Redacts the report once and writes every format of the result into `folder`, together with `files`. Then it points the link `latest` in the
 * parent folder at `folder` if `isLatest` is set, and writes annotations and summary on GitHub Actions. If the report cannot be redacted, a stub
 * with the reason is written in its place. Never throws: `problems` has one text for each file that could not be made or written. If there are
 * problems, the caller must not exit with 0, and may write again so that the report names them.
 */
export function writeReports(
  folder: string,
  report: Report,
  context: { redact: Redact; env: ActionsEnv; out: Output; files: ExtraFiles; isLatest: boolean },
): Written {
  const written: string[] = [];
  const problems: string[] = [];
  const attempt = (path: string, write: () => void): void => {
    try {
      write();
      written.push(path);
    } catch (error) {
      problems.push(describeWriteError(path, error));
    }
  };

  const clean = cleaned(report, context.redact, problems);
  let comment: string | null = null;
  for (const [file, render] of [...FORMATS, ...Object.entries(context.files)]) {
    const path = join(folder, file);
    const text = drawn(file, () => render(clean), problems);
    if (text === null) continue;
    if (file === COMMENT_FILE) comment = text;
    attempt(path, () => writeWhole(path, text));
  }
  const latest = join(folder, '..', 'latest');
  if (context.isLatest && written.length > 0) attempt(latest, () => pointLatestAt(resolve(folder)));
  problems.push(...tell(clean, comment, context));
  return { written, problems, report: clean };
}

/** The redacted report. If redaction fails, or the report does not match its schema, a stub; the unredacted report is never written. */
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
    problems.push(`${file} could not be made, which is a defect of Postern: ${describeFileError(error).words}`);
    return null;
  }
}

function tell(report: Report, comment: string | null, { env, out }: { env: ActionsEnv; out: Output }): string[] {
  try {
    return printActions(report, comment, env, out);
  } catch (error) {
    return [`The output for GitHub Actions could not be made: ${describeFileError(error).words}`];
  }
}
