import { markdownTable } from '../report/markdown/markdown-table.ts';
import { code, prose } from '../report/markdown/markdown-text.ts';
import { comparisonChapter, findingsChapter } from '../survey/survey-markdown.ts';
import { listed } from '../text/format.ts';
import { groupByPrefix } from './by-prefix.ts';
import { findingRows } from './caller-property.ts';
import type { RightsComparison, RowChange } from './compare.ts';
import { leastCallersOf, showsLeastCallers } from './least-callers.ts';
import { fromStored, type Matrix } from './matrix.ts';
import type { RightsReport } from './report.ts';
import { sayAbsence } from './say-absence.ts';
import { sayCallers } from './say-callers.ts';

const codes = (names: readonly string[]): string => names.map(code).join(' ');

/** Who may call what: the beginning of the method × the least callers. Rows that do not show it are left out. */
export function rightsTable({ rows }: Pick<Matrix, 'rows'>): string[] {
  const groups = groupByPrefix(rows.filter(showsLeastCallers), (row) => listed(leastCallersOf(row)));
  return markdownTable(
    ['methods', 'least caller', 'which'],
    groups.map(({ prefix, least, rows: names }) => [code(prefix), prose(least), codes(names)]),
  );
}

const TITLES: Readonly<Record<RowChange['kind'], string>> = {
  weakened: 'more callers may call',
  undecided: 'not known on one of the two',
  new: 'new',
  tightened: 'fewer callers may call',
  gone: 'gone',
};

/** The differences of a comparison as a table: those with the same kind and callers in one line. */
export function comparisonTable({ rows, admitted, notAdmitted, newCallers }: RightsComparison): string[] {
  const groups = Map.groupBy(rows, ({ kind, gained, lost }) => JSON.stringify([kind, gained, lost]));
  const callers: [string, readonly string[]][] = [
    ['admitted now', admitted],
    ['no longer admitted', notAdmitted],
    ['new scope', newCallers],
  ];
  return markdownTable(
    ['change', 'may call now', 'may no longer call', 'what'],
    [
      ...callers.flatMap(([title, ids]) => (ids.length === 0 ? [] : [[title, prose(sayCallers(ids)), '', '']])),
      ...[...groups.values()].flatMap((same) =>
        same
          .slice(0, 1)
          .map(({ kind, gained, lost }) => [
            TITLES[kind],
            prose(sayCallers(gained)),
            prose(sayCallers(lost)),
            codes(same.map(({ row }) => row)),
          ]),
      ),
    ],
  );
}

/** Why callers are missing, as a table. */
function absenceTable({ callers }: Pick<Matrix, 'callers'>): string[] {
  const told = Object.entries(callers).flatMap(([id, state]) => {
    const why = sayAbsence(state);
    return why === null ? [] : [{ id, why }];
  });
  const groups = Map.groupBy(told, ({ why }) => why);
  return markdownTable(
    ['caller', 'why it is missing'],
    [...groups].map(([why, same]) => [prose(sayCallers(same.map(({ id }) => id))), prose(why)]),
  );
}

/** rights.md: the report of one gateway, to read. */
export function renderRights({ matrix: stored, findings, withheld, comparison }: RightsReport): string {
  const matrix = fromStored(stored);
  return [
    `# Who may call what: openclaw ${prose(matrix.version)}`,
    '',
    ...findingsChapter(['property', 'where', 'callers', 'seen'], findingRows(findings), { withheld, parts: 'calls' }),
    ...(comparison === null ? [] : comparisonChapter(comparison, comparisonTable(comparison))),
    '## Rights',
    '',
    ...rightsTable(matrix),
    ...absenceTable(matrix),
  ].join('\n');
}
