import { markdownTable } from '../report/markdown/markdown-table.ts';
import { ownProse } from '../report/markdown/own-markdown.ts';
import { changesChapters, propertiesChapter, withheldLines } from '../survey/survey-markdown.ts';
import { compareMatrices } from './compare.ts';
import { fromStored, type Matrix } from './matrix.ts';
import { RIGHTS_PROPERTIES } from './properties.ts';
import type { PublishedRights } from './published.ts';
import { comparisonTable, rightsTable } from './rights-markdown.ts';
import { countsByLeast } from './rights-text.ts';

/** results/rights.md: who may call what on the published releases, and what changed from one to the next. */
export function renderPublishedRights(published: readonly PublishedRights[]): string {
  const matrices = published.map(({ matrix }) => fromStored(matrix));
  const newest = matrices.at(-1);
  return [
    '# Who may call what',
    '',
    'Postern calls every method of a release as every kind of caller, with parameters that no method takes, and reads whether the gateway denied',
    'the call. "least caller" is the least scope that suffices alone for a remote operator; scopes that imply it suffice, too. `any operator`',
    'needs no scope, and `anyone` not even the role. What a release takes over HTTP too is called there with device tokens, and named where it changes. Generated from `results/rights/*.json`, which `postern rights --publish` writes.',
    '',
    ...withheldLines(published, 'the calls that show them'),
    '## How many calls each caller needs',
    '',
    ...counts(matrices),
    ...changesChapters(matrices, (base, head) => comparisonTable(compareMatrices(base, head))),
    ...(newest === undefined ? [] : [`## Rights on ${newest.version}`, '', ...rightsTable(newest)]),
    ...propertiesChapter('matrix', RIGHTS_PROPERTIES),
  ].join('\n');
}

function counts(matrices: readonly Matrix[]): string[] {
  const each = matrices.map((matrix) => ({ version: matrix.version, counts: new Map(countsByLeast(matrix)) }));
  const kinds = [...new Set(each.toReversed().flatMap(({ counts: known }) => [...known.keys()]))];
  return markdownTable(
    ['least caller', ...each.map(({ version }) => version)],
    kinds.map((kind) => [ownProse(kind), ...each.map(({ counts: known }) => `${known.get(kind) ?? 0}`)]),
  );
}
