import type { ObservationChange } from '../../results/comparison.ts';
import type { Finding } from '../../results/finding.ts';
import type { LoadedScenario } from '../../scenario/catalogue/load.ts';
import type { Observation } from '../../scenario/schema/observation.ts';
import { answerOf, kindOf } from './change-kind.ts';
import { tierOf } from './harm.ts';

/** What tells of the cause of a finding. */
type Signs = {
  finding: Finding;
  /**
   * How the outcomes of knocks change, with what became of the pairing list and without. Empty if a change is of no knock: that a method is denied is said in
   * the same words of every method.
   */
  kinds: ReadonlySet<string>;
  outcomes: ReadonlySet<string>;
  /** The most frequent of the outcomes; null for none. */
  mostOften: string | null;
  /** The methods that clients call in it. */
  methods: ReadonlySet<string>;
  /** The answer of the head to all of it, if it admits nobody and the base never gives it; otherwise null. */
  newAnswer: string | null;
  /** The only scenario that shows it; null for cells and for several. */
  scenario: string | null;
  /** The dangerous setting that every scenario that shows it gives its gateway; null for cells, and for none. */
  dangerous: string | null;
  /** How the head answers all of it, without what became of the pairing list. */
  after: ReadonlySet<string>;
  /** Among which cells one condition explains it; null for checks alone. */
  place: string | null;
};

const withoutPairing = ({ pairing: _, ...observation }: Observation): Observation => observation;

/** How the answer to one client changes, without what became of the pairing list unless nothing else changed. */
function outcomesOf(change: ObservationChange): string {
  const bare = (side: ObservationChange['base']) => ({ ...side, observation: withoutPairing(side.observation) });
  const { before, after } = kindOf({ ...change, base: bare(change.base), head: bare(change.head) });
  return before === after ? exactKindOf(change) : JSON.stringify([before, after]);
}

function exactKindOf(change: ObservationChange): string {
  const { before, after } = kindOf(change);
  return JSON.stringify([before, after]);
}

/** Whether two findings are of one cause, by what is compared. */
type Ground = (one: Signs, other: Signs) => boolean;

const isOfKnock = ({ base, head }: ObservationChange): boolean =>
  base.observation.outcome !== undefined && head.observation.outcome !== undefined;

const isSame = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size > 0 && one.symmetricDifference(other).size === 0;

/**
 * Grounds on which two findings are of one cause, whatever explains their cells: the base never gives the answer that the head gives, so that something new
 * gives it; other callers may call the same method; only scenarios with one dangerous setting show them, which the head reads otherwise; or only one scenario
 * shows them, in which the head gives one answer.
 */
const WHATEVER_THE_CELLS: readonly Ground[] = [
  (one, other) => one.newAnswer !== null && one.newAnswer === other.newAnswer,
  (one, other) => !one.methods.isDisjointFrom(other.methods),
  (one, other) => one.dangerous !== null && one.dangerous === other.dangerous,
  (one, other) => one.scenario !== null && one.scenario === other.scenario && isSame(one.after, other.after),
];

/**
 * Outcomes that tell nothing of a cause: there are many reasons for which a gateway takes a client that it does not know for one of its own machine, or no
 * longer does.
 */
const TELLING_NOTHING: readonly string[] = [
  JSON.stringify(['refused: pairing-required (not-paired)', 'admitted']),
  JSON.stringify(['admitted', 'refused: pairing-required (not-paired)']),
];

/** Whether two findings share a change of outcomes that tells of its cause. */
function sharesTelling(one: Signs, other: Signs): boolean {
  return [...one.outcomes.intersection(other.outcomes)].some((outcome) => !TELLING_NOTHING.includes(outcome));
}

/**
 * Grounds for findings about different clients, the strictest first: their answers change alike. Cells of the same clients are no such findings: their
 * conditions tell the causes apart.
 */
const ALIKE: readonly Ground[] = [
  (one, other) => isSame(one.kinds, other.kinds) && sharesTelling(one, other),
  (one, other) => isSame(one.outcomes, other.outcomes) && sharesTelling(one, other),
  (one, other) => one.mostOften !== null && one.mostOften === other.mostOften,
  sharesTelling,
];

/** Whether no cells of both are of the same clients. */
function areOtherClients(one: readonly Signs[], other: readonly Signs[]): boolean {
  const places = new Set(one.map(({ place }) => place));
  return other.every(({ place }) => place === null || !places.has(place));
}

