import type { Line } from './clean-text.ts';
import { detect, type Hits } from './detect.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { extractFacts } from './extract.ts';
import type { Fact } from './facts.ts';
import { type ReportedRelease, reportedRelease } from './reported-release.ts';
import { sectionsOf } from './sections.ts';
import type { Statement } from './statement.ts';

/** What was read of a report. */
export type Read = {
  statements: readonly Statement[];
  facts: readonly Fact[];
  hits: Hits;
  evidence: readonly Evidence[];
  release: ReportedRelease;
};

/** Reads everything that a report says, from its cleaned lines. Asks nothing and nobody, and gives the same for the same lines. */
export function readLines(lines: readonly Line[]): Read {
  const statements = sectionsOf(lines);
  const facts = extractFacts(statements);
  const hits = detect(statements, facts);
  const evidence = evidenceOf({ statements, facts, hits });
  return { statements, facts, hits, evidence, release: reportedRelease(facts) };
}
