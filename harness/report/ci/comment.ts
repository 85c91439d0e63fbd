import { standingHolds } from '../../judge/standing.ts';
import { type Comparison, nameOf, type ObservationChange } from '../../results/comparison.ts';
import type { Report } from '../../results/report.ts';
import { clip } from '../../text/control-characters.ts';
import { count } from '../../text/format.ts';
import {
  capital,
  changesIn,
  describeVerdict,
  describeWho,
  groupsOfSimilar,
  SECTIONS,
  type Section,
  standingGroups,
} from '../diff.ts';
import { headline, meaningOf } from '../headline.ts';
import { code, prose } from '../markdown/markdown-text.ts';
import { mergeVerdictOf } from './merge-verdict.ts';

/** In bytes. GitHub refuses a comment of more than 65,536 characters. */
export const COMMENT_BYTES = 60_000;

/** An HTML comment, which GitHub does not show, by which a later run finds the comment of an earlier one. */
export const COMMENT_MARKER = '<!-- postern-gate -->';

/** The length of a single text, in characters, so that no text of a gateway can fill the comment. */
const TEXT_CHARACTERS = 400;
/** Entries of one section; comparison.html has the others. */
const ENTRIES_SHOWN = 10;
/** Bytes that are reserved for the note about what was cut. */
const RESERVE_BYTES = 200;

/**
 * comment.md: the result of a gate as one comment on a pull request, failures first. It begins with `COMMENT_MARKER` and has at most `limit`
 * bytes of UTF-8; a note says how much is left out. Both arguments must be redacted; every text of a gateway is escaped.
 *
 * A comment is public. It shows what the head weakens and what local users gain or lose; what remote clients lose, and what is red on both, is
 * only counted, because it would show what a released base gives them.
 */
export function renderComment(report: Report, comparison: Comparison, limit: number = COMMENT_BYTES): string {
  const head = header(report, comparison);
  const foot = footer(report);
  const [shownFirst, others] = [SECTIONS.filter(({ whole }) => whole), SECTIONS.filter(({ whole }) => !whole)];
  const entries = [
    ...problems(report),
    ...shownFirst.flatMap((section) => changesOf(comparison, section)),
    ...standings(comparison),
    ...others.filter(({ local }) => local === true).flatMap((section) => changesOf(comparison, section)),
    countsOf(
      comparison,
      others.filter(({ local }) => local !== true),
    ),
  ];
  let left = limit - RESERVE_BYTES - Buffer.byteLength(head + foot);
  const shown = entries.filter((entry) => {
    left -= Buffer.byteLength(entry);
    return left >= 0;
  });
  const gone = entries.length - shown.length;
  const note =
    gone === 0
      ? ''
      : `\n${count(gone, 'more entry', 'more entries')}, to keep this comment short, only in comparison.html.\n`;
  return `${head}${shown.join('')}${note}${foot}`;
}

const short = (text: string): string => prose(clip(text, TEXT_CHARACTERS));

function header(report: Report, { base, head }: Comparison): string {
  return [
    `${COMMENT_MARKER}\n## Postern: ${mergeVerdictOf(report.run.exitCode)}\n\n`,
    `${short(headline(report))}\n\n`,
    `Base ${code(clip(nameOf(base), TEXT_CHARACTERS))}, head ${code(clip(nameOf(head), TEXT_CHARACTERS))}.\n`,
  ].join('');
}

function footer({ run }: Report): string {
  return [
    `\nExit code ${run.exitCode}: ${meaningOf(run.exitCode)}. `,
    `Run ${code(run.id)}, seed ${run.seed}, Postern ${prose(run.suite.version)}`,
    `${run.suite.commit === null ? '' : ` (${prose(run.suite.commit)})`}. The report has every transcript: comparison.html, report.json.\n`,
  ].join('');
}

/** Entries under a title: the title is part of the first one, so that it is never shown alone. */
function titled(title: string, entries: readonly string[], total: number): string[] {
  const more = entries.length > ENTRIES_SHOWN ? [`- … and ${entries.length - ENTRIES_SHOWN} more\n`] : [];
  const [first, ...others] = [...entries.slice(0, ENTRIES_SHOWN), ...more];
  return first === undefined ? [] : [`\n### ${prose(title)}: ${total}\n\n${first}`, ...others];
}

function problems({ run }: Report): string[] {
  return titled(
    'Findings',
    run.problems.map((text) => `- ${short(capital(text))}\n`),
    run.problems.length,
  );
}

function changesOf(comparison: Comparison, section: Section): string[] {
  const changes = changesIn(comparison, section);
  return titled(section.title, groupsOfSimilar(changes).map(groupEntry), changes.length);
}

function groupEntry(group: readonly ObservationChange[]): string {
  const [first] = group;
  if (first === undefined) return '';
  const alike = group.length > 1 ? `, and ${group.length - 1} alike` : '';
  return [
    `- ${short(describeWho(first))}${alike}\n`,
    `  - base: ${short(first.base.seen)}\n  - head: ${short(first.head.seen)}\n`,
    `  - repeat: ${code(clip(first.head.repeat, TEXT_CHARACTERS))}\n`,
  ].join('');
}

function standings({ standings: all, ...comparison }: Comparison): string[] {
  const worse = all.filter(({ standing }) => !standingHolds(standing));
  return standingGroups({ ...comparison, standings: worse }).flatMap(({ title, checks }) =>
    titled(
      title,
      checks.map(({ id, base, head }) => `- ${short(id)}: ${describeVerdict(base)} → ${describeVerdict(head)}\n`),
      checks.length,
    ),
  );
}

/** One line with the number of changes of each section; empty if none has any. */
function countsOf(comparison: Comparison, sections: readonly Section[]): string {
  const counts = sections.flatMap((section) => {
    const { length } = changesIn(comparison, section);
    return length === 0 ? [] : [`${prose(section.title)}: ${length}`];
  });
  return counts.length === 0 ? '' : `\n${counts.join('. ')}.\n`;
}
