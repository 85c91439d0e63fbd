import type { Property } from '../properties/property.ts';
import type { HeardEvents } from './heard-events.ts';

/** Where events break a property: the event, the callers that got it, and what was seen. */
export type Breach = { where: string; callers: readonly string[]; seen: string };

/** A property of which events reach which callers of one gateway. */
export type EventProperty = Property & {
  /** Where the events break the property; empty if it holds. */
  breaches(heard: HeardEvents): Breach[];
};
