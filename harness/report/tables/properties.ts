import type { Source } from '../../properties/documentation.ts';
import { EVERY_RELEASE, type Statement } from '../../properties/property.ts';
import { linkToScenario } from '../markdown/markdown-text.ts';
import { ownCode, ownLink, ownProse } from '../markdown/own-markdown.ts';

/** Releases that are known to violate a property. `beyond`: further releases that do, which the scenario cannot show. */
type Broken = {
  releases: string;
  reported: string;
  scenario: string;
  beyond: { releases: string; because: string } | null;
};

/** How one engine checks a property: under which id, on which releases, and with which exception (null for none). */
type Checked = { id: string; releases: string; except: { range: string; because: string } | null };

/** One row of the table of properties, which a reviewer signs. */
export type StatedProperty = Statement & {
  /** null if the decision table does not check it. */
  knock: Checked | null;
  /** null if the search does not check it. */
  sequence: Checked | null;
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

function sayChecked(checked: Checked | null): string {
  if (checked === null) return '';
  const { id, releases, except } = checked;
  const where = releases === EVERY_RELEASE ? 'every release' : ownCode(releases);
  return `${ownCode(id)}: ${where}${except === null ? '' : `. Except on ${ownCode(except.range)}: ${ownProse(except.because)}`}`;
}

function rowOf({ statement, sources, knock, sequence, broken }: StatedProperty): string {
  const cells = [
    ownProse(statement),
    sayChecked(knock),
    sayChecked(sequence),
    sources.map(sayLinked).join('<br>'),
    broken === null ? '' : sayBroken(broken),
  ];
  return `| ${cells.join(' | ')} |`;
}

/**
 * results/properties.md: the properties of the decision table and of the search for sequences, each with its sources and the releases that it
 * is claimed for. A property that both check is one row.
 */
export function renderProperties(properties: readonly StatedProperty[], differences: readonly Difference[]): string {
  const [knocks, sequences] = [properties.filter(({ knock }) => knock), properties.filter(({ sequence }) => sequence)];
  const both = knocks.filter(({ sequence }) => sequence);
  return [
    '# What must hold',
    '',
    `${properties.length} properties, for a reviewer to sign or to cross out: ${knocks.length} of a knock and ${sequences.length} of a sequence of operations; ${both.length} are of both.`,
    '`postern coverage --write` generates this page from `harness/pairwise/`, `harness/stateful/` and `harness/properties/`; a test fails if it is out of date.',
    '',
    'A quoted source is a page of the documentation in the package of that release. `node harness/cli/check-quotes.ts <package>` looks up',
    'every quote in an unpacked package. “Inferred” says what the quote leaves unsaid.',
    '',
    '`postern run --table quick` checks the properties of a knock on each cell of the decision table, and on random knocks from a seed.',
    '`postern model` checks those of a sequence after each operation of random sequences: pairing, approving, connecting, rotating, revoking.',
    'Each column names the id of the property there, and the releases that it is claimed for.',
    '',
    '| property | of a knock | of a sequence | sources | known to be violated on |',
    '| --- | --- | --- | --- | --- |',
    ...properties.map(rowOf),
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
