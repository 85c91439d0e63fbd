import type { Comparison } from './comparison.ts';
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
  unreached: [],
  unwritten: [],
  ownClientGivenMore: null,
  onlyBase: [],
  onlyHead: [],
  doubtful: [],
  stale: [],
  ...over,
});