/** The causes with which one may be joined; none if two of them may not be joined with each other. */
function candidates(of: readonly Signs[], causes: readonly Signs[][], ground: Ground, isFree: typeof areOtherClients) {
  const found = causes.filter(
    (cause) => cause !== of && isFree(of, cause) && of.some((one) => cause.some((other) => ground(one, other))),
  );
  const isClear = found.every((one, at) => found.slice(at + 1).every((other) => isFree(one, other)));
  return isClear ? found : [];
}

function mostFrequent(texts: readonly string[]): string | null {
  const counts = [...Map.groupBy(texts, (text) => text)].map(([text, { length }]) => ({ text, length }));
  return counts.sort((a, b) => b.length - a.length || (a.text < b.text ? -1 : 1))[0]?.text ?? null;
}

/** Joins causes on one ground until no two can be joined. */
function joined(causes: readonly Signs[][], ground: Ground, isFree: typeof areOtherClients): Signs[][] {
  const mates = new Map(causes.map((cause) => [cause, candidates(cause, causes, ground, isFree)]));
  for (const [cause, found] of mates) {
    const other = found.find((each) => mates.get(each)?.includes(cause));
    if (other === undefined) continue;
    const rest = causes.filter((each) => each !== cause && each !== other);
    return joined([[...cause, ...other], ...rest], ground, isFree);
  }
  return [...causes];
}

/** The gateway's documentation names settings so that open it; what one opens has one cause. */
const DANGEROUS = /"dangerously\w+"/;

/** What came of the decision of a reviewer, or of no decision, is a cause of its own. */
const APART: readonly Finding['harm'][] = ['accepted', 'undecided'];

/**
 * Joins findings that one change of the gateway explains, although it harms clients differently: the worst leads, the others are its `also`. Takes them in the
 * order in which they are shown. `changes` are those of the whole comparison. Pure.
 */
export function joinFindings(
  findings: readonly Finding[],
  changes: readonly ObservationChange[],
  scenarios: readonly LoadedScenario[],
): Finding[] {
  const known = new Set(changes.map(({ base }) => answerOf(withoutPairing(base.observation))));
  const dangerousIn = new Map(
    scenarios.map(({ scenario: { id, gateway } }) => [
      id,
      JSON.stringify(gateway.config).match(DANGEROUS)?.[0] ?? null,
    ]),
  );
  const methodOf = new Map(
    scenarios.flatMap(({ checks }) =>
      checks.flatMap(({ id, step }): [string, string][] => (step.kind === 'call' ? [[id, step.body.method]] : [])),
    ),
  );
  const signsOf = (finding: Finding): Signs => {
    const answers = new Set(finding.changes.map(({ head }) => answerOf(withoutPairing(head.observation))));
    const knocks = finding.changes.every(isOfKnock) ? finding.changes : [];
    const outcomes = knocks.map(outcomesOf);
    const often = mostFrequent(outcomes);
    const [answer = '', ...others] = answers;
    const admits = finding.changes.some(({ head }) => head.observation.outcome?.kind === 'admitted');
    const [scenario = '', ...more] = finding.scenarios;
    const [setting, ...otherSettings] = new Set(finding.scenarios.map((id) => dangerousIn.get(id) ?? null));
    return {
      finding,
      kinds: new Set(knocks.map(exactKindOf)),
      outcomes: new Set(outcomes),
      mostOften: often !== null && TELLING_NOTHING.includes(often) ? null : often,
      methods: new Set(finding.changes.flatMap(({ id }) => methodOf.get(id) ?? [])),
      newAnswer: admits || others.length > 0 || known.has(answer) ? null : answer,
      scenario: finding.condition === null && more.length === 0 && scenario !== '' ? scenario : null,
      dangerous: finding.condition === null && setting !== undefined && otherSettings.length === 0 ? setting : null,
      after: answers,
      place: finding.condition === null ? null : JSON.stringify([finding.local, tierOf(finding.harm)]),
    };
  };
  let causes = findings.filter(({ harm }) => !APART.includes(harm)).map((finding) => [signsOf(finding)]);
  for (const ground of WHATEVER_THE_CELLS) causes = joined(causes, ground, () => true);
  for (const ground of ALIKE) causes = joined(causes, ground, areOtherClients);
  const causeOf = new Map(causes.flatMap((cause) => cause.map(({ finding }) => [finding, cause])));
  const ofOneCause = Map.groupBy(findings, (finding) => causeOf.get(finding) ?? finding);
  return [...ofOneCause.values()].flatMap(([lead, ...also]) => (lead === undefined ? [] : [{ ...lead, also }]));
}
