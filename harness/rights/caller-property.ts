import { z } from 'zod';
import type { Property } from '../properties/property.ts';
import { code, prose } from '../report/markdown/markdown-text.ts';
import { inRangeOrNewest } from '../scenario/releases/range.ts';
import { sayCallers } from './say-callers.ts';

/** Where what was seen breaks a property: a row, an event or a part of the state, the callers, and what was seen. */
export type Breach = { where: string; callers: readonly string[]; seen: string };

/** A property of what callers get on one gateway. */
export type CallerProperty<Seen> = Property & {
  /** Where the property is broken; empty if it holds. */
  breaches(seen: Seen): Breach[];
};

/** A breach of a property on a gateway: where, by which callers, and what was seen. */
export const callerFindingSchema = z.strictObject({
  property: z.string(),
  statement: z.string(),
  where: z.string(),
  callers: z.array(z.string()),
  seen: z.string(),
});
export type CallerFinding = z.infer<typeof callerFindingSchema>;

/** Gives the breaches of all properties that are claimed for the version; one that cannot be read, such as "dev", counts as the newest. */
export function breachesOf<Seen extends { version: string }>(
  properties: readonly CallerProperty<Seen>[],
  seen: Seen,
): CallerFinding[] {
  const { version } = seen;
  return properties
    .filter(({ releases }) => inRangeOrNewest(version, releases))
    .flatMap(({ id, statement, breaches }) =>
      breaches(seen).map((breach) => ({ property: id, statement, ...breach, callers: [...breach.callers] })),
    );
}

/** The cells of the table of findings, as Markdown: the property, where, the callers, and what was seen. */
export function findingRows(findings: readonly CallerFinding[]): string[][] {
  return findings.map(({ statement, where, callers, seen }) => [
    prose(statement),
    code(where),
    prose(sayCallers(callers)),
    prose(seen),
  ]);
}
