import type { Property } from '../properties/property.ts';
import type { HttpRoute } from './http-route.ts';
import type { PlayedRoute } from './played-routes.ts';

/** Where a route breaks a property: the requests by id, and what was seen. */
export type Breach = { requests: readonly string[]; seen: string };

/** A property of the routes of one gateway. */
export type RouteProperty = Property & {
  /** Where a route breaks the property; empty if it holds. */
  breaches(route: HttpRoute, played: PlayedRoute): Breach[];
};
