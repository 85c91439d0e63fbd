import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { didYouMean } from '../did-you-mean.ts';
import { EXIT } from '../exit.ts';
import { type Diagnostic, DocumentError, readList, type ValidationIssue } from '../scenario/catalogue/yaml-document.ts';
import { inRange, overlap, rangeFault } from '../scenario/releases/range.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import { words } from '../scenario/schema/text-schemas.ts';
import { writtenExpectationSchema } from '../scenario/schema/written-scenario.ts';
import { compare } from './compare.ts';
import type { Verdict } from './verdict.ts';

/** A deviation, an entry of scenarios/deviations.yaml: a check that is known to fail on some releases, its exact failure, the reason, an owner, an expiry. */
export const deviationSchema = z.strictObject({
  check: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+\/[a-z0-9.-]+$/, 'a check id: class/scenario/check'),
  releases: words.describe('The releases on which the check fails, such as ">=2026.3.31 <2026.8.1".'),
  signature: writtenExpectationSchema.describe(
    'What these releases show, as precise as a symptom; any other failure is still red.',
  ),
  reason: words.describe('Why the failure is known and tolerated, in a sentence.'),
  link: z
    .string()
    .regex(/^https:\/\/[!-~]+$|^[\w.-]+\/[\w.-]+#\d+$/, 'an https address, or owner/repository#number')
    .describe('The issue, pull request or advisory about the failure.'),
  owner: words.describe('The person to ask when the entry expires.'),
  expires: z.iso.date('a date such as 2027-03-31').describe('The last day on which the entry counts.'),
});
export type Deviation = z.infer<typeof deviationSchema>;

/** The path of the list, relative to the folder that has `scenarios/`. */
const FILE = path.join('scenarios', 'deviations.yaml');

/** The list of deviations could not be read (exit 2). */
export class DeviationError extends DocumentError {
  constructor(faults: readonly Diagnostic[]) {
    super(faults, 'Correct the list; the comment at its top explains the fields.');
  }
}

/**
 * Parses the YAML text of the list in `file`. `declared` has the ids of all checks, selected or not. Throws DeviationError with every fault:
 * broken YAML, an unknown or duplicate key, a check or a range that does not exist, two entries for one check and release, an empty signature.
 */
export function parseDeviations(text: string, file: string, declared: ReadonlySet<string>): Deviation[] {
  return readList(
    text,
    file,
    deviationSchema,
    (entry, index, before) => complaintsAbout(entry, index, before, declared),
    DeviationError,
  );
}

/** Reads `root`/scenarios/deviations.yaml; an empty list without the file. Throws DeviationError with every fault. */
export function loadDeviations(root: string, declared: ReadonlySet<string>): Deviation[] {
  const file = path.join(root, FILE);
  return existsSync(file) ? parseDeviations(readFileSync(file, 'utf8'), FILE, declared) : [];
}

const NO_RELEASE = { message: '"none" names no release', next: 'Name the releases, or remove the entry.' };

function complaintsAbout(
  entry: Deviation,
  index: number,
  before: readonly Deviation[],
  declared: ReadonlySet<string>,
): ValidationIssue[] {
  const complaints: ValidationIssue[] = [];
  if (!declared.has(entry.check)) {
    complaints.push({
      path: [index, 'check'],
      message: `no check is called "${entry.check}"`,
      next: didYouMean(
        entry.check,
        declared,
        '`postern list --checks` lists every check; a check that was removed needs no entry.',
      ),
    });
  }
  const fault = entry.releases === 'none' ? NO_RELEASE : rangeFault(entry.releases);
  if (fault !== null) {
    complaints.push({ path: [index, 'releases'], ...fault });
  } else if (before.some((other) => other.check === entry.check && overlap(other.releases, entry.releases))) {
    complaints.push({
      path: [index],
      message: `a second entry for "${entry.check}" on the same releases`,
      next: 'One of them would never be used: narrow the releases, or keep one.',
    });
  }
  if (Object.values(entry.signature).every((part) => part === undefined)) {
    complaints.push({
      path: [index, 'signature'],
      message: 'an empty signature matches every failure',
      next: 'Name at least one part of the failure, such as "refused".',
    });
  }
  return complaints;
}

/** The entry for a check on a version, expired or not; null if there is none. */
export function deviationFor(entries: readonly Deviation[], check: string, version: string): Deviation | null {
  return entries.find((entry) => entry.check === check && inRange(version, entry.releases)) ?? null;
}

/** Whether the last day of the entry is before `today` (YYYY-MM-DD). */
export function isExpired(entry: Deviation, today: string): boolean {
  return entry.expires < today;
}

/** The entry whose signature matches the observation of a check; null if there is none, or if it has expired on `today` (YYYY-MM-DD). */
export function knownDeviation(
  entries: readonly Deviation[],
  check: string,
  { version, today }: { version: string; today: string },
  observation: Observation,
): Deviation | null {
  const entry = deviationFor(entries, check, version);
  if (entry === null || isExpired(entry, today)) return null;
  return compare(entry.signature, observation).differences.length > 0 ? null : entry;
}

/** One line with the reason, link, owner and expiry of a deviation or an accepted weakening. */
export function describeDeviation({
  reason,
  link,
  owner,
  expires,
}: Pick<Deviation, 'reason' | 'link' | 'owner' | 'expires'>): string {
  return `${reason} (${link}, ${owner}, until ${expires})`;
}

/** A stale entry of the list: one line of text, and the exit code that it causes. */
export type DeviationProblem = { text: string; exitCode: typeof EXIT.stale };

/** Whether a check with this verdict was carried out far enough to show whether its deviation is still there. */
const SHOWS: Record<Verdict, boolean> = {
  error: false,
  fail: true,
  reproduced: true,
  'not-testable': false,
  'unexpected-pass': true,
  flaky: true,
  'known-deviation': true,
  skipped: false,
  'not-applicable': false,
  pass: true,
};

/**
 * The stale entries of the list after a run: those that have expired on `today` (YYYY-MM-DD), and those that matched nothing although their
 * check was carried out on a version of their range. An entry whose check was not carried out is stale only if it has expired.
 */
export function staleDeviations(
  entries: readonly Deviation[],
  results: readonly { id: string; version: string; verdict: Verdict }[],
  today: string,
): DeviationProblem[] {
  return entries.flatMap((entry): DeviationProblem[] => {
    const label = `deviation of ${entry.check} on ${entry.releases}`;
    if (isExpired(entry, today)) {
      const text = `${label} expired on ${entry.expires}: ask ${entry.owner}, see ${entry.link}`;
      return [{ text, exitCode: EXIT.stale }];
    }
    const shown = results.filter(
      ({ id, version, verdict }) => id === entry.check && inRange(version, entry.releases) && SHOWS[verdict],
    );
    if (shown.length === 0 || shown.some(({ verdict }) => verdict === 'known-deviation')) return [];
    const versions = [...new Set(shown.map(({ version }) => version))].join(', ');
    const text = `${label} matched nothing: no check showed its signature on ${versions}; remove it, or narrow its releases`;
    return [{ text, exitCode: EXIT.stale }];
  });
}
