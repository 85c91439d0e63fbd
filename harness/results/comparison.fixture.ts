import type { Comparison } from './comparison.ts';
import type { Subject } from './report.ts';

/** A release as the subject of a comparison, about which nothing but its version matters. */
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

/** A comparison of 2026.4.1 with 2026.9.6 that found nothing but this. */
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
