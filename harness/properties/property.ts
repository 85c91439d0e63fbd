import type { Sources } from './documentation.ts';

/** A sentence about access, and where a reviewer can verify it. */
export type Statement = {
  statement: string;
  /** Reports, advisories or pages of the documentation. */
  sources: Sources;
};

/**
 * A statement that must hold, as one engine checks it: the decision table on every knock, or the search on every sequence of operations. Each
 * engine adds how it decides.
 */
export type Property = Statement & {
  /** Never changes: reports, deviations and mutants name it. */
  id: string;
  /** The releases that the property is claimed for, as a range. */
  releases: string;
};

/** Every release that Postern knows. */
export const EVERY_RELEASE = '>=2026.2.17';
