import { type Deviation, knownDeviation, sayDecision } from '../judge/deviation.ts';
import type { Verdict } from '../judge/verdict.ts';
import { sayObservation } from '../judge/words.ts';
import type { StepRecord } from '../play/record.ts';
import type { Observation } from '../scenario/observation.ts';
import { inRange } from '../scenario/range.ts';
import { cellId, DIMENSION_NAMES, LOOK_SAYS, LOOKS, type LookName, PLAIN } from './cell.ts';
import type { Cell } from './dimensions.ts';
import type { Invariant } from './invariants.ts';
import { isSameReading, type Reading } from './look.ts';

/** A cell as it was seen; `second` where it was looked at again, because something in it was in doubt. */
export type Sighting = { first: Reading; second: Reading | null };

/** A look that breaks an invariant, as it was recorded when it did. `doubtful`: its cell showed two things. */
export type Breach = { cell: Cell; look: LookName; record: StepRecord; doubtful: boolean };

/** What a table says of one invariant. */
export type Ruling = {
  verdict: Verdict;
  because: string | null;
  seen: string;
  /** How many cells it speaks of that were seen. */
  cells: number;
  /** Those beyond doubt first, and of those the simplest. */
  breaches: Breach[];
};

/** Whether a cell showed two things when it was looked at twice. */
export function isFlaky({ first, second }: Sighting): boolean {
  return second !== null && !isSameReading(first, second);
}

/** The looks of a cell that break an invariant, each once, however often it was looked at. */
export function breachesIn(invariant: Invariant, sighting: Sighting): Breach[] {
  const { cell } = sighting.first;
  if (!invariant.speaksOf(cell)) return [];
  const broken = new Map<LookName, StepRecord>();
  for (const reading of [sighting.first, sighting.second]) {
    if (reading?.kind !== 'seen') continue;
    for (const look of invariant.broken(reading.seen, cell)) {
      if (invariant.needsLog === true && reading.seen[look].audit === undefined) continue;
      if (!broken.has(look)) broken.set(look, reading.records[look]);
    }
  }
  return [...broken].map(([look, record]) => ({ cell, look, record, doubtful: isFlaky(sighting) }));
}

/** Whether the log of some look at a cell was not seen whole, however often the cell was looked at. */
function lacksLog({ first, second }: Sighting): boolean {
  const readings = [first, second].flatMap((reading) => (reading?.kind === 'seen' ? [reading.seen] : []));
  return readings.every((seen) => LOOKS.some((look) => isKnock(seen[look]) && seen[look].audit === undefined));
}

/** Whether somebody knocked: whoever was turned away before the challenge has nothing to replay. */
const isKnock = ({ notCarriedOut }: Observation): boolean => notCarriedOut === undefined;

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
    .sort((a, b) => Number(a.doubtful) - Number(b.doubtful) || oddness(a.cell) - oddness(b.cell));
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
  const [worst] = breaches;
  if (worst?.doubtful === true) {
    const because = `${cellId(worst.cell)} showed one thing and then another`;
    return { ...base, verdict: 'flaky', because, seen: sayBreach(worst) };
  }
  if (worst !== undefined) {
    const seen = `${breaches.length === 1 ? 'a look breaks' : `${breaches.length} looks break`} it, most simply ${sayBreach(worst)}`;
    const entry = knownDeviation(deviations, check, { version, today }, worst.record.observation);
    if (entry !== null) return { ...base, verdict: 'known-deviation', because: sayDecision(entry), seen };
    return { ...base, verdict: 'fail', because: null, seen };
  }
  const [unreached] = about.flatMap(({ first }) => (first.kind === 'unreached' ? [first] : []));
  const seen = `${reached.length} cells, and none breaks it`;
  if (unreached !== undefined)
    return { ...base, verdict: 'not-testable', because: `${cellId(unreached.cell)}: ${unreached.why}`, seen };
  const logless = invariant.needsLog === true ? reached.find(lacksLog) : undefined;
  if (logless !== undefined) {
    const because = `${cellId(logless.first.cell)}: its log was not seen whole, so that it may lack anything`;
    return { ...base, verdict: 'not-testable', because, seen };
  }
  if (reached.length === 0)
    return { ...base, verdict: 'not-testable', because: 'no cell of the table speaks of it', seen };
  return { ...base, verdict: 'pass', because: null, seen };
}

/** A breach in one line. */
export function sayBreach({ cell, look, record }: Breach): string {
  return `${cellId(cell)}, ${LOOK_SAYS[look]}: ${sayObservation(record.observation)}`;
}
