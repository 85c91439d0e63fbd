import type { Source, Sources } from '../../scenario/documentation.ts';
import { linkToScenario } from '../markdown/markdown-text.ts';
import { ownCode, ownLink, ownProse } from '../markdown/own-markdown.ts';

/** Releases that are known to violate a property. `beyond`: further releases that do, which the scenario cannot show. */
type Broken = {
  releases: string;
  reported: string;
  scenario: string;
  beyond: { releases: string; because: string } | null;
};

/** One row of the table of properties, which a reviewer signs. */
export type StatedProperty = {
  id: string;
  statement: string;
  /** The range of releases that the property holds for; null for every release. */
  releases: string | null;
  sources: Sources;
  /** Releases that are known to violate it, with the report and the scenario that plays it; null if there are none. */
  broken: Broken | null;
};

/** A fact that holds on some releases only, and the scenario that shows it. */
export type Difference = { statement: string; releases: string; because: string; scenario: string };

function sayBroken({ releases, reported, scenario, beyond }: Broken): string {
  const wider = beyond === null ? '' : `; ${ownCode(beyond.releases)}: ${ownProse(beyond.because)}`;
  return `${ownCode(releases)}: ${ownLink(reported)}, ${linkToScenario(scenario)}${wider}`;
}

/** A source as Markdown: an issue or advisory as a link, a quote with its page and release. */
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

/**
 * results/properties.md: the properties of the table and of the sequence search, each with its sources and the releases that it holds for.
 */
export function renderProperties(
  knocks: readonly StatedProperty[],
  orders: readonly StatedProperty[],
  differences: readonly Difference[],
): string {
  return [
    '# What must hold',
    '',
    `${knocks.length} properties of a knock and ${orders.length} of a sequence of operations, for a reviewer to sign or to cross out.`,
    '`postern coverage --write` generates this page from `harness/pairwise/properties.ts` and `harness/stateful/`; a test fails if it is out of date.',
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
    'Facts that `postern model` assumes about some releases only:',
    '',
    '| assumption | releases | other releases | scenario |',
    '| --- | --- | --- | --- |',
    ...differences.map(
      ({ statement, releases, because, scenario }) =>
        `| ${[ownProse(statement), ownCode(releases), ownProse(because), linkToScenario(scenario)].join(' | ')} |`,
    ),
    '',
  ].join('\n');
}
