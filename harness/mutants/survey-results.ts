import { markdownTable } from '../report/markdown/markdown-table.ts';
import { prose } from '../report/markdown/markdown-text.ts';
import { ownCode, ownProse } from '../report/markdown/own-markdown.ts';
import { safe } from '../report/terminal/terminal-text.ts';
import { count, duration } from '../text/format.ts';
import { isMeant, propertiesIn, type SurveyResult } from './survey-result.ts';

/** How many gains and breaches are told of one mutant. */
const TOLD = 3;

const few = (lines: readonly string[]): string[] =>
  lines.length <= TOLD ? [...lines] : [...lines.slice(0, TOLD), `and ${lines.length - TOLD} more`];

/** What the comparison shows, in numbers: "2 weakened, 1 new"; empty for nothing. */
function sayGains(gains: readonly string[]): string {
  const kinds = Map.groupBy(gains, (gain) => gain.slice(0, gain.indexOf(':')));
  return [...kinds].map(([kind, of]) => `${of.length} ${kind}`).join(', ');
}

/** What notices a mutant, in a few words. */
function sayNoticing({ fate }: SurveyResult): string {
  const properties = propertiesIn(fate.breaches).map(({ id }) => id);
  const parts = [...(fate.gains.length === 0 ? [] : [`comparison: ${sayGains(fate.gains)}`]), ...properties];
  return parts.join('; ');
}

/** The faults of a result, one line each. */
function faultsOf({ fate }: SurveyResult): string[] {
  return [
    ...(fate.why === null ? [] : [fate.why]),
    ...fate.missed.map((each) => `${each === 'comparison' ? 'the comparison' : each} does not notice it`),
  ];
}

/** The result of one mutant, with what notices it and with its faults. `ms`: how long it took, in milliseconds. */
export function describeSurveyResult(result: SurveyResult, ms: number): string {
  const { build, fate } = result;
  const seen = few([
    ...fate.gains,
    ...fate.breaches.map(({ property, where, seen: what }) => `${property}: ${where}: ${what}`),
  ]);
  return [
    `${fate.kind.padEnd(14)} ${build.mutant.id} on ${build.release}, ${duration(ms)}: ${sayNoticing(result) || 'nothing notices it'}`,
    ...(isMeant(fate) ? [] : [...faultsOf(result), ...seen].map((line) => `  ${safe(line)}`)),
  ].join('\n');
}

/** How many mutants of a release were noticed as their entries say, one line for each release. */
function sayReleases(results: readonly SurveyResult[]): string[] {
  return [...Map.groupBy(results, ({ build }) => build.release)].map(([release, own]) => {
    const killed = own.filter(({ fate }) => fate.kind === 'killed').length;
    const holes = own.filter(({ fate }) => fate.kind === 'known hole').length;
    const parts = [
      `${killed} of ${count(own.length, 'weakened gateway')} noticed`,
      ...(holes > 0 ? [count(holes, 'known hole')] : []),
    ];
    return `${release}: ${parts.join(', ')}`;
  });
}

/** The numbers of a selftest, for a terminal. */
export function describeSurveyResults(results: readonly SurveyResult[]): string {
  return `\n${sayReleases(results).join('\n')}\n`;
}

/** The results of a selftest as Markdown: the faults, the known holes, and what notices which mutant. `survey` is the name of its command. */
export function renderSurveyResults(survey: string, results: readonly SurveyResult[]): string {
  const faults = results.filter(({ fate }) => !isMeant(fate));
  const holes = results.filter(({ fate }) => fate.kind === 'known hole');
  return [
    `# Mutants and \`postern ${survey}\``,
    '',
    'Mutants are gateways that are weakened on purpose. Each is a copy of a published package with one change. Mutants exist in no release and say',
    'nothing about one. "comparison" has what the comparison with the unchanged release shows, "properties" those that have a breach which the',
    'unchanged release does not have. What is in bold was expected to notice the mutant, and does not.',
    '',
    ...sayReleases(results).map((line) => `- ${ownProse(line)}`),
    '',
    '## Not as meant',
    '',
    ...(faults.length === 0 ? ['None.'] : faults.flatMap(faultEntry)),
    '',
    ...(holes.length === 0 ? [] : ['## Known holes', '', ...holes.flatMap(faultEntry), '']),
    '## What notices which mutant',
    '',
    ...markdownTable(
      ['mutant', 'release', 'result', 'comparison', 'properties'],
      results.map((result) => [
        ownCode(result.build.mutant.id),
        prose(result.build.release),
        result.fate.kind,
        comparisonCell(result),
        propertiesCell(result),
      ]),
    ),
    '## The mutants',
    '',
    ...markdownTable(
      ['mutant', 'changed behaviour'],
      [...new Set(results.map(({ build }) => build.mutant))].map(({ id, says }) => [ownCode(id), ownProse(says)]),
    ),
  ].join('\n');
}

function faultEntry(result: SurveyResult): string[] {
  const { build, fate } = result;
  return [
    `- ${prose(`${build.mutant.id} on ${build.release}`)}: ${fate.kind}`,
    ...faultsOf(result).map((fault) => `  - ${prose(fault)}`),
  ];
}

function comparisonCell({ fate }: SurveyResult): string {
  if (fate.missed.includes('comparison')) return '**nothing**';
  return prose(sayGains(fate.gains));
}

function propertiesCell({ fate }: SurveyResult): string {
  const missed = fate.missed.filter((each) => each !== 'comparison').map((id) => `**${ownProse(id)}**`);
  return [...propertiesIn(fate.breaches).map(({ id, breaches }) => `${ownCode(id)} (${breaches})`), ...missed].join(
    ', ',
  );
}
