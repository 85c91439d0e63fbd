import { describeObservation } from '../judge/describe.ts';
import { judgeProperty, type PropertyCase } from '../judge/property.ts';
import type { Verdict } from '../judge/verdict.ts';
import { inRange } from '../scenario/releases/range.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import { cellId, DIMENSION_NAMES, PLAIN, PROBE_WORDS, PROBES, type ProbeName } from './cell.ts';
import type { Cell } from './dimensions.ts';
import type { KnockProperty } from './knock-property.ts';
import { type CellObservation, isSameObservation, type ProbeRecord } from './observe-cell.ts';

/** The observations of a cell: the first, and the second if the first was in doubt (null if there is none). */
export type CellResult = { first: CellObservation; second: CellObservation | null };

/** A probe that violates a property, with its record. `doubtful`: the two observations of its cell differ. */
export type CellViolation = { cell: Cell; probe: ProbeName; record: ProbeRecord; doubtful: boolean };

/** The verdict on one property by a table. */
export type TableRuling = {
  verdict: Verdict;
  because: string | null;
  seen: string;
  /** How many of the cells that the property applies to were observed. */
  cells: number;
  /** The violations: those without doubt first, and then those with the fewest values that are not plain. */
  breaches: CellViolation[];
};

/** Whether the two observations of a cell differ. */
export function isFlaky({ first, second }: CellResult): boolean {
  return second !== null && !isSameObservation(first, second);
}

/** The probes of a cell that violate a property in one of its observations, each once. */
export function violationsIn(property: KnockProperty, cellResult: CellResult): CellViolation[] {
  const { cell } = cellResult.first;
  if (!property.appliesTo(cell)) return [];
  const broken = new Map<ProbeName, ProbeRecord>();
  for (const reading of [cellResult.first, cellResult.second]) {
    if (reading?.kind !== 'seen') continue;
    for (const probe of property.broken(reading.seen, cell)) {
      if (property.needsLog === true && reading.seen[probe].audit === undefined) continue;
      if (!broken.has(probe)) broken.set(probe, reading.records[probe]);
    }
  }
  return [...broken].map(([probe, record]) => ({ cell, probe, record, doubtful: isFlaky(cellResult) }));
}

/** Whether each observation of a cell has a probe whose log was not read whole. */
function lacksLog({ first, second }: CellResult): boolean {
  const readings = [first, second].flatMap((reading) => (reading?.kind === 'seen' ? [reading.seen] : []));
  return readings.every((seen) => PROBES.some((probe) => isKnock(seen[probe]) && seen[probe].audit === undefined));
}

/** Whether the probe was carried out. A client that was refused before the challenge has no request to replay. */
const isKnock = ({ notCarriedOut }: Observation): boolean => notCarriedOut === undefined;

/** The number of a cell's values that are not plain. */
const oddness = (cell: Cell): number => DIMENSION_NAMES.filter((name) => cell[name] !== PLAIN[name]).length;

/** The violations of a property in one line, with the first of them; `cells` is the number of cells that were observed. */
function sayBreaches(breaches: readonly CellViolation[], cells: number): string {
  const [worst] = breaches;
  if (worst === undefined) return `${cells} cells, and none violates it`;
  if (worst.doubtful) return describeViolation(worst);
  return `${breaches.length === 1 ? '1 probe violates' : `${breaches.length} probes violate`} it, the simplest: ${describeViolation(worst)}`;
}

/** Why a table without a violation proves nothing about a property; null if it does. */
function gapIn(property: KnockProperty, about: readonly CellResult[]): string | null {
  const [unreached] = about.flatMap(({ first }) => (first.kind === 'unreached' ? [first] : []));
  if (unreached !== undefined) return `${cellId(unreached.cell)}: ${unreached.why}`;
  const logless = property.needsLog === true ? about.find(lacksLog) : undefined;
  if (logless !== undefined)
    return `${cellId(logless.first.cell)}: its log was not read whole, so events may be missing`;
  return about.length === 0 ? 'no cell of the table is about it' : null;
}

/**
 * Judges one property by all observations of a table, on a gateway of the version in `asked`. A property to which no cell applies is not testable,
 * and so is a property with a cell that could not be brought to its knock: neither proves anything. Pure.
 */
export function judgeTableProperty(
  property: KnockProperty,
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
      doubt: worst?.doubtful === true ? `${cellId(worst.cell)} has two different observations` : null,
      gap: gapIn(property, about),
    },
    asked,
  );
  const seen = isClaimed ? sayBreaches(breaches, reached.length) : 'not asked';
  return { verdict, because, seen, cells: reached.length, breaches };
}

/** A violation in one line: cell, probe and observation. */
export function describeViolation({ cell, probe, record }: CellViolation): string {
  return `${cellId(cell)}, ${PROBE_WORDS[probe]}: ${describeObservation(record.observation)}`;
}
