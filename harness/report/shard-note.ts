import type { Report } from '../results/report.ts';

/** The sentence about the part of a run that a report is about; null for a whole run. */
export function describeShard({ shard }: Report['run']): string | null {
  if (shard === undefined) return null;
  const { index, of } = shard;
  return `This is shard ${index} of ${of}: it says nothing about what the others play. \`postern merge\` makes the report of the whole run.`;
}
