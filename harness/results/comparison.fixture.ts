import { EXIT } from '../exit.ts';
import { describeObservation } from '../judge/describe.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import type { ComparedObservation, Comparison, ObservationChange } from './comparison.ts';
import type { ExplainedComparison } from './explained-comparison.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './report.ts';

/** A release as the subject of a comparison; only its version is filled in. */
export const subjectOf = (version: string): Subject => ({
  reference: version,
  version,
  judgedAs: version,
  source: 'published',
  unknownCodes: [],
  image: '',
  digest: '',
  base: '',
  protocol: null,
});

/** A comparison of 2026.4.1 with 2026.9.6 that is empty except for the given fields. */
export const comparisonWith = (over: Partial<Comparison>): Comparison => ({
  base: subjectOf('2026.4.1'),
  head: subjectOf('2026.9.6'),
  changes: [],
  standings: [],
  surveys: [],
  unreached: [],
  unwritten: [],
  ownClientGivenMore: null,
  onlyBase: [],
  onlyHead: [],
  doubtful: [],
  stale: [],
  ...over,
});

const observed = (id: string, observation: Observation): ComparedObservation => ({
  id,
  vantage: 'lan',
  transcript: null,
  seen: describeObservation(observation),
  repeat: `npx postern replay ${id}`,
  observation,
  local: false,
  expected: null,
  source: null,
  cell: null,
});

/** A change of a check from one observation to another, for a remote client unless `local` is given. */
export const changeWith = ({
  id = 'identity/example/check',
  base,
  head,
  ...over
}: Partial<Omit<ObservationChange, 'base' | 'head'>> &
  Pick<ObservationChange, 'change'> & { base: Observation; head: Observation }): ObservationChange => ({
  id,
  base: observed(id, base),
  head: observed(id, head),
  local: false,
  accepted: null,
  ...over,
});

/** A finding of this one change that is empty except for the given fields. */
export const findingOf = (example: ObservationChange, over: Partial<Finding>): Finding => ({
  id: example.id,
  harm: 'other',
  local: example.local,
  before: [{ answer: 'refused: pairing-required (not-paired)', count: 1 }],
  after: [{ answer: 'admitted', count: 1 }],
  condition: null,
  exceptions: [],
  example,
  changes: [example],
  consequences: [],
  broken: [],
  mended: [],
  scenarios: [],
  regressed: [],
  releases: [],
  also: [],
  ...over,
});

/** An explained comparison without a reason against the head, except for the given fields. */
export const explainedWith = (over: Partial<ExplainedComparison>): ExplainedComparison => ({
  ...comparisonWith({}),
  findings: [],
  reasons: [],
  exitCode: EXIT.holds,
  withheld: 0,
  ...over,
});
