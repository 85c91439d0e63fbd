import { createHash } from 'node:crypto';
import { inRange } from '../releases/range.ts';
import type { LoadedScenario } from './load.ts';

/** Keys for readers, which do not change what Postern plays: of a scenario, a step or a workaround. */
const FOR_READERS: readonly string[] = ['title', 'why', 'reported', 'level', 'blocker', 'tags', 'because', 'advice'];

type Entries = Record<string, unknown>;

const isEntries = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The older names of keys, which digests use, because published results refer to digests with these names. */
const DIGESTED_AS: Readonly<Record<string, string>> = { control: 'twin', outcome: 'works' };

/** The older names of the parts of an expectation. */
const EXPECTATION_DIGESTED_AS: Readonly<Record<string, string>> = {
  notLogged: 'unlogged',
  refusals: 'turnedAway',
  successes: 'succeeded',
};

/** The older form of the outcomes of workarounds that had no word. */
const OUTCOMES_DIGESTED_AS: ReadonlyMap<unknown, boolean> = new Map([
  ['helps', true],
  ['does-not-help', false],
]);

function withoutProse(entries: Entries): Entries {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, value]) =>
      FOR_READERS.includes(key) ? [] : [[DIGESTED_AS[key] ?? key, value]],
    ),
  );
}

function holdsOn(version: string, range: unknown): boolean {
  return typeof range !== 'string' || inRange(version, range);
}

/** An expectation with the older names of its parts, in the order of the file. */
function olderExpectation(expectation: unknown): unknown {
  if (!isEntries(expectation)) return expectation;
  return Object.fromEntries(
    Object.entries(expectation).map(([key, value]) => [EXPECTATION_DIGESTED_AS[key] ?? key, value]),
  );
}

/** The step on the release: with its hardened expectation if the release is in its range, else without. */
function stepOn(version: string, step: unknown): unknown {
  if (!isEntries(step)) return step;
  const { hardened, together, ...plain } = withoutProse(step);
  return {
    ...plain,
    ...('expect' in plain ? { expect: olderExpectation(plain.expect) } : {}),
    ...('symptom' in plain ? { symptom: olderExpectation(plain.symptom) } : {}),
    ...(Array.isArray(together) ? { together: stepsOn(version, together) } : {}),
    ...(isEntries(hardened) && holdsOn(version, hardened.releases)
      ? { hardened: olderExpectation(hardened.expect) }
      : {}),
  };
}

function stepsOn(version: string, steps: unknown): unknown {
  return Array.isArray(steps) ? steps.map((step) => stepOn(version, step)) : steps;
}

/**
 * The digest of a scenario on one release: 16 hex digits of the SHA-256 of the steps and expectations there. Keys for readers are left out.
 * Of a range only counts whether it contains the release, so extending a range does not invalidate the results of other releases.
 */
export function digestOn(version: string, { source }: Pick<LoadedScenario, 'source'>): string {
  const { affected, applies, steps, boundary, workarounds, ...rest } = withoutProse(source);
  const listed = Array.isArray(workarounds) ? workarounds.filter(isEntries) : [];
  const played = {
    ...rest,
    affected: holdsOn(version, affected),
    applies: !isEntries(applies) || holdsOn(version, applies.releases),
    steps: stepsOn(version, steps),
    boundary: stepsOn(version, boundary),
    remedies: listed
      .filter(({ releases }) => holdsOn(version, releases ?? affected))
      .map(({ releases: _, steps: carriedOut, ...workaround }) => ({
        ...withoutProse({
          ...workaround,
          outcome: OUTCOMES_DIGESTED_AS.get(workaround.outcome) ?? workaround.outcome,
        }),
        steps: stepsOn(version, carriedOut),
      })),
  };
  return createHash('sha256').update(JSON.stringify(played)).digest('hex').slice(0, 16);
}
