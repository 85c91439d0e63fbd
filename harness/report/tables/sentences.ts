import { code, linkTo, linkToScenario, prose } from '../markdown/markdown-text.ts';

/** Where a property is known to be broken; `beyond` where the scenario cannot show it. */
type Broken = { range: string; reported: string; scenario: string; beyond: { range: string; because: string } | null };

/** A property, as a reviewer signs it. */
export type StatedProperty = {
  id: string;
  statement: string;
  /** The range that it is stated for; null for every release. */
  releases: string | null;
  /** The gateway's documentation, an advisory or an issue. */
  source: string;
  /** Releases that are known to break it: where that was reported, and the scenario that plays it. */
  broken: Broken | null;
};

/** What is rightly different from one release to another, and the scenario that shows it. */
export type Difference = { says: string; range: string; because: string; scenario: string };

function sayBroken({ range, reported, scenario, beyond }: Broken): string {
  const wider = beyond === null ? '' : `; ${code(beyond.range)}: ${prose(beyond.because)}`;
  return `${code(range)}: ${linkTo(reported)}, ${linkToScenario(scenario)}${wider}`;
}

function tableOf(properties: readonly StatedProperty[]): string[] {
  const rows = properties.map(({ id, statement, releases, source, broken }) => {
    const exception = broken === null ? '' : sayBroken(broken);
    const from = source.split(/[,;] /).map(linkTo).join(', ');
    return `| ${[prose(statement), releases === null ? 'every release' : code(releases), from, exception, code(id)].join(' | ')} |`;
  });
  return [
    '| what must hold | claimed for | taken from | known to be broken on | name |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ];
}

/** reports/sentences.md: what is held against every gateway, with where each claim comes from and the releases that it is made for. */
export function renderSentences(
  knocks: readonly StatedProperty[],
  orders: readonly StatedProperty[],
  differences: readonly Difference[],
): string {
  return [
    '# What must hold',
    '',
    `${knocks.length} sentences about a knock and ${orders.length} about an order of deeds, for a reviewer to sign or to cross out. Made by`,
    '`postern coverage --write` from `harness/pairwise/properties.ts` and `harness/stateful/`; a test keeps it so.',
    '',
    '## Of every knock',
    '',
    'Held against each cell of the decision table and against knocks that are made up from a seed: `postern run --table quick`.',
    '',
    ...tableOf(knocks),
    '',
    '## Of pairing, in whatever order',
    '',
    'Held against every deed of a search through orders of pairing, deciding, knocking and taking back: `postern model`.',
    '',
    ...tableOf(orders),
    '',
    'What that search takes for granted of some releases and not of others:',
    '',
    '| what is so | on | elsewhere | shown by |',
    '| --- | --- | --- | --- |',
    ...differences.map(
      ({ says, range, because, scenario }) =>
        `| ${[prose(says), code(range), prose(because), linkToScenario(scenario)].join(' | ')} |`,
    ),
    '',
  ].join('\n');
}
