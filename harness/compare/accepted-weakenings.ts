import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { didYouMean } from '../did-you-mean.ts';
import { compare } from '../judge/compare.ts';
import { DIMENSION_NAMES, LOOKS, valuesOf } from '../pairwise/cell.ts';
import type { ComparedObservation, Comparison, ObservationChange } from '../results/comparison.ts';
import { words } from '../scenario/non-blank-text.ts';
import { inRange, rangeFault } from '../scenario/range.ts';
import { writtenExpectationSchema } from '../scenario/written.ts';
import { type Diagnostic, DocumentError, readList, type ValidationIssue } from '../scenario/yaml-document.ts';

const cellsSchema = z.strictObject(
  Object.fromEntries(
    DIMENSION_NAMES.map((name) => [
      name,
      z
        .array(z.enum(valuesOf(name)))
        .min(1)
        .optional(),
    ]),
  ),
);

/** A weakening that somebody decided on: what it is about, what is seen now, why, and until when that counts. */
export const acceptedSchema = z.strictObject({
  check: words.optional().describe('A check id.'),
  cells: cellsSchema.optional().describe('Values of cells of the decision table; all that are named must fit.'),
  looks: z.array(z.enum(LOOKS)).min(1).optional().describe('Looks at those cells; all of them unless given.'),
  base: words.describe('A range of releases that are compared with.'),
  head: words.describe('A range of releases that are compared.'),
  now: writtenExpectationSchema.describe('What is seen on the head, written like "expect".'),
  reason: words,
  link: words.describe('The advisory, the decision or the change.'),
  owner: words.describe('Who is asked when it expires.'),
  expires: z.iso.date('a date such as 2027-06-30').describe('The last day on which it counts.'),
});
export type Accepted = z.infer<typeof acceptedSchema>;

const FILE = path.join('scenarios', 'accepted.yaml');

/** The list of accepted weakenings could not be read (exit 2). */
class AcceptedError extends DocumentError {
  constructor(faults: readonly Diagnostic[]) {
    super(faults, 'Mend the list; the comment at its head explains the fields.');
  }
}

/** Reads the text of a list. `declared` holds the ids of all checks. Throws AcceptedError with every fault. */
export function parseAccepted(text: string, file: string, declared: ReadonlySet<string>): Accepted[] {
  return readList(text, file, acceptedSchema, (entry, index) => complaintsAbout(entry, index, declared), AcceptedError);
}

/** Reads `root`/scenarios/accepted.yaml. Without the file nothing is accepted. */
export function loadAccepted(root: string, declared: ReadonlySet<string>): Accepted[] {
  const file = path.join(root, FILE);
  return existsSync(file) ? parseAccepted(readFileSync(file, 'utf8'), FILE, declared) : [];
}

function complaintsAbout(
  { check, cells, looks, base, head }: Accepted,
  index: number,
  declared: ReadonlySet<string>,
): ValidationIssue[] {
  const complaints: ValidationIssue[] = [];
  if ((check === undefined) === (cells === undefined))
    complaints.push({ path: [index], message: 'it must name a check or cells, and not both', next: 'Keep one.' });
  if (check !== undefined && !declared.has(check))
    complaints.push({
      path: [index, 'check'],
      message: `no check is called "${check}"`,
      next: didYouMean(check, declared, '`postern list --checks` lists every check.'),
    });
  if (looks !== undefined && cells === undefined)
    complaints.push({ path: [index, 'looks'], message: 'looks are of cells', next: 'Take it out.' });
  for (const [key, range] of Object.entries({ base, head })) {
    const fault = rangeFault(range);
    if (fault !== null) complaints.push({ path: [index, key], ...fault });
  }
  return complaints;
}

/** Whether an entry is about this check or look. */
function isAbout({ check, cells, looks }: Accepted, { id, cell }: ComparedObservation): boolean {
  if (check !== undefined) return check === id;
  if (cell === null) return false;
  const fits = Object.entries(cells ?? {}).every(
    ([name, values]) => values?.some((value) => value === cell.values[name]) === true,
  );
  return fits && (looks === undefined || looks.some((look) => look === cell.look));
}

/**
 * Holds the list against what changed from one release to another: each weakening that an entry is about is accepted by it, and what is
 * wrong with the list itself is told. `today` is YYYY-MM-DD. Pure.
 */
export function accept(comparison: Comparison, entries: readonly Accepted[], today: string): Comparison {
  const [base, head] = [comparison.base.version, comparison.head.version];
  const compared = entries.filter((entry) => inRange(base, entry.base) && inRange(head, entry.head));
  const accepts = (entry: Accepted, change: ObservationChange): boolean =>
    change.change === 'weakened' &&
    entry.expires >= today &&
    isAbout(entry, change.head) &&
    compare(entry.now, change.head.observation).differences.length === 0;
  const stale = compared.flatMap((entry): string[] => {
    const label = `the weakening accepted for ${entry.check ?? JSON.stringify(entry.cells)}`;
    if (entry.expires < today) return [`${label} expired on ${entry.expires}: ask ${entry.owner}, see ${entry.link}`];
    if (comparison.changes.some((change) => accepts(entry, change))) return [];
    return [`${label} matched nothing from ${base} to ${head}; take it out, or narrow its releases`];
  });
  const changes = comparison.changes.map((change): ObservationChange => {
    const { reason, link, owner, expires } = compared.find((entry) => accepts(entry, change)) ?? {};
    if (reason === undefined || link === undefined || owner === undefined || expires === undefined) return change;
    return { ...change, accepted: { reason, link, owner, expires } };
  });
  return { ...comparison, changes, stale };
}
