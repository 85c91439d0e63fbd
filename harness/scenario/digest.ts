import { createHash } from 'node:crypto';
import type { LoadedScenario } from './load.ts';
import { inRange } from './range.ts';

/** Keys that say what a scenario means to readers, and change nothing that is played: at its top, in a step, in a remedy. */
const FOR_READERS: readonly string[] = ['title', 'why', 'reported', 'level', 'blocker', 'tags', 'because', 'say'];

type Entries = Record<string, unknown>;

const isEntries = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys as digests have them, where files have another word: published results are bound to digests of the older word. */
const DIGESTED_AS: Readonly<Record<string, string>> = { control: 'twin' };

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

/** A step as it is on the release: with its hardened expectation where that counts, and without it elsewhere. */
function stepOn(version: string, step: unknown): unknown {
  if (!isEntries(step)) return step;
  const { hardened, together, ...plain } = withoutProse(step);
  return {
    ...plain,
    ...(Array.isArray(together) ? { together: stepsOn(version, together) } : {}),
    ...(isEntries(hardened) && holdsOn(version, hardened.range) ? { hardened: hardened.expect } : {}),
  };
}

function stepsOn(version: string, steps: unknown): unknown {
  return Array.isArray(steps) ? steps.map((step) => stepOn(version, step)) : steps;
}

/**
 * SHA-256, shortened, of what is played of a scenario on one release, and of what is expected there. Words for readers are left out, and
 * of a range only whether it holds the release: a range that is made longer leaves what was seen elsewhere as it is.
 */
export function digestOn(version: string, { source }: Pick<LoadedScenario, 'source'>): string {
  const { affected, applies, steps, boundary, remedies, ...rest } = withoutProse(source);
  const told = Array.isArray(remedies) ? remedies.filter(isEntries) : [];
  const played = {
    ...rest,
    affected: holdsOn(version, affected),
    applies: !isEntries(applies) || holdsOn(version, applies.range),
    steps: stepsOn(version, steps),
    boundary: stepsOn(version, boundary),
    remedies: told
      .filter(({ range }) => holdsOn(version, range ?? affected))
      .map(({ range: _, steps: carriedOut, ...remedy }) => ({
        ...withoutProse(remedy),
        steps: stepsOn(version, carriedOut),
      })),
  };
  return createHash('sha256').update(JSON.stringify(played)).digest('hex').slice(0, 16);
}
