import { EVENT_GUARDS } from '../events/event-guards.ts';
import { EVENT_PROPERTIES } from '../events/properties.ts';
import { TABLE_PROPERTIES } from '../pairwise/properties.ts';
import type { Quotation, Source } from '../properties/documentation.ts';
import { OPEN_METHODS } from '../rights/expected.ts';
import { PARAMETER_ROWS } from '../rights/parameter-rows.ts';
import { RIGHTS_PROPERTIES } from '../rights/properties.ts';
import { ALL_ROUTES } from '../routes/all-routes.ts';
import { ROUTE_PROPERTIES } from '../routes/properties.ts';
import { SETTINGS, UNSAFE_VALUES } from '../settings/all-settings.ts';
import { SETTING_PROPERTIES } from '../settings/properties.ts';
import { SEQUENCE_PROPERTIES } from '../stateful/properties.ts';

const properties = [
  ...TABLE_PROPERTIES,
  ...SEQUENCE_PROPERTIES,
  ...RIGHTS_PROPERTIES,
  ...ROUTE_PROPERTIES,
  ...EVENT_PROPERTIES,
  ...SETTING_PROPERTIES,
];
const sources: readonly Source[] = [
  ...properties.flatMap((property) => property.sources),
  ...[...PARAMETER_ROWS, ...Object.values(OPEN_METHODS)].map(({ source }) => source),
  ...EVENT_GUARDS.flatMap((guard) => guard.sources),
  ...[...SETTINGS.flatMap(({ values }) => values), ...UNSAFE_VALUES].map(({ source }) => source),
  ...ALL_ROUTES.flatMap(({ source }) => ('quote' in source ? [source] : [])),
];

/** Every sentence of the gateway's documentation that a property, a call of the rights matrix, a route, an event or a setting rests on. */
export const QUOTATIONS: readonly Quotation[] = sources.filter((source) => typeof source !== 'string');
