import { inRangeOrNewest } from '../scenario/releases/range.ts';
import { API_ROUTES } from './api-routes.ts';
import { CORE_ROUTES } from './core-routes.ts';
import type { HttpRoute } from './http-route.ts';
import { PANEL_ROUTES } from './panel-routes.ts';
import { PLUGIN_ROUTES } from './plugin-routes.ts';
import { SHOWN_ROUTES } from './shown-routes.ts';

/** Every route that was written down, for all releases. */
export const ALL_ROUTES: readonly HttpRoute[] = [
  ...API_ROUTES,
  ...CORE_ROUTES,
  ...PANEL_ROUTES,
  ...PLUGIN_ROUTES,
  ...SHOWN_ROUTES,
];

/** The routes that a release may have. A version that cannot be read, such as "dev", counts as the newest. */
export function routesOf(version: string): HttpRoute[] {
  return ALL_ROUTES.filter(({ releases }) => inRangeOrNewest(version, releases));
}
