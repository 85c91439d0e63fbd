import type { Line } from './clean-text.ts';
import { detect } from './detect.ts';
import { extractFacts } from './extract.ts';
import type { Read } from './rank.ts';
import { reportedRelease } from './reported-release.ts';
import { sectionsOf } from './sections.ts';

/** Reads everything that a report says, from its cleaned lines. Asks nothing and nobody, and gives the same for the same lines. */
export function readLines(lines: readonly Line[]): Read {
  const statements = sectionsOf(lines);
  const facts = extractFacts(statements);
  return { statements, facts, hits: detect(statements, facts), release: reportedRelease(facts) };
}
