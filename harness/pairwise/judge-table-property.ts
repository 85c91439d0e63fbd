import { describeObservation } from '../judge/describe.ts';
import { judgeProperty, type PropertyCase } from '../judge/property.ts';
import type { Verdict } from '../judge/verdict.ts';
import type { StepRecord } from '../play/record.ts';
import type { Observation } from '../scenario/observation.ts';
import { inRange } from '../scenario/range.ts';
import { cellId, DIMENSION_NAMES, LOOK_SAYS, LOOKS, type LookName, PLAIN } from './cell.ts';
import type { Cell } from './dimensions.ts';
import { type CellObservation, isSameObservation } from './observe-cell.ts';
import type { Property } from './properties.ts';

/** A cell as it was seen; `second` where it was looked at again, because something in it was in doubt. */
export type CellResult = { first: CellObservation; second: CellObservation | null };

/** A look that breaks a property, as it was recorded when it did. `doubtful`: its cell showed two things. */
export type CellViolation = { cell: Cell; look: LookName; record: StepRecord; doubtful: boolean };

/** What a table says of one property. */
export type TableRuling = {
  verdict: Verdict;
  because: string | null;
  seen: string;
  /** How many cells it speaks of that were seen. */
  cells: number;
  /** Those beyond doubt first, and of those the simplest. */
  breaches: CellViolation[];
};

/** Whether a cell showed two things when it was looked at twice. */
export function isFlaky({ first, second }: CellResult): boolean {
  return second !== null && !isSameObservation(first, second);
}

/** The looks of a cell that break a property, each once, however often it was looked at. */
export function violationsIn(property: Property, cellResult: CellResult): CellViolation[] {
  const { cell } = cellResult.first;
  if (!property.appliesTo(cell)) return [];
  const broken = new Map<LookName, StepRecord>();
  for (const reading of [cellResult.first, cellResult.second]) {
    if (reading?.kind !== 'seen') continue;
    for (const look of property.broken(reading.seen, cell)) {
      if (property.needsLog === true && reading.seen[look].audit === undefined) continue;
      if (!broken.has(look)) broken.set(look, reading.records[look]);
    }
  }
  return [...broken].map(([look, record]) => ({ cell, look, record, doubtful: isFlaky(cellResult) }));
}

/** Whether the log of some look at a cell was not seen whole, however often the cell was looked at. */
function lacksLog({ first, second }: CellResult): boolean {
  const readings = [first, second].flatMap((reading) => (reading?.kind === 'seen' ? [reading.seen] : []));
  return readings.every((seen) => LOOKS.some((look) => isKnock(seen[look]) && seen[look].audit === undefined));
}

/** Whether somebody knocked: whoever was turned away before the challenge has nothing to replay. */
const isKnock = ({ notCarriedOut }: Observation): boolean => notCarriedOut === undefined;

/** How many values of a cell are not plain. */
const oddness = (cell: Cell): number => DIMENSION_NAMES.filter((name) => cell[name] !== PLAIN[name]).length;

/** What the breaches of a property, the one that counts first, come to in one line; `cells` is how many it was held against. */
function sayBreaches(breaches: readonly CellViolation[], cells: number): string {
  const [worst] = breaches;
  if (worst === undefined) return `${cells} cells, and none breaks it`;
  if (worst.doubtful) return describeViolation(worst);
  return `${breaches.length === 1 ? 'a look breaks' : `${breaches.length} looks break`} it, most simply ${describeViolation(worst)}`;
}

/** Why a table without a breach proves nothing of a property; null where it does. */
function gapIn(property: Property, about: readonly CellResult[]): string | null {
  const [unreached] = about.flatMap(({ first }) => (first.kind === 'unreached' ? [first] : []));
  if (unreached !== undefined) return `${cellId(unreached.cell)}: ${unreached.why}`;
  const logless = property.needsLog === true ? about.find(lacksLog) : undefined;
  if (logless !== undefined)
    return `${cellId(logless.first.cell)}: its log was not seen whole, so that it may lack anything`;
  return about.length === 0 ? 'no cell of the table speaks of it' : null;
}

/**
 * Rules on one property by everything that a table saw of a gateway of this version. Pure. A property of which no cell was seen is not
 * testable, and so is one of whose cells some could not be brought to the point of knocking: neither proves anything.
 */
export function judgeTableProperty(
  property: Property,
  cellResults: readonly CellResult[],
  asked: PropertyCase,
): TableRuling {
  const about = cellResults.filter(({ first }) => property.appliesTo(first.cell));
  const reached = about.filter(({ first }) => first.kind === 'seen');
  const isClaimed = inRange(asked.version, property.releases);
  const breaches = isClaimed
    ? reached
        .flatMap((cellResult) => violationsIn(property, cellResult))
        .sort((a, b) => Number(a.doubtful) - Number(b.doubtful) || oddness(a.cell) - oddness(b.cell))
    : [];
  const [worst] = breaches;
  const { verdict, because } = judgeProperty(
    {
      notClaimed: isClaimed ? null : `it is claimed for ${property.releases}`,
      breach: worst === undefined || worst.doubtful ? null : { observation: worst.record.observation },
      doubt: worst?.doubtful === true ? `${cellId(worst.cell)} showed one thing and then another` : null,
      gap: gapIn(property, about),
    },
    asked,
  );
  const seen = isClaimed ? sayBreaches(breaches, reached.length) : 'not asked';
  return { verdict, because, seen, cells: reached.length, breaches };
}

/** A breach in one line. */
export function describeViolation({ cell, look, record }: CellViolation): string {
  return `${cellId(cell)}, ${LOOK_SAYS[look]}: ${describeObservation(record.observation)}`;
}
