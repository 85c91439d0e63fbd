import type { ExplainedComparison } from '../../results/explained-comparison.ts';
import type { Finding } from '../../results/finding.ts';
import { clip } from '../../text/control-characters.ts';
import { capitalized, count } from '../../text/format.ts';
import { describeWithheld } from '../withheld-note.ts';
import { comparisonVerdictOf, describeUncompared } from './comparison-verdict.ts';
import {
  describeAlso,
  describeAnswers,
  describeCondition,
  describeExtent,
  HARM_TITLES,
  unexplained,
} from './finding-words.ts';
import { describeVerdict, standingGroups } from './standing-words.ts';
import { describeGroup, groupsOf, surveysHeading } from './survey-words.ts';

/** The terminal shows at most this many findings, and this many checks of one standing; the page has them all. */
const FINDINGS = 15;
const CHECKS = 8;
/** The terminal shows at most this many methods and routes. */
const SURVEYS = 15;
/** The longest clause of a condition, in characters. */
const CLAUSE = 300;

/** A comparison as text for a terminal: findings, worst first, then checks without a finding, and last whether the head can be merged. */
export function printComparison(comparison: ExplainedComparison): string {
  const { findings, changes } = comparison;
  const { words, sentence } = comparisonVerdictOf(comparison);
  const left = findings.length - FINDINGS;
  const same = changes.filter(({ change }) => change === 'same').length;
  const lines = [
    ...findings.slice(0, FINDINGS).flatMap(linesOf),
    ...(left > 0 ? ['', `… and ${count(left, 'further finding')}`] : []),
    ...surveyLines(comparison),
    ...standingGroups(unexplained(comparison)).flatMap(({ title, checks }) => [
      '',
      `${title}: ${checks.length}`,
      ...checks
        .slice(0, CHECKS)
        .map(({ id, base, head }) => `  ${id}: ${describeVerdict(base)} → ${describeVerdict(head)}`),
      ...(checks.length > CHECKS ? [`  … and ${checks.length - CHECKS} more`] : []),
    ]),
    '',
    ...[...describeUncompared(comparison), ...comparison.stale].map((text) => `${capitalized(text)}.`),
    ...(comparison.withheld > 0 ? [describeWithheld(comparison.withheld)] : []),
    `${words}: ${sentence}. ${count(findings.length, 'finding')}; ${count(same, 'observation')} the same.`,
  ];
  return `${lines.join('\n')}\n`;
}

function surveyLines({ surveys }: ExplainedComparison): string[] {
  if (surveys.length === 0) return [];
  const groups = groupsOf(surveys);
  const left = groups.length - SURVEYS;
  return [
    '',
    surveysHeading(surveys),
    ...groups.slice(0, SURVEYS).map((group) => `  ${clip(describeGroup(group), CLAUSE)}`),
    ...(left > 0 ? [`  … and ${left} more`] : []),
  ];
}

function linesOf(finding: Finding, index: number): string[] {
  const { harm, before, after, example } = finding;
  return [
    '',
    `${index + 1}. ${HARM_TITLES[harm]}: ${describeExtent(finding)}`,
    ...describeCondition(finding).map((clause, at) => `   ${at === 0 ? 'if  ' : '  or'}  ${clip(clause, CLAUSE)}`),
    `   base  ${describeAnswers(before)}`,
    `   head  ${describeAnswers(after)}`,
    ...describeAlso(finding).map((clause) => `   also  ${clip(clause, CLAUSE)}`),
    `   see   ${example.head.repeat}`,
  ];
}
