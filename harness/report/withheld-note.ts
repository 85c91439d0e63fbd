import { count } from '../text/format.ts';

/** The file in the report folder for a private advisory, beside which `advisory.json` has the evidence. */
export const ADVISORY_FILE = 'private/advisory.md';

/** A sentence about what public output leaves out; empty if it leaves out nothing. */
export function describeWithheld(withheld: number): string {
  if (withheld === 0) return '';
  const what = count(withheld, 'finding or check', 'findings and checks');
  return `${what} that nobody has published left out, because a released gateway may have the weakness: see ${ADVISORY_FILE} in the report folder, and SECURITY.md.`;
}
