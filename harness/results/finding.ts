import type { ObservationChange } from './comparison.ts';

/** A part of a condition: the dimension has one of these values (`in`), or none of them (`not-in`). */
export type Term = { dimension: string; is: 'in' | 'not-in'; values: readonly string[] };

/** Any of these conjunctions; a conjunction without terms is always true, and a condition without conjunctions is never true. */
export type Condition = readonly (readonly Term[])[];

/**
 * What a change means for users and for the boundary, worst first. `remote-…`: a remote client gets more. `remote-nearer`: it gets further, and
 * not in. `unlogged`: the head no longer logs it. `undecided`: one of the two gateways gave no decision. `accepted`: an entry of
 * scenarios/accepted.yaml accepts it. `other`: the answers differ, and nobody gets more or less.
 */
export const HARMS = [
  'remote-admin',
  'remote-admission',
  'remote-secret',
  'remote-scopes',
  'remote-nearer',
  'unlogged',
  'local-gain',
  'undecided',
  'local-loss',
  'accepted',
  'remote-loss',
  'other',
] as const;
export type Harm = (typeof HARMS)[number];

/** What a gateway did, in words, and how many observations of a finding show it. */
export type CountedAnswer = { answer: string; count: number };

/** A property of the decision table that cells of a finding violate on one gateway and not on the other. */
export type BrokenProperty = { id: string; statement: string; sources: string; cells: number };

/**
 * What one change of the gateway explains: changes of one kind that the smallest condition over the dimensions of the decision table covers, or, without
 * a cell, those of one kind in scenarios, and what the same change means for other clients.
 */
export type Finding = {
  /** The id of the example. Each change is in one finding, so no other finding has it. */
  id: string;
  harm: Harm;
  local: boolean;
  before: readonly CountedAnswer[];
  after: readonly CountedAnswer[];
  /** What the cells have in common that changed; null if no cell did. */
  condition: Condition | null;
  /** Ids of probes that the condition covers and that did not change, although the base gave them the same answer. */
  exceptions: readonly string[];
  /** The change with the fewest values that are not plain; of a finding without cells, the first. */
  example: ObservationChange;
  /** The changes, one for each cell or check, the plainest first. */
  changes: readonly ObservationChange[];
  /** Changes that follow from these: later probes of the same cells, and later checks of the same clients. */
  consequences: readonly ObservationChange[];
  /** Properties that only the head violates in these cells. */
  broken: readonly BrokenProperty[];
  /** Properties that only the base violates in these cells. */
  mended: readonly BrokenProperty[];
  /** Ids of scenarios that show it. */
  scenarios: readonly string[];
  /** Ids of checks that hold on the base and not on the head. */
  regressed: readonly string[];
  /** Earlier releases on which one of these checks failed in the same way, from results/published/. */
  releases: readonly string[];
  /** What the same change of the gateway means for other clients, worst first: findings with no others of their own. */
  also: readonly Finding[];
};

/** Every finding, each followed by those of the same cause. */
export function everyFinding(findings: readonly Finding[]): Finding[] {
  return findings.flatMap((finding) => [finding, ...finding.also]);
}
