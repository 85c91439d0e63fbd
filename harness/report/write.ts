import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Withheld, withhold } from '../results/disclosure.ts';
import { describeFileError, describeSchemaError, describeWriteError } from '../results/file-errors.ts';
import { pointLatestAt, writePrivate, writeWhole } from '../results/folder.ts';
import { type Redact, redacted } from '../results/redaction.ts';
import { type Report, reportSchema } from '../results/report.ts';
import { stubReport } from '../results/stub.ts';
import { splitTranscripts, TRANSCRIPTS_FILE } from '../results/transcripts.ts';
import { renderAdvisory, renderAdvisoryJson } from './advisory.ts';
import { type ActionsEnv, printActions } from './ci/annotations.ts';
import { renderHtml } from './html/html.ts';
import { renderJson } from './json/json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown/markdown.ts';
import { moveToPrivate, stagesWithPrivateLogs } from './private-logs.ts';
import type { Output } from './terminal/output.ts';
import { ADVISORY_FILE } from './withheld-note.ts';

/** The files of a report folder that are views of report.json, all made from the same value. */
const VIEWS: readonly [file: string, render: (report: Report) => string][] = [
  ['junit.xml', renderJunit],
  ['summary.md', (report) => renderMarkdown(report)],
  ['index.html', renderHtml],
];

/** Files that are made from the redacted report, by file name. The text of each must be redacted, as the report is. */
export type ExtraFiles = Readonly<Record<string, (report: Report) => string>>;

/** The file of a gate that is also the beginning of the summary on GitHub Actions. */
export const COMMENT_FILE = 'comment.md';

/**
 * The paths that were written, the problems, the redacted report, or a stub in its place, that report without what is withheld, of which all files but
 * the private ones were made, and the SHA-256 of report.json in hex (null if it was not written).
 */
export type Written = { written: string[]; problems: string[]; report: Report; shown: Report; digest: string | null };

/**
 * Redacts the report once and writes every format of the result into `folder`, together with `files`. Then it points the link `latest` in the
 * parent folder at `folder` if `isLatest` is set, and writes annotations and summary on GitHub Actions. If the report cannot be redacted, a stub
 * with the reason is written in its place. Never throws: `problems` has one text for each file that could not be made or written. If there are
 * problems, the caller must not exit with 0, and may write again so that the report names them.
 */
export function writeReports(
  folder: string,
  report: Report,
  context: {
    redact: Redact;
    env: ActionsEnv;
    out: Output;
    files: ExtraFiles;
    withheld: Withheld;
    /** Whether the link `latest` is to point at this folder. */
    isLatest: boolean;
  },
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
  const { shown: open, checks, table } = withhold(clean, context.withheld);
  const shown = { ...open, stages: stagesWithPrivateLogs(open.stages, { checks, table }) };
  const write = <T extends string | Uint8Array>(file: string, render: () => T): T | null => {
    const path = join(folder, file);
    const content = drawn(file, render, problems);
    if (content !== null) attempt(path, () => writeWhole(path, content));
    return content;
  };
  // Without the file for its transcripts, report.json has them itself.
  const split = drawn(TRANSCRIPTS_FILE, () => splitTranscripts(shown), problems);
  if (split !== null) write(TRANSCRIPTS_FILE, () => split.file);
  const json = write('report.json', () => renderJson(split?.report ?? shown));
  const digest = json === null ? null : createHash('sha256').update(json).digest('hex');
  let comment: string | null = null;
  for (const [file, render] of [...VIEWS, ...Object.entries(context.files)]) {
    const text = write(file, () => render(shown));
    if (file === COMMENT_FILE) comment = text;
  }
  if (shown.withheld > 0) {
    const advisory = { run: clean.run, checks, table, findings: context.withheld.findings };
    const place = join(folder, dirname(ADVISORY_FILE));
    attempt(place, () => {
      mkdirSync(place, { recursive: true, mode: 0o700 });
      moveToPrivate(folder, shown.stages);
    });
    attempt(join(folder, ADVISORY_FILE), () => writePrivate(join(folder, ADVISORY_FILE), renderAdvisory(advisory)));
    attempt(join(place, 'advisory.json'), () =>
      writePrivate(join(place, 'advisory.json'), renderAdvisoryJson(advisory)),
    );
  }
  const latest = join(folder, '..', 'latest');
  if (context.isLatest && written.length > 0) attempt(latest, () => pointLatestAt(resolve(folder)));
  problems.push(...tell(shown, comment, context));
  return { written, problems, report: clean, shown, digest };
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

function drawn<T>(file: string, render: () => T, problems: string[]): T | null {
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
