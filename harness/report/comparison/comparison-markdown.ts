import { nameOf } from '../../results/comparison.ts';
import type { ExplainedComparison } from '../../results/explained-comparison.ts';
import type { Finding } from '../../results/finding.ts';
import { clip } from '../../text/control-characters.ts';
import { capitalized, count } from '../../text/format.ts';
import { code, prose } from '../markdown/markdown-text.ts';
import { describeWithheld } from '../withheld-note.ts';
import { comparisonVerdictOf, describeUncompared, summariesOf } from './comparison-verdict.ts';
import {
  describeAlso,
  describeAnswers,
  describeCondition,
  describeExtent,
  factsOf,
  HARM_TITLES,
  unexplained,
} from './finding-words.ts';
import { describeVerdict, standingGroups } from './standing-words.ts';
import { describeGains, describeGroup, groupsOf, placesOf, SURVEY_TITLES, surveysHeading } from './survey-words.ts';

/** A comment on GitHub has at most 65,536 characters; comparison.md stays below, whatever was found. */
export const MOST_BYTES = 60_000;
/** The longest line of text about one finding, in characters. */
const LINE = 600;
/** Findings that are shown whole; the others are rows of a table. */
const WHOLE = 15;
/** Rows of a table. */
const ROWS = 40;

/** comparison.md: whether the head can be merged, and the findings, worst first, without transcripts. At most `limit` bytes of UTF-8. */
export function renderComparison(comparison: ExplainedComparison, limit: number = MOST_BYTES): string {
  const { base, head, findings, reasons, exitCode, changes } = comparison;
  const { words, sentence } = comparisonVerdictOf(comparison);
  const same = changes.filter(({ change }) => change === 'same').length;
  const parts = [
    `# ${words}: ${prose(nameOf(base))} → ${prose(nameOf(head))}`,
    `${prose(capitalized(sentence))}. Exit code ${exitCode}.`,
    prose(describeWithheld(comparison.withheld)),
    reasons
      .slice(0, ROWS)
      .map(({ text }) => `- ${line(text)}`)
      .join('\n'),
    summariesOf(comparison)
      .map(({ title, findings: found, surveys, unwritten }) => {
        const names = [
          ...found.map(({ harm, after }) => `${HARM_TITLES[harm]} (${describeAnswers(after)})`),
          ...groupsOf(surveys).slice(0, ROWS).map(describeGroup),
          ...unwritten,
        ];
        return `- **${title}:** ${names.length === 0 ? 'nothing' : names.map(line).join('; ')}`;
      })
      .join('\n'),
    ...[...describeUncompared(comparison), ...comparison.stale].map((text) => `${line(capitalized(text))}.`),
    ...findings.slice(0, WHOLE).map(wholeFinding),
    ...(findings.length > WHOLE ? [findingTable(findings.slice(WHOLE))] : []),
    surveyTable(comparison),
    ...standingGroups(unexplained(comparison)).map(({ title, checks }) => {
      const rows = checks
        .slice(0, ROWS)
        .map((check) => `| ${prose(check.id)} | ${describeVerdict(check.base)} | ${describeVerdict(check.head)} |`);
      const more = checks.length > ROWS ? `\n\nAnd ${checks.length - ROWS} more.` : '';
      return `## ${title}: ${checks.length}\n\n| check | base | head |\n| --- | --- | --- |\n${rows.join('\n')}${more}`;
    }),
    `${capitalized(count(same, 'observation'))} the same. comparison.html has the transcripts of each example.`,
  ];
  return `${fitting(
    parts.filter((part) => part !== ''),
    limit,
  )}\n`;
}

const line = (text: string): string => prose(clip(text, LINE));

/** As many of the parts, in their order, as fit, and a note if some do not. */
function fitting(parts: readonly string[], limit: number): string {
  const note = 'The rest is in comparison.html.';
  let left = limit - note.length - 3;
  const kept = parts.filter((part) => {
    left -= Buffer.byteLength(part) + 2;
    return left >= 0;
  });
  return [...kept, ...(kept.length < parts.length ? [note] : [])].join('\n\n');
}

function wholeFinding(finding: Finding, index: number): string {
  const { harm, before, after, example } = finding;
  return [
    `## ${index + 1}. ${HARM_TITLES[harm]}`,
    `${line(capitalized(describeExtent(finding)))}.`,
    describeCondition(finding)
      .map((clause, at) => `${at === 0 ? 'If' : 'or if'} ${line(clause)}`)
      .join('<br>\n'),
    `| base | head |\n| --- | --- |\n| ${line(describeAnswers(before))} | ${line(describeAnswers(after))} |`,
    [
      ...factsOf(finding).map(({ name, value }) => `- ${name}: ${line(value)}`),
      ...describeAlso(finding).map((clause) => `- Also: ${line(clause)}`),
      `- Plainest example: ${code(example.id)}; repeat: ${code(example.head.repeat)}`,
    ].join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function surveyTable({ surveys }: ExplainedComparison): string {
  if (surveys.length === 0) return '';
  const groups = groupsOf(surveys);
  const rows = groups.slice(0, ROWS).map((group) => {
    const places = placesOf(group, (each) => each.map(code).join(' '));
    return `| ${places} | ${SURVEY_TITLES[group.change.kind]} | ${line(describeGains(group.change))} |`;
  });
  const more = groups.length > ROWS ? `\n\nAnd ${groups.length - ROWS} more.` : '';
  return `## ${surveysHeading(surveys)}\n\n| where | what | for whom |\n| --- | --- | --- |\n${rows.join('\n')}${more}`;
}

function findingTable(findings: readonly Finding[]): string {
  const rows = findings
    .slice(0, ROWS)
    .map(
      (finding) =>
        `| ${HARM_TITLES[finding.harm]} | ${code(finding.id)} | ${line(describeAnswers(finding.before))} | ${line(describeAnswers(finding.after))} |`,
    );
  return `## ${count(findings.length, 'further finding')}\n\n| what | example | base | head |\n| --- | --- | --- | --- |\n${rows.join('\n')}`;
}
