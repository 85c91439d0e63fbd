import { saySources } from '../properties/documentation.ts';
import type { Statement } from '../properties/property.ts';
import { markdownTable } from '../report/markdown/markdown-table.ts';
import { prose } from '../report/markdown/markdown-text.ts';
import { ownCode, ownProse } from '../report/markdown/own-markdown.ts';
import { count } from '../text/format.ts';

/** The two gateways of a comparison, by their versions. */
type Versions = { base: string; head: string };

/** The lines of the chapter of findings, with a row for each; cells must be Markdown. `parts` is what findings are left out with ("calls"). */
export function findingsChapter(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { withheld, parts }: { withheld: number; parts: string },
): string[] {
  const left =
    withheld === 0
      ? []
      : [`${count(withheld, 'finding')} left out with the ${parts} that show them: others may read this.`, ''];
  const none = withheld === 0 ? 'None. Every property holds.' : 'No other.';
  return [...left, '## Findings', '', ...(rows.length === 0 ? [none, ''] : []), ...markdownTable(head, rows)];
}

/** The lines of the chapter of a comparison, of which `table` has the differences. */
export function comparisonChapter({ base, head }: Versions, table: readonly string[]): string[] {
  return [`## From ${prose(base)} to ${prose(head)}`, '', ...(table.length === 0 ? ['No difference.', ''] : table)];
}

/** The line of a published page that says how many findings are left out, and with what ("the calls that show them"); none if there are none. */
export function withheldLines(published: readonly { withheld: number }[], parts: string): string[] {
  const withheld = published.reduce((sum, each) => sum + each.withheld, 0);
  return withheld === 0 ? [] : [`${count(withheld, 'finding')} left out with ${parts}, as SECURITY.md says.`, ''];
}

/** A chapter for each two neighbours of a list, of which `tableOf` gives the differences. */
export function changesChapters<Seen extends { version: string }>(
  all: readonly Seen[],
  tableOf: (base: Seen, head: Seen) => readonly string[],
): string[] {
  return all.slice(1).flatMap((head, index) => {
    const base = all[index];
    if (base === undefined) return [];
    return comparisonChapter({ base: base.version, head: head.version }, tableOf(base, head));
  });
}

/** The lines of the chapter of properties. `each` is what is held to them ("matrix"). */
export function propertiesChapter(
  each: string,
  properties: readonly (Statement & { id: string; releases: string })[],
): string[] {
  return [
    '## Properties',
    '',
    `Each ${each} is held to these:`,
    '',
    ...properties.map(
      ({ id, statement, releases, sources }) =>
        `- ${ownCode(id)} (${ownCode(releases)}): ${ownProse(statement)} ${ownProse(saySources(sources))}`,
    ),
    '',
  ];
}
