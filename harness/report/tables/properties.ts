import type { Source, Sources } from '../../scenario/documentation.ts';
import { linkToScenario } from '../markdown/markdown-text.ts';
import { ownCode, ownLink, ownProse } from '../markdown/own-markdown.ts';

/** Where a property is known to be broken; `beyond` where the scenario cannot show it. */
type Broken = { range: string; reported: string; scenario: string; beyond: { range: string; because: string } | null };

/** A property, as a reviewer signs it. */
export type StatedProperty = {
  id: string;
  statement: string;
  /** The range that it is stated for; null for every release. */
  releases: string | null;
  sources: Sources;
  /** Releases that are known to break it: where that was reported, and the scenario that plays it. */
  broken: Broken | null;
};

/** What is rightly different from one release to another, and the scenario that shows it. */
export type Difference = { statement: string; range: string; because: string; scenario: string };

function sayBroken({ range, reported, scenario, beyond }: Broken): string {
  const wider = beyond === null ? '' : `; ${ownCode(beyond.range)}: ${ownProse(beyond.because)}`;
  return `${ownCode(range)}: ${ownLink(reported)}, ${linkToScenario(scenario)}${wider}`;
}

/** A source: an issue or advisory as a link, a quotation with the page and the release that it stands in. */
function sayLinked(source: Source): string {
  if (typeof source === 'string') return ownLink(source);
  const { page, quote, release, inferred } = source;
  const reason = inferred === undefined ? '' : ` Inferred: ${ownProse(inferred)}`;
  return `“${ownProse(quote)}” ${ownCode(page)}, ${release}.${reason}`;
}

function tableOf(properties: readonly StatedProperty[]): string[] {
  const rows = properties.map(({ id, statement, releases, sources, broken }) => {
    const exception = broken === null ? '' : sayBroken(broken);
    const from = sources.map(sayLinked).join('<br>');
    return `| ${[ownProse(statement), releases === null ? 'every release' : ownCode(releases), from, exception, ownCode(id)].join(' | ')} |`;
  });
  return [
    '| property | releases | sources | known to be violated on | id |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ];
}

/** reports/sentences.md: the properties of the table and of the sequence search, each with its sources and the releases that it holds for. */
export function renderProperties(
  knocks: readonly StatedProperty[],
  orders: readonly StatedProperty[],
  differences: readonly Difference[],
): string {
  return [
    '# What must hold',
    '',
    `${knocks.length} properties of a knock and ${orders.length} of a sequence of operations, for a reviewer to sign or to cross out. Made by`,
    '`postern coverage --write` from `harness/pairwise/properties.ts` and `harness/stateful/`; a test keeps it so.',
    '',
    'A quoted source is a page of the documentation in the package of that release. `node harness/cli/check-quotes.ts <package>` looks up',
    'every quote in an unpacked package. “Inferred” says what the quote leaves unsaid.',
    '',
    '## Properties of a knock',
    '',
    '`postern run --table quick` checks them on each cell of the decision table, and on random knocks from a seed.',
    '',
    ...tableOf(knocks),
    '',
    '## Properties of a sequence',
    '',
    '`postern model` checks them after each operation of random sequences: pairing, approving, connecting, rotating, revoking.',
    '',
    ...tableOf(orders),
    '',
    'What that search assumes of some releases and not of others:',
    '',
    '| assumption | releases | other releases | scenario |',
    '| --- | --- | --- | --- |',
    ...differences.map(
      ({ statement, range, because, scenario }) =>
        `| ${[ownProse(statement), ownCode(range), ownProse(because), linkToScenario(scenario)].join(' | ')} |`,
    ),
    '',
  ].join('\n');
}
