import type { Property } from '../properties/property.ts';
import { inRange } from '../scenario/releases/range.ts';
import type { Cause, Observation } from '../scenario/schema/observation.ts';
import type { ProbeName } from './cell.ts';
import type { Cell } from './dimensions.ts';

/** The observation of each probe of a cell. */
export type Seen = Record<ProbeName, Observation>;

/** A property of every knock of the cells that it applies to. */
export type KnockProperty = Property & {
  /** Set if the property is about the log; a probe whose log was not read whole then proves nothing. */
  needsLog?: true;
  /** Whether the property says anything about this cell. */
  appliesTo(cell: Cell): boolean;
  /** The cause for which the gateway should have refused the client of a violation; null if the violation is not an admission. */
  instead: Exclude<Cause, 'unstated'> | null;
  /** Probes that the property does not apply to on some releases, which behave otherwise by design. */
  except?: { range: string; because: string; looks(cell: Cell): ProbeName[] };
  /** The probes of a cell that violate the property, by their observations. */
  broken(seen: Seen, cell: Cell): ProbeName[];
};

/** The statement of a property together with its exception, as reports and `postern explain` show it. */
export function describeProperty({ statement, except }: KnockProperty): string {
  return except === undefined ? statement : `${statement} Except on ${except.range}: ${except.because}`;
}

/** The property as it applies to a release: excepted probes do not violate it there. */
export function propertyOn(property: KnockProperty, version: string): KnockProperty {
  const { except } = property;
  if (except === undefined || !inRange(version, except.range)) return property;
  return {
    ...property,
    broken: (seen, cell) => property.broken(seen, cell).filter((look) => !except.looks(cell).includes(look)),
  };
}
