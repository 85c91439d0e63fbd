import { expect, test } from 'vitest';
import { UsageError } from '../exit.ts';
import type { Subject } from '../results/report.ts';
import type { PlayedGate } from './evidence.ts';
import { CANDIDATE, gatesWith, STABLE } from './release.fixture.ts';
import { subjectOf } from './run-release.ts';

/** The gates of one candidate, each with other fields of the candidate. */
function gatesOf(...heads: readonly Partial<Subject>[]): PlayedGate[] {
  const [gate] = gatesWith(STABLE);
  if (gate === undefined) throw new Error('a stable release has baselines');
  return heads.map((over) => ({ ...gate, compared: { ...gate.compared, head: { ...gate.compared.head, ...over } } }));
}

test('gates of one build from several machines belong together, although each machine built its image', () => {
  const gates = gatesOf({ digest: 'sha256:1' }, { digest: 'sha256:2' });
  expect(subjectOf(gates, CANDIDATE)).toMatchObject({ reference: CANDIDATE, digest: 'sha256:1' });
});

test.each<[what: string, other: Partial<Subject>]>([
  ['another build', { image: 'postern/gateway:2026.9.7-0123456789ab' }],
  ['another version', { version: '2026.9.8' }],
  ['another base image', { base: 'debian' }],
])('gates of %s do not belong together', (_, other) => {
  expect(() => subjectOf(gatesOf({}, other), CANDIDATE)).toThrow(UsageError);
});

test('an image that was given is the same only by its id', () => {
  const given = { source: 'image', image: 'mine:latest' } as const;
  expect(() =>
    subjectOf(gatesOf({ ...given, digest: 'sha256:1' }, { ...given, digest: 'sha256:2' }), CANDIDATE),
  ).toThrow('image sha256:1 in one report');
});
