import { z } from 'zod';
import { EXIT } from '../exit.ts';
import { expectationSchema } from '../scenario/expectation.ts';
import { inRange } from '../scenario/range.ts';
import type { Verdict } from './verdict.ts';

const words = z.string().min(1);

/** One check that is known to fail on some releases: what is seen there, why it is let be, and until when. */
export const deviationSchema = z.strictObject({
  check: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+\/[a-z0-9.-]+$/, 'a check id: class/scenario/check'),
  versions: words.describe('The releases it is about, such as ">=2026.3.31 <=2026.7.1".'),
  signature: expectationSchema.describe('What is seen there, as precise as a symptom; anything else still fails.'),
  reason: words.describe('Why it is known and let be, in a sentence.'),
  link: z
    .string()
    .regex(/^https:\/\/\S+$|^[\w.-]+\/[\w.-]+#\d+$/, 'an https address, or owner/repository#number')
    .describe('Where it is being dealt with.'),
  owner: words.describe('Who is asked when it expires.'),
  expires: z.iso.date('a date such as 2027-03-31').describe('The last day on which it counts.'),
});
export type Deviation = z.infer<typeof deviationSchema>;

export const deviationListSchema = z.array(deviationSchema);

/** The entry for a check on a version, expired or not; null where there is none. */
export function deviationFor(entries: readonly Deviation[], check: string, version: string): Deviation | null {
  return entries.find((entry) => entry.check === check && inRange(version, entry.versions)) ?? null;
}

/** Whether the last day of the entry is over. `today` is YYYY-MM-DD. */
export function isExpired(entry: Deviation, today: string): boolean {
  return entry.expires < today;
}

/** Something wrong with the list itself, outside any check. */
export type DeviationProblem = { text: string; exitCode: typeof EXIT.stale };

/** Verdicts of checks that were carried out far enough to show whether a deviation is still there. */
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
 * What is stale about the list after a run: entries that are expired on `today` (YYYY-MM-DD), and entries that matched nothing
 * although their check was carried out on a version of their range. An entry whose check did not run is not judged.
 */
export function staleDeviations(
  entries: readonly Deviation[],
  results: readonly { id: string; version: string; verdict: Verdict }[],
  today: string,
): DeviationProblem[] {
  return entries.flatMap((entry): DeviationProblem[] => {
    const label = `deviation of ${entry.check} on ${entry.versions}`;
    if (isExpired(entry, today)) {
      const text = `${label} expired on ${entry.expires}: ask ${entry.owner}, see ${entry.link}`;
      return [{ text, exitCode: EXIT.stale }];
    }
    const shown = results.filter(
      ({ id, version, verdict }) => id === entry.check && inRange(version, entry.versions) && SHOWS[verdict],
    );
    if (shown.length === 0 || shown.some(({ verdict }) => verdict === 'known-deviation')) return [];
    const versions = [...new Set(shown.map(({ version }) => version))].join(', ');
    const text = `${label} matched nothing: its signature was not seen on ${versions}; take it out, or narrow its versions`;
    return [{ text, exitCode: EXIT.stale }];
  });
}
