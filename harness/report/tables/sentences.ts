import { linkToScenario } from '../markdown/markdown-text.ts';
import { ownCode, ownLink, ownProse } from '../markdown/own-markdown.ts';

/** Where a sentence is known to be broken; `beyond` where the scenario cannot show it. */
type Broken = { range: string; reported: string; scenario: string; beyond: { range: string; because: string } | null };

/** Something that must hold, in words that a reviewer would sign. */
export type Sentence = {
  id: string;
  says: string;
  /** A range of releases; null for all. */
  claimed: string | null;
  /** The gateway's documentation, an advisory or an issue. */
  source: string;
  /** Releases that are known to break it: where that was reported, and the scenario that plays it. */
  broken: Broken | null;
};

/** What is rightly different from one release to another, and the scenario that shows it. */
export type Difference = { says: string; range: string; because: string; scenario: string };

function sayBroken({ range, reported, scenario, beyond }: Broken): string {
  const wider = beyond === null ? '' : `; ${ownCode(beyond.range)}: ${ownProse(beyond.because)}`;
  return `${ownCode(range)}: ${ownLink(reported)}, ${linkToScenario(scenario)}${wider}`;
}

function tableOf(sentences: readonly Sentence[]): string[] {
  const rows = sentences.map(({ id, says, claimed, source, broken }) => {
    const exception = broken === null ? '' : sayBroken(broken);
    const from = source.split(/[,;] /).map(ownLink).join(', ');
    return `| ${[ownProse(says), claimed === null ? 'every release' : ownCode(claimed), from, exception, ownCode(id)].join(' | ')} |`;
  });
  return [
    '| what must hold | claimed for | taken from | known to be broken on | name |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ];
}

/** reports/sentences.md: what is held against every gateway, with where each claim comes from and the releases that it is made for. */
export function renderSentences(
  knocks: readonly Sentence[],
  orders: readonly Sentence[],
  differences: readonly Difference[],
): string {
  return [
    '# What must hold',
    '',
    `${knocks.length} sentences about a knock and ${orders.length} about an order of deeds, for a reviewer to sign or to cross out. Made by`,
    '`postern coverage --write` from `harness/pairwise/invariants.ts` and `harness/stateful/`; a test keeps it so.',
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
        `| ${[ownProse(says), ownCode(range), ownProse(because), linkToScenario(scenario)].join(' | ')} |`,
    ),
    '',
  ].join('\n');
}
