import type { Property } from '../properties/property.ts';
import type { Matrix } from './matrix.ts';

/** Where a matrix breaks a property: a row or a part of the state, the callers, and what was seen. */
export type Breach = { where: string; callers: readonly string[]; seen: string };

/** A property of who may call what on one gateway. */
export type RightsProperty = Property & {
  /** Where the matrix breaks the property; empty if it holds. */
  breaches(matrix: Matrix): Breach[];
};
