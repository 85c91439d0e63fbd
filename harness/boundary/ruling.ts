import { type Deviation, knownDeviation, sayDecision } from '../judge/deviation.ts';
import type { Verdict } from '../judge/verdict.ts';
import { sayObservation } from '../judge/words.ts';
import { inRange } from '../scenario/range.ts';
import { cellId, DIMENSION_NAMES, LOOK_SAYS, type LookName, PLAIN } from './cell.ts';
import type { Cell } from './dimensions.ts';
import type { Invariant } from './invariants.ts';
import { isSameReading, type Reading } from './look.ts';

/** A cell as it was seen; `second` where it was looked at again, because something in it was in doubt. */
export type Sighting = { first: Reading; second: Reading | null };

/** A look that breaks an invariant. */
export type Breach = { cell: Cell; look: LookName; sighting: Sighting };

/** What a table says of one invariant. */
export type Ruling = {
  verdict: Verdict;
  because: string | null;
  seen: string;
  /** How many cells it speaks of that were seen. */
  cells: number;
  /** Simplest first. */
  breaches: Breach[];
};

/** Whether a cell showed two things when it was looked at twice. */
export function isFlaky({ first, second }: Sighting): boolean {
  return second !== null && !isSameReading(first, second);
}

/** The looks of a cell that break an invariant, however often it was looked at. */
export function breachesIn(invariant: Invariant, sighting: Sighting): Breach[] {
  const { cell } = sighting.first;
  if (!invariant.speaksOf(cell)) return [];
  const broken = [sighting.first, sighting.second].flatMap((reading) =>
    reading?.kind === 'seen' ? invariant.broken(reading.seen, cell) : [],
  );
  return [...new Set(broken)].map((look) => ({ cell, look, sighting }));
}

/** How many values of a cell are not plain. */
const oddness = (cell: Cell): number => DIMENSION_NAMES.filter((name) => cell[name] !== PLAIN[name]).length;

/**
 * Rules on one invariant by everything that a table saw of a gateway of this version. Pure. A claim of which no cell was seen is not
 * testable, and so is one of whose cells some could not be brought to the point of knocking: neither proves anything.
 */
export function ruleOn(
  invariant: Invariant,
  sightings: readonly Sighting[],
  {
    check,
    version,
    deviations,
    today,
  }: { check: string; version: string; deviations: readonly Deviation[]; today: string },
): Ruling {
  const about = sightings.filter(({ first }) => invariant.speaksOf(first.cell));
  const reached = about.filter(({ first }) => first.kind === 'seen');
  const breaches = reached
    .flatMap((sighting) => breachesIn(invariant, sighting))
    .sort((a, b) => oddness(a.cell) - oddness(b.cell));
  const base = { cells: reached.length, breaches };
  if (!inRange(version, invariant.claimed)) {
    return {
      ...base,
      breaches: [],
      verdict: 'not-applicable',
      because: `it is claimed for ${invariant.claimed}`,
      seen: 'not asked',
    };
  }
  const [simplest] = breaches.filter(({ sighting }) => !isFlaky(sighting));
  if (simplest !== undefined) {
    const seen = `${breaches.length === 1 ? 'a look breaks' : `${breaches.length} looks break`} it, most simply ${sayBreach(simplest)}`;
    const entry = knownDeviation(deviations, check, { version, today }, observationOf(simplest));
    if (entry !== null) return { ...base, verdict: 'known-deviation', because: sayDecision(entry), seen };
    return { ...base, verdict: 'fail', because: null, seen };
  }
  const [doubtful] = breaches;
  if (doubtful !== undefined) {
    const because = `${cellId(doubtful.cell)} showed one thing and then another`;
    return { ...base, verdict: 'flaky', because, seen: sayBreach(doubtful) };
  }
  const [unreached] = about.flatMap(({ first }) => (first.kind === 'unreached' ? [first] : []));
  const seen = `${reached.length} cells, and none breaks it`;
  if (unreached !== undefined)
    return { ...base, verdict: 'not-testable', because: `${cellId(unreached.cell)}: ${unreached.why}`, seen };
  if (reached.length === 0)
    return { ...base, verdict: 'not-testable', because: 'no cell of the table speaks of it', seen };
  return { ...base, verdict: 'pass', because: null, seen };
}

/** What the look showed that breaks it. */
export function observationOf({ look, sighting: { first } }: Breach) {
  if (first.kind !== 'seen') throw new Error('a breach in a cell that was never seen');
  return first.seen[look];
}

/** A breach in one line. */
export function sayBreach(breach: Breach): string {
  return `${cellId(breach.cell)}, ${LOOK_SAYS[breach.look]}: ${sayObservation(observationOf(breach))}`;
}
