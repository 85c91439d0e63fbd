import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { didYouMean } from '../did-you-mean.ts';
import { compare } from '../judge/compare.ts';
import { DIMENSION_NAMES, PROBES, reportedName, valuesOf } from '../pairwise/cell.ts';
import type {
  ComparedObservation,
  Comparison,
  Decision,
  ObservationChange,
  SurveyChange,
} from '../results/comparison.ts';
import { type Diagnostic, DocumentError, readList, type ValidationIssue } from '../scenario/catalogue/yaml-document.ts';
import { inRange, rangeFault } from '../scenario/releases/range.ts';
import { words } from '../scenario/schema/text-schemas.ts';
import { writtenExpectationSchema } from '../scenario/schema/written-scenario.ts';

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

/** An accepted weakening, an entry of scenarios/accepted.yaml: the check or cells with the head's observation, or the method or route with who gains it, the decision, an owner, an expiry. */
export const acceptedSchema = z.strictObject({
  check: words.optional().describe('A check id.'),
  cells: cellsSchema
    .optional()
    .describe('Values of cells of the decision table; a cell must have all dimensions that are named.'),
  probes: z.array(z.enum(PROBES)).min(1).optional().describe('Probes of those cells; all of them unless given.'),
  given: words
    .optional()
    .describe('A method or an HTTP route as a comparison names it, such as "rights/sessions.delete".'),
  to: words.optional().describe('With "given": the callers or requests that gain it, as the comparison names them.'),
  base: words.describe('The releases of the base, as a range.'),
  head: words.describe('The releases of the head, as a range.'),
  now: writtenExpectationSchema
    .optional()
    .describe('What the head shows, written like "expect"; with "check" or "cells".'),
  reason: words,
  link: words.describe('The advisory, the decision or the change.'),
  owner: words.describe('The person to ask when the entry expires.'),
  expires: z.iso.date('a date such as 2027-06-30').describe('The last day on which the entry counts.'),
});
export type Accepted = z.infer<typeof acceptedSchema>;

const FILE = path.join('scenarios', 'accepted.yaml');

/** The list of accepted weakenings could not be read (exit 2). */
class AcceptedError extends DocumentError {
  constructor(faults: readonly Diagnostic[]) {
    super(faults, 'Correct the list; the comment at its top explains the fields.');
  }
}

/** Parses the YAML text of the list in `file`. `declared` has the ids of all checks. Throws AcceptedError with every fault. */
export function parseAccepted(text: string, file: string, declared: ReadonlySet<string>): Accepted[] {
  return readList(text, file, acceptedSchema, (entry, index) => complaintsAbout(entry, index, declared), AcceptedError);
}

/** Reads `root`/scenarios/accepted.yaml; an empty list without the file. Throws AcceptedError with every fault. */
export function loadAccepted(root: string, declared: ReadonlySet<string>): Accepted[] {
  const file = path.join(root, FILE);
  return existsSync(file) ? parseAccepted(readFileSync(file, 'utf8'), FILE, declared) : [];
}

function complaintsAbout(
  { check, cells, given, to, now, probes, base, head }: Accepted,
  index: number,
  declared: ReadonlySet<string>,
): ValidationIssue[] {
  const complaints: ValidationIssue[] = [];
  if ([check, cells, given].filter((each) => each !== undefined).length !== 1)
    complaints.push({
      path: [index],
      message: 'an entry names either "check", "cells" or "given"',
      next: 'Give exactly one of them.',
    });
  if ((given === undefined) === (now === undefined) || (given === undefined) !== (to === undefined))
    complaints.push({
      path: [index],
      message: '"check" and "cells" need "now", and "given" needs "to" in its place',
      next: 'Write what the comparison shows on the head.',
    });
  if (check !== undefined && !declared.has(check))
    complaints.push({
      path: [index, 'check'],
      message: `no check is called "${check}"`,
      next: didYouMean(check, declared, '`postern list --checks` lists every check.'),
    });
  if (probes !== undefined && cells === undefined)
    complaints.push({
      path: [index, 'probes'],
      message: '"probes" needs "cells"',
      next: 'Add "cells", or remove "probes".',
    });
  for (const [key, range] of Object.entries({ base, head })) {
    const fault = rangeFault(range);
    if (fault !== null) complaints.push({ path: [index, key], ...fault });
  }
  return complaints;
}

function decisionOf(entry: Accepted | undefined): Decision | null {
  if (entry === undefined) return null;
  const { reason, link, owner, expires } = entry;
  return { reason, link, owner, expires };
}

/** Whether an entry is about this check, or about this probe of a cell. */
function isAbout({ check, cells, probes }: Accepted, { id, cell }: ComparedObservation): boolean {
  if (check !== undefined) return check === id;
  if (cell === null || cells === undefined) return false;
  const fits = Object.entries(cells).every(
    ([name, values]) => values?.some((value) => value === cell.values[reportedName(name)]) === true,
  );
  return fits && (probes === undefined || probes.some((probe) => probe === cell.look));
}

/**
 * Applies the entries to a comparison of two releases. Gives the comparison in which each weakening that an entry matches is accepted, and in
 * `stale` one line for each entry for these releases that has expired or matched nothing. `today` is YYYY-MM-DD. Pure.
 */
export function accept(comparison: Comparison, entries: readonly Accepted[], today: string): Comparison {
  const [base, head] = [comparison.base.version, comparison.head.version];
  const compared = entries.filter((entry) => inRange(base, entry.base) && inRange(head, entry.head));
  const accepts = (entry: Accepted, change: ObservationChange): boolean =>
    change.change === 'weakened' &&
    entry.expires >= today &&
    isAbout(entry, change.head) &&
    entry.now !== undefined &&
    compare(entry.now, change.head.observation).differences.length === 0;
  const gives = (entry: Accepted, { survey, where, gained }: SurveyChange): boolean =>
    entry.expires >= today && entry.given === `${survey}/${where}` && entry.to === gained;
  const stale = compared.flatMap((entry): string[] => {
    const label = `the weakening accepted for ${entry.check ?? entry.given ?? JSON.stringify(entry.cells)}`;
    if (entry.expires < today) return [`${label} expired on ${entry.expires}: ask ${entry.owner}, see ${entry.link}`];
    if (comparison.changes.some((change) => accepts(entry, change))) return [];
    if (comparison.surveys.some((change) => gives(entry, change))) return [];
    return [`${label} matched nothing from ${base} to ${head}; remove it, or narrow its releases`];
  });
  const changes = comparison.changes.map(
    (change): ObservationChange => ({
      ...change,
      accepted: decisionOf(compared.find((entry) => accepts(entry, change))),
    }),
  );
  const surveys = comparison.surveys.map(
    (change): SurveyChange => ({ ...change, accepted: decisionOf(compared.find((entry) => gives(entry, change))) }),
  );
  return { ...comparison, changes, surveys, stale };
}
