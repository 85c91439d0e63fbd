import { publicComparison } from '../compare/withheld.ts';
import { OWN_CLIENT, tableCheck } from '../pairwise/properties.ts';
import { replayCommand } from '../replay-command.ts';
import { describeAnswers, describeCondition } from '../report/comparison/finding-words.ts';
import { describeSurveyChange } from '../report/comparison/survey-words.ts';
import type { SurveyChange } from '../results/comparison.ts';
import { everyFinding, type Finding } from '../results/finding.ts';
import { consequenceOf, type Outcome, outcomeOfHarm } from '../results/release-outcomes.ts';
import { shellWord } from '../shell-word.ts';
import { type Occurrence, occurrence, type PlayedGate } from './evidence.ts';
import { TABLE_CLASS } from './policy-schema.ts';

/**
 * What the comparison of a gate says about the candidate: its findings, methods, routes and events that others get, kinds of event that it no longer logs, cells that could not be decided, its
 * own command that gets more than a client of the harness, and problems of the run. Pure.
 */
export function comparisonOccurrences(gate: PlayedGate): Occurrence[] {
  const { compared, withheld } = gate;
  const against = [compared.base.version];
  const shown = new Set(everyFinding(publicComparison(compared, withheld).findings).map(({ id }) => id));
  const ofCell = (id: string, outcome: Outcome, text: string): Occurrence =>
    occurrence({
      outcome,
      id: `table/${id}`,
      text,
      against,
      command: replayCommand(id, { gateways: [compared.base.reference, compared.head.reference] }),
      classes: [TABLE_CLASS],
      isWithheld: withheld.cells.has(id),
    });
  return [
    ...compared.findings.flatMap((first) =>
      everyFinding([first]).map((finding) => ofFinding(finding, first, gate, !shown.has(finding.id))),
    ),
    ...compared.surveys.flatMap((change) => ofSurvey(change, gate)),
    ...compared.unwritten.map((event) =>
      occurrence({
        outcome: 'unlogged',
        id: event,
        text: `the candidate never logs ${event}, which the baseline logs`,
        against,
      }),
    ),
    ...compared.doubtful.map((id) =>
      ofCell(id, 'flaky', 'two observations of the cell differ on one of the two gateways'),
    ),
    ...compared.unreached.map((id) =>
      ofCell(id, 'not-run', 'the cell was not observed completely on one of the two gateways'),
    ),
    ...(compared.ownClientGivenMore === null
      ? []
      : [
          occurrence({
            outcome: 'own-client-given-more',
            id: tableCheck(OWN_CLIENT),
            text: `the candidate gives its own command more access than a client of the harness: ${compared.ownClientGivenMore}`,
            against,
            unpublished: compared.head.source === 'published',
          }),
        ]),
    ...gate.problems.map(({ text, of }) =>
      occurrence({ outcome: of === 'gateway' ? 'gateway-problem' : 'run-incomplete', id: text, text, against }),
    ),
  ];
}

/**
 * What each kind of change of a method, a route or an event is for a release; null for what nobody needs to decide about: a new one that only those get who
 * may, and one that more of the promised credentials open.
 */
const OUTCOME_OF_CHANGE: Record<SurveyChange['kind'], Outcome | null> = {
  weakened: 'remote-scopes',
  open: 'remote-scopes',
  undecided: 'undecided',
  wider: null,
  new: null,
  tightened: 'remote-loss',
  gone: 'remote-loss',
};

function ofSurvey(change: SurveyChange, { compared, withheld }: PlayedGate): Occurrence[] {
  const outcome = change.accepted === null ? OUTCOME_OF_CHANGE[change.kind] : 'accepted';
  if (outcome === null) return [];
  const [base, head] = [compared.base.reference, compared.head.reference].map(shellWord);
  return [
    occurrence({
      outcome,
      id: `${change.survey}/${change.where}`,
      text: describeSurveyChange(change),
      against: [compared.base.version],
      command: `npx postern ${change.survey} --gateway ${head} --compare ${base}`,
      unpublished: compared.head.source === 'published' && outcome === 'remote-scopes',
      classes: [TABLE_CLASS],
      isWithheld: !publicComparison(compared, withheld).surveys.includes(change),
    }),
  ];
}

/** A finding as an occurrence, with the worst finding of the same change of the gateway. One that a scenario shows is published. */
function ofFinding(
  finding: Finding,
  worst: Finding,
  { compared, candidate }: PlayedGate,
  isWithheld: boolean,
): Occurrence {
  const outcome = outcomeOfHarm(finding.harm);
  const { scenarios, changes, regressed, example } = finding;
  const [condition, ...others] = describeCondition(finding);
  const where = condition === undefined ? '' : `, if ${condition}${others.length === 0 ? '' : ', or otherwise'}`;
  const isOfTable = changes.some(({ base }) => base.cell !== null);
  const symptom = candidate.scenarios.find(({ id }) => finding.id.startsWith(`${id}/`))?.title;
  return occurrence({
    outcome,
    id: finding.id,
    text: [
      `${describeAnswers(finding.before)} → ${describeAnswers(finding.after)}${where}`,
      ...(symptom === undefined ? [] : [`its scenario is about: ${symptom}`]),
      ...(finding === worst ? [] : [`the same change as ${worst.id}`]),
    ].join('; '),
    against: [compared.base.version],
    command: example.head.repeat,
    unpublished:
      compared.head.source === 'published' &&
      consequenceOf(outcome).weight === 'remote' &&
      outcome !== 'accepted' &&
      scenarios.length === 0,
    classes: [
      ...new Set([...scenarios.map((id) => id.slice(0, id.indexOf('/'))), ...(isOfTable ? [TABLE_CLASS] : [])]),
    ],
    checks: [...regressed, ...changes.map(({ id }) => id)],
    isWithheld,
  });
}
