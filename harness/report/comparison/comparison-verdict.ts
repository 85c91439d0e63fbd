import { EXIT } from '../../exit.ts';
import { nameOf, type SurveyChange } from '../../results/comparison.ts';
import type { ExplainedComparison, Objection } from '../../results/explained-comparison.ts';
import type { Finding, Harm } from '../../results/finding.ts';
import { count, listed } from '../../text/format.ts';
import type { Tone } from '../verdict-labels.ts';

/** Whether the head can be merged, in a few words and in one sentence. */
export type ComparisonVerdict = { words: string; sentence: string; tone: Tone };

type Sides = { base: string; head: string };

const VERDICTS: Record<Objection | 'none', { words: string; sentence(sides: Sides): string; tone: Tone }> = {
  none: {
    words: 'Safe to merge',
    sentence: ({ base, head }) =>
      `remote clients get no more on ${head} than on ${base}, what holds on ${base} holds on ${head}, and everything was compared`,
    tone: 'good',
  },
  weaker: {
    words: 'Weaker',
    sentence: ({ base, head }) => `clients get access on ${head} that ${base} denies them`,
    tone: 'bad',
  },
  broken: {
    words: 'Broken',
    sentence: ({ base, head }) => `something that works on ${base} does not work on ${head}`,
    tone: 'bad',
  },
  untold: {
    words: 'Cannot tell',
    sentence: ({ base, head }) => `not everything could be compared on ${base} and ${head}`,
    tone: 'bad',
  },
  stale: {
    words: 'A list is stale',
    sentence: ({ base, head }) => `${head} is not worse than ${base}, and an entry of a list no longer counts`,
    tone: 'bad',
  },
};

/** The objection that a verdict is named after: the worst of those that cause the exit code. */
function objectionOf({ exitCode, reasons }: ExplainedComparison): Objection | 'none' {
  if (exitCode === EXIT.holds) return 'none';
  const causing = reasons.filter((reason) => reason.exitCode === exitCode).map(({ objection }) => objection);
  return causing.includes('broken') ? 'broken' : (causing[0] ?? 'untold');
}

/** Whether the head of a comparison can be merged, by its exit code. */
export function comparisonVerdictOf(comparison: ExplainedComparison): ComparisonVerdict {
  const { words, sentence, tone } = VERDICTS[objectionOf(comparison)];
  return { words, tone, sentence: sentence({ base: nameOf(comparison.base), head: nameOf(comparison.head) }) };
}

/** What a reader asks first: a question, and the findings, the methods and routes, and the kinds of log line that answer it. */
export type Summary = {
  title: string;
  findings: readonly Finding[];
  surveys: readonly SurveyChange[];
  unwritten: readonly string[];
};

const GAINS: readonly Harm[] = ['remote-admin', 'remote-admission', 'remote-secret', 'remote-scopes', 'remote-nearer'];

/** The three questions of every comparison, each with its answer. */
export function summariesOf({ findings, surveys, unwritten }: ExplainedComparison): Summary[] {
  const of = (harms: readonly Harm[]): Finding[] => findings.filter(({ harm }) => harms.includes(harm));
  const given = surveys.filter(({ kind, accepted }) => (kind === 'weakened' || kind === 'open') && accepted === null);
  return [
    { title: 'Remote clients gain', findings: of(GAINS), surveys: given, unwritten: [] },
    { title: 'Local users lose', findings: of(['local-loss']), surveys: [], unwritten: [] },
    { title: 'No longer written down', findings: of(['unlogged']), surveys: [], unwritten },
  ];
}

/** The parts that could not be compared, as clauses without a full stop. */
export function describeUncompared({ base, head, doubtful, unreached, unwritten }: ExplainedComparison): string[] {
  return [
    ...(unwritten.length > 0 ? [`${nameOf(head)} never logs ${listed(unwritten)}, which ${nameOf(base)} logs`] : []),
    ...(doubtful.length > 0
      ? [`${count(doubtful.length, 'cell')} gave two different observations: ${doubtful.join(', ')}`]
      : []),
    ...(unreached.length > 0
      ? [
          `${count(unreached.length, 'cell')} could not be compared, because one of the gateways did not get as far as the knock: ${unreached.join(', ')}`,
        ]
      : []),
  ];
}
