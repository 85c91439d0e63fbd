import { EXIT, type ExitCode } from '../exit.ts';
import { HARM_TITLES } from '../report/comparison/finding-words.ts';
import { markdownTable } from '../report/markdown/markdown-table.ts';
import { ownCode, ownProse } from '../report/markdown/own-markdown.ts';
import { count, listed } from '../text/format.ts';
import type { MutantBuild } from './mutant.ts';

/** The kinds of harm that the findings of a comparison have. */
type Harm = keyof typeof HARM_TITLES;

/**
 * What a gate says of a mutant by the decision table alone. `weaker`: exit code 4. `broken`: exit code 1, so that a property fails which holds on the
 * unchanged release. `not-noticed`: exit code 0 or 5. `not-known`: the table could not be played; `report` is its folder.
 */
export type TableFate =
  | { kind: 'weaker' | 'broken' | 'not-noticed'; findings: readonly Harm[]; properties: readonly string[] }
  | { kind: 'not-known'; report: string }
  | { kind: 'interrupted' };

export type TableResult = { build: MutantBuild; fate: TableFate };

/** The exit code that a result causes. No mutant must be noticed by the table, but a fix must not be called weaker. */
export function exitCodeOfTable({ build, fate }: TableResult): ExitCode {
  switch (fate.kind) {
    case 'weaker':
      return build.mutant.area === 'a fix' ? EXIT.failed : EXIT.holds;
    case 'broken':
    case 'not-noticed':
      return EXIT.holds;
    case 'not-known':
      return EXIT.environment;
    case 'interrupted':
      return EXIT.interrupted;
  }
}

/** What the table shows, as a clause. */
function sayFate(fate: TableFate): string {
  switch (fate.kind) {
    case 'weaker':
    case 'broken':
    case 'not-noticed': {
      const harms = [...Map.groupBy(fate.findings, (harm) => harm)].map(
        ([harm, { length }]) => `${HARM_TITLES[harm]}${length > 1 ? ` (${length})` : ''}`,
      );
      const breaks = fate.properties.length === 0 ? [] : [`breaks ${listed(fate.properties)}`];
      return [...harms, ...breaks].join('; ') || 'nothing';
    }
    case 'not-known':
      return `not known: read ${fate.report}`;
    case 'interrupted':
      return 'interrupted';
  }
}

/** The result of one mutant in one line. `took` is the time, in words. */
export function describeTableResult({ build: { mutant, release }, fate }: TableResult, took: string): string {
  return `${fate.kind.padEnd(11)} ${mutant.id} on ${release}, ${took}: ${sayFate(fate)}`;
}

/** table.md: which mutants a gate notices by the decision table alone. */
export function renderTableResults(results: readonly TableResult[]): string {
  const noticed = results.filter(({ fate }) => fate.kind === 'weaker' || fate.kind === 'broken');
  return [
    '# Mutants on the decision table',
    '',
    `The quick decision table alone, without scenarios, notices ${noticed.length} of ${count(results.length, 'mutant')}.`,
    '',
    ...markdownTable(
      ['mutant', 'release', 'gate', 'what it shows'],
      results.map(({ build, fate }) => [ownCode(build.mutant.id), build.release, fate.kind, ownProse(sayFate(fate))]),
    ),
  ].join('\n');
}
