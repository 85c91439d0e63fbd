import { count } from '../text/format.ts';

/** The lines about findings for a terminal, with a line for each. */
export function findingLines(findings: readonly string[], withheld: number): string[] {
  const left = withheld === 0 ? [] : [`${count(withheld, 'finding')} left out, because others may read this output`];
  if (findings.length === 0) return ['', withheld === 0 ? 'Every property holds.' : 'No other finding.', ...left];
  return ['', `${count(findings.length, 'finding')}:`, ...findings.map((finding) => `  ${finding}`), ...left];
}

/** The lines about a comparison for a terminal, with one or more lines for each difference. */
export function differenceLines(
  { base, head }: { base: string; head: string },
  differences: readonly (readonly string[])[],
): string[] {
  const how = differences.length === 0 ? 'no difference' : count(differences.length, 'difference');
  return ['', `${base} → ${head}: ${how}`, ...differences.flat()];
}
