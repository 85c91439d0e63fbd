import type { Comparison } from '../../results/comparison.ts';
import { type CountedAnswer, everyFinding, type Finding, type Harm, type Term } from '../../results/finding.ts';
import { count, listed } from '../../text/format.ts';

/** Each harm as a title for its findings. docs/triage.md quotes the first; a test compares them. */
export const HARM_TITLES: Record<Harm, string> = {
  'remote-admin': 'Remote clients get administration',
  'remote-admission': 'Remote clients get in',
  'remote-secret': 'Clients get a secret or a token',
  'remote-scopes': 'Remote clients get more scopes',
  'remote-nearer': 'Remote clients get further, and not in',
  unlogged: 'The head no longer logs it',
  'local-gain': 'Local clients get more',
  undecided: 'One of the two gateways gave no decision',
  'local-loss': 'Local clients get less',
  accepted: 'Remote clients get more, which is accepted',
  'remote-loss': 'Remote clients get less',
  other: 'Another answer, the same access',
};

/** The dimensions of the decision table, as they are called in a sentence. */
const DIMENSION_WORDS: Readonly<Record<string, string>> = {
  forwarded: 'forwarded header',
  kind: 'kind of client',
  asks: 'request',
  proof: 'proof of the key',
  prior: 'what the gateway knows of the device',
};

const orOf = (values: readonly string[]): string => listed(values).replace(/ and (?=[^ ]*$)/, ' or ');

function describeTerm({ dimension, is, values }: Term): string {
  return `${DIMENSION_WORDS[dimension] ?? dimension} is ${is === 'in' ? '' : 'not '}${orOf(values)}`;
}

/** The condition of a finding, a clause for each conjunction; empty if no cell shows it. */
export function describeCondition({ condition }: Finding): string[] {
  return (condition ?? []).map((terms) =>
    terms.length === 0 ? 'the base answered so' : listed(terms.map(describeTerm)),
  );
}

/** What one gateway did in a finding: its most frequent answer, and how many others there were. */
export function describeAnswers(answers: readonly CountedAnswer[]): string {
  const [first, ...others] = answers;
  if (first === undefined) return 'nothing';
  return others.length === 0 ? first.answer : `${first.answer}, or ${count(others.length, 'other answer')}`;
}

/** How much of the comparison a finding is about. */
export function describeExtent({ changes, consequences, exceptions, scenarios, regressed }: Finding): string {
  const cells = changes.filter(({ base }) => base.cell !== null).length;
  const checks = changes.length - cells;
  return [
    listed([
      ...(cells > 0 ? [count(cells, 'cell')] : []),
      ...(checks > 0 ? [`${count(checks, 'check')} of ${count(scenarios.length, 'scenario')}`] : []),
    ]),
    ...(consequences.length > 0
      ? [`${count(consequences.length, 'other observation follows', 'other observations follow')} from it`]
      : []),
    ...(regressed.length > 0 ? [`breaks ${count(regressed.length, 'check')}`] : []),
    ...(exceptions.length > 0
      ? [`${count(exceptions.length, 'exception')} that did not change: ${shortList(exceptions)}`]
      : []),
  ].join('; ');
}

/** What the same change of the gateway means for other clients, a clause for each finding of the same cause. */
export function describeAlso({ also }: Finding): string[] {
  return also.map((finding) => {
    const condition = describeCondition(finding).join(', or ');
    return `${HARM_TITLES[finding.harm]}: ${describeExtent(finding)}${condition === '' ? '' : `; if ${condition}`}; as ${finding.id}`;
  });
}

/** Lists name at most this many ids. */
const NAMED = 6;

/** Ids in one line, and how many more there are. */
export function shortList(ids: readonly string[]): string {
  const more = ids.length - NAMED;
  return `${ids.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What a finding breaks and where it was seen before, as labelled lines for a reader. */
export function factsOf(finding: Finding): { name: string; value: string }[] {
  const { broken, scenarios, regressed, releases, example } = finding;
  return [
    ...broken.map(({ statement, sources, cells }) => ({
      name: 'Breaks',
      value: `${statement} (${sources}; ${count(cells, 'cell')})`,
    })),
    ...(regressed.length > 0 ? [{ name: 'Checks that broke', value: shortList(regressed) }] : []),
    ...(scenarios.length > 0 ? [{ name: 'Seen by', value: shortList(scenarios) }] : []),
    ...(releases.length > 0 ? [{ name: 'As on', value: releases.join(', ') }] : []),
    ...(example.accepted === null
      ? []
      : [
          {
            name: 'Accepted',
            value: `${example.accepted.reason} (${example.accepted.link}, ${example.accepted.owner}, until ${example.accepted.expires})`,
          },
        ]),
  ];
}

/** Checks whose standing is worse and that no finding names: nothing that was observed in them changed. */
export function unexplained({
  standings,
  findings,
}: Pick<Comparison, 'standings'> & { findings: readonly Finding[] }): Comparison['standings'] {
  const named = new Set(everyFinding(findings).flatMap(({ regressed }) => regressed));
  return standings.filter(({ id }) => !named.has(id));
}
