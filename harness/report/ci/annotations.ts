import { appendFileSync, statSync } from 'node:fs';
import { describeWriteError } from '../../results/file-errors.ts';
import type { CheckResult, Report } from '../../results/report.ts';
import { clip, oneLine } from '../../text/control-characters.ts';
import { renderMarkdown, SUMMARY_BYTES } from '../markdown/markdown.ts';
import { worstFirst } from '../sort.ts';
import type { Output } from '../terminal/output.ts';

/** GitHub shows this many error annotations of one step, and drops the others without a message. */
const SHOWN = 10;
/** GitHub collapses longer messages, in characters. */
const MESSAGE_CHARACTERS = 2_000;

/** Escapes the message of a workflow command, the part after the last `::`. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Escapes the value of a property of a workflow command. */
function property(text: string): string {
  return data(oneLine(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function annotation(check: CheckResult): string {
  const { file, line, column } = check.source;
  const title = `${check.verdict}: ${check.id} on ${check.gateway}`;
  const message = [
    `expected: ${oneLine(check.expected)}`,
    `seen: ${oneLine(check.seen)}`,
    ...(check.because === null ? [] : [`because: ${oneLine(check.because)}`]),
    `repeat: ${oneLine(check.repeat)}`,
  ];
  const place = `file=${property(file)},line=${line},col=${column},title=${property(title)}`;
  return `::error ${place}::${data(clip(message.join('\n'), MESSAGE_CHARACTERS))}`;
}

/**
 * Workflow commands for GitHub Actions, one per line: problems of the run, then checks that do not hold, worst first. At most ten errors,
 * because GitHub shows no more of one step, then one notice with the number of the others and the seed of the run.
 */
export function renderAnnotations(report: Report): string {
  const problems = report.run.problems.map(
    (text) => `::error title=Postern::${data(clip(oneLine(text), MESSAGE_CHARACTERS))}`,
  );
  const checks = worstFirst(report.checks.filter((check) => !check.holds)).map(annotation);
  const all = [...problems, ...checks];
  const hidden = all.length - SHOWN;
  const more = hidden > 0 ? `${hidden} more did not hold; the summary and index.html list them all. ` : '';
  const notice = `::notice title=Postern::${more}Played with --seed ${report.run.seed}.`;
  const lines = all.length > 0 ? [...all.slice(0, SHOWN), notice] : [];
  return lines.map((line) => `${line}\n`).join('');
}

/** The environment variables of the process, of which GitHub Actions sets some. */
export type ActionsEnv = Readonly<Record<string, string | undefined>>;

/**
 * On GitHub Actions: writes the annotations, and appends the summary to the file in GITHUB_STEP_SUMMARY, within GitHub's size limit for
 * that file. `comment` is the comment of a gate, which then comes first; null for none. On any other machine: does nothing. The report must be
 * redacted. Gives one text for each problem; never throws.
 */
export function printActions(report: Report, comment: string | null, env: ActionsEnv, out: Output): string[] {
  if (env.GITHUB_ACTIONS !== 'true') return [];
  out.annotate(renderAnnotations(report));
  const path = env.GITHUB_STEP_SUMMARY;
  if (path === undefined || path === '') return [];
  try {
    const taken = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    const left = SUMMARY_BYTES - taken;
    if (left < SUMMARY_BYTES / 100) {
      return [`${path} already has ${taken} bytes: Postern's summary was not added. It is in summary.md.`];
    }
    const first = comment === null || Buffer.byteLength(comment) > left / 2 ? '' : `${comment}\n`;
    appendFileSync(path, `${first}${renderMarkdown(report, left - Buffer.byteLength(first))}`);
    return [];
  } catch (error) {
    return [describeWriteError(path, error)];
  }
}
