import { extractAudit } from './extract-audit.ts';
import { extractRefusals } from './extract-refusals.ts';
import { extractReleases } from './extract-releases.ts';
import { extractSetup } from './extract-setup.ts';
import { extractWorkarounds } from './extract-workarounds.ts';
import type { Fact } from './facts.ts';
import { extractSettings } from './settings.ts';
import type { Statement } from './statement.ts';

/** The most facts of one kind that are kept, so that a log of a whole day stays readable. The first ones are kept. */
const MOST_OF_A_KIND = 40;

/** Every fact of a report, each once for each source, in the order of the lines. */
export function extractFacts(statements: readonly Statement[]): Fact[] {
  const found: Fact[] = [
    ...extractReleases(statements),
    ...extractRefusals(statements),
    ...extractAudit(statements),
    ...extractSettings(statements),
    ...extractSetup(statements),
    ...extractWorkarounds(statements),
  ];
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  return found
    .filter((fact) => {
      const { line: _, ...rest } = fact;
      const key = JSON.stringify(rest);
      const count = counts.get(fact.kind) ?? 0;
      if (seen.has(key) || count >= MOST_OF_A_KIND) return false;
      seen.add(key);
      counts.set(fact.kind, count + 1);
      return true;
    })
    .toSorted((a, b) => a.line - b.line);
}
