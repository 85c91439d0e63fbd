import type { Line } from './clean-text.ts';
import { detect } from './detect.ts';
import { evidenceOf } from './evidence.ts';
import { extractFacts } from './extract.ts';
import type { Read } from './rank.ts';
import { reportedRelease } from './reported-release.ts';
import { sectionsOf } from './sections.ts';

/** Reads everything that a report says, from its cleaned lines. Asks nothing and nobody, and gives the same for the same lines. */
export function readLines(lines: readonly Line[]): Read {
  const statements = sectionsOf(lines);
  const facts = extractFacts(statements);
  const hits = detect(statements, facts);
  return { statements, facts, hits, evidence: evidenceOf({ statements, facts, hits }), release: reportedRelease(facts) };
}
