import { VERDICTS } from '../../judge/verdict.ts';
import type { CheckResult, Report, ScenarioInfo } from '../../results/report.ts';
import { clip, oneLine } from '../../text/control-characters.ts';
import { count, duration, mebibytes } from '../../text/format.ts';
import { headline, meaningOf } from '../headline.ts';
import { describeShard } from '../shard-note.ts';
import { worstFirst } from '../sort.ts';
import { VERDICT_LABELS } from '../verdict-labels.ts';
import { describeWithheld } from '../withheld-note.ts';
import { code, fenced, linkTo, prose } from './markdown-text.ts';

/** In bytes. GitHub drops a summary of more than 1024 kB without a message, so this is well below that. */
export const SUMMARY_BYTES = 900_000;

/** The length of a single text, in characters, so that no text of a gateway can fill the summary. */
const TEXT_CHARACTERS = 1_500;
const DIFFERENCES_SHOWN = 20;
/** Bytes that are reserved for the notes about what was cut. */
const RESERVE_BYTES = 2_000;

/** One check in the summary: in full, made only where there is space for it, and as one line. */
type Entry = { whole(): string; line: string };

/**
 * summary.md: checks that do not hold first, then the others as collapsed tables. It has at most `limit` bytes of UTF-8: passing checks are
 * left out first, then details, then checks, with a note about what is missing.
 */
export function renderMarkdown(report: Report, limit: number = SUMMARY_BYTES): string {
  const head = header(report);
  const checks = worstFirst(report.checks);
  const red = checks.filter((check) => !check.holds);
  const noted = checks.filter((check) => check.holds && check.verdict !== 'pass');
  const passed = checks.filter((check) => check.verdict === 'pass' && check.holds);
  const infoOf = new Map(report.scenarios.map((scenario) => [scenario.id, scenario]));

  const room = (used: string): number => limit - RESERVE_BYTES - Buffer.byteLength(used);
  const redPart = fitInto(
    red.map((check) => entry(check, infoOf.get(check.scenario))),
    room(head),
  );
  const upToRed = head + redPart;
  const notedPart = table(`${count(noted.length, 'check')} to know about`, noted);
  const upToNoted = upToRed + cutTo(notedPart, room(upToRed), noted.length, 'other checks');
  const passedPart = table(`${count(passed.length, 'passing check')}`, passed);
  return upToNoted + cutTo(passedPart, room(upToNoted), passed.length, 'passing checks');
}

function header(report: Report): string {
  const { run, effort } = report;
  const shard = describeShard(run);
  const counts = VERDICTS.filter((verdict) => report.counts[verdict] > 0).map(
    (verdict) => `${VERDICT_LABELS[verdict].icon} ${report.counts[verdict]} ${VERDICT_LABELS[verdict].word}`,
  );
  const subjects = report.subjects.map(
    (subject) =>
      `| ${code(subject.reference)} | ${prose(subject.version)} | ${code(subject.digest.slice(0, 19))} | ${prose(subject.base)} |\n`,
  );
  return [
    `## Postern: ${prose(clip(headline(report), TEXT_CHARACTERS))}\n\n`,
    `${counts.join(' · ') || 'No checks.'}\n\n`,
    shard === null ? '' : `${prose(shard)}\n\n`,
    ...run.problems.slice(0, 20).map((text) => `- **Problem:** ${prose(clip(text, TEXT_CHARACTERS))}\n`),
    run.problems.length > 20 ? `- … and ${run.problems.length - 20} more problems\n` : '',
    run.problems.length > 0 ? '\n' : '',
    report.withheld > 0 ? `${prose(describeWithheld(report.withheld))}\n\n` : '',
    '| gateway | version | image | base |\n| --- | --- | --- | --- |\n',
    ...subjects,
    `\nExit code ${run.exitCode}: ${meaningOf(run.exitCode)}. Run ${code(run.id)} took ${duration(run.wallMs)}: `,
    `${count(effort.boots, 'boot')} (${duration(effort.bootMs)}), ${count(effort.knocks, 'knock')}, `,
    `at most ${mebibytes(effort.peakMemoryBytes)} of memory. Seed ${run.seed}. Suite ${prose(run.suite.version)}`,
    run.suite.commit === null ? '.\n\n' : ` (${prose(run.suite.commit)}).\n\n`,
  ].join('');
}

function titleOf(check: CheckResult): string {
  const { icon, word } = VERDICT_LABELS[check.verdict];
  return `${icon} ${word}: ${code(check.id)} on ${code(check.gateway)}`;
}

function entry(check: CheckResult, scenario: ScenarioInfo | undefined): Entry {
  return { whole: () => inFull(check, scenario), line: `- ${titleOf(check)}\n` };
}

function inFull(check: CheckResult, scenario: ScenarioInfo | undefined): string {
  const short = (text: string): string => clip(oneLine(text), TEXT_CHARACTERS);
  const facts = [
    `- expected: ${short(check.expected)}`,
    `+ seen:     ${short(check.seen)}`,
    ...check.differences.slice(0, DIFFERENCES_SHOWN).map((line) => `  ${short(line)}`),
    ...(check.because === null ? [] : [`  because:  ${short(check.because)}`]),
    `  source:   ${short(check.source.file)}:${check.source.line}:${check.source.column}`,
    `  repeat:   ${short(check.repeat)}`,
  ];
  const about = scenario === undefined ? '' : `${prose(scenario.title)}. ${prose(scenario.why)} ${links(scenario)}\n\n`;
  return `### ${titleOf(check)}\n\n${about}${fenced('diff', facts.join('\n'))}\n`;
}

function links(scenario: ScenarioInfo): string {
  return scenario.reported.map(linkTo).join(', ');
}

/** As many entries in full as `room` (bytes) allows, the next ones as one line each, and the number of the others. */
function fitInto(entries: readonly Entry[], room: number): string {
  let text = '';
  let left = room - entries.reduce((sum, each) => sum + Buffer.byteLength(each.line), 0);
  const shortened: string[] = [];
  for (const each of entries) {
    const whole = shortened.length === 0 ? each.whole() : null;
    const extra = whole === null ? 0 : Buffer.byteLength(whole) - Buffer.byteLength(each.line);
    if (whole !== null && extra <= left) {
      text += whole;
      left -= extra;
    } else {
      shortened.push(each.line);
    }
  }
  if (shortened.length === 0) return text;
  const kept: string[] = [];
  let bytes = Buffer.byteLength(text);
  for (const line of shortened) {
    bytes += Buffer.byteLength(line);
    if (bytes > room) break;
    kept.push(line);
  }
  const gone = shortened.length - kept.length;
  const note = `\n${count(shortened.length, 'more check')} without details, to keep this summary short`;
  return `${text}${note}${gone > 0 ? `, ${gone} of them not listed` : ''}; index.html has them all.\n\n${kept.join('')}\n`;
}

function table(title: string, checks: readonly CheckResult[]): string {
  if (checks.length === 0) return '';
  const rows = checks.map((check) => {
    const { icon, word } = VERDICT_LABELS[check.verdict];
    const note = clip(check.because ?? check.seen, 300);
    return `| ${icon} ${word} | ${code(check.id)} | ${code(check.gateway)} | ${prose(note)} |\n`;
  });
  return `<details><summary>${title}</summary>\n\n| verdict | check | gateway | |\n| --- | --- | --- | --- |\n${rows.join('')}\n</details>\n\n`;
}

function cutTo(part: string, room: number, checks: number, what: string): string {
  if (Buffer.byteLength(part) <= room) return part;
  return `${checks} ${what} are not listed here, to keep this summary short; index.html has them all.\n\n`;
}
