import { createRequire } from 'node:module';
import type { Credential, Form, Forwarded, Host, Method, Origin, Place } from './dimensions.ts';
import { CREDENTIALS, FORMS, FORWARDED, HOSTS, METHODS, ORIGINS, PLACES } from './dimensions.ts';
import type { HttpRoute } from './http-route.ts';

// `require`, because the package is bundled so that neither Node nor Vitest finds its names by `import`.
const covertable: typeof import('covertable') = createRequire(import.meta.url)('covertable');

/** One request to a route: a value for each dimension. */
export type RequestCell = {
  credential: Credential;
  place: Place;
  method: Method;
  form: Form;
  host: Host;
  origin: Origin;
  forwarded: Forwarded;
};

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>): K[] => {
  const isKey = (name: string): name is K => Object.hasOwn(table, name);
  return Object.keys(table).filter(isKey);
};

/** The values of each dimension. */
export const VALUES: { readonly [D in keyof RequestCell]: readonly RequestCell[D][] } = {
  credential: keysOf(CREDENTIALS),
  place: keysOf(PLACES),
  method: METHODS,
  form: FORMS,
  host: keysOf(HOSTS),
  origin: ORIGINS,
  forwarded: keysOf(FORWARDED),
};

/** The request of a remote client that shows nothing and sends what the route takes. */
export const PLAIN_REQUEST: RequestCell = {
  credential: 'no-credential',
  place: 'from-lan',
  method: 'own-method',
  form: 'plain-path',
  host: 'own-host',
  origin: 'no-origin',
  forwarded: 'not-forwarded',
};

const valuesIn = ({ credential, place, method, form, host, origin, forwarded }: RequestCell): string[] => [
  credential,
  place,
  method,
  form,
  host,
  origin,
  forwarded,
];

const PLAIN_VALUES: ReadonlySet<string> = new Set(valuesIn(PLAIN_REQUEST));

/** The name of a cell: its credential and place, and each value of the others that is not the plain one. */
export function requestId(cell: RequestCell): string {
  const others = valuesIn(cell).slice(2);
  return [cell.credential, cell.place, ...others.filter((value) => !PLAIN_VALUES.has(value))].join(' ');
}

/** Whether two cells differ in nothing but the named dimensions. */
export function sameBut(one: RequestCell, other: RequestCell, dimensions: readonly (keyof RequestCell)[]): boolean {
  const same = (name: keyof RequestCell): boolean => dimensions.includes(name) || one[name] === other[name];
  return (
    same('credential') &&
    same('place') &&
    same('method') &&
    same('form') &&
    same('host') &&
    same('origin') &&
    same('forwarded')
  );
}

/**
 * Each credential from each place with plain other values; each other value alone without a credential from another machine, and each form of
 * the path from the gateway's own machine too.
 */
function edges(): RequestCell[] {
  const shown = VALUES.credential.flatMap((credential) =>
    VALUES.place.map((place): RequestCell => ({ ...PLAIN_REQUEST, credential, place })),
  );
  return [
    ...shown,
    ...VALUES.method.map((method): RequestCell => ({ ...PLAIN_REQUEST, method })),
    ...VALUES.form.flatMap((form) =>
      (['from-lan', 'from-loopback'] as const).map((place): RequestCell => ({ ...PLAIN_REQUEST, form, place })),
    ),
    ...VALUES.host.map((host): RequestCell => ({ ...PLAIN_REQUEST, host })),
    ...VALUES.origin.map((origin): RequestCell => ({ ...PLAIN_REQUEST, origin })),
    ...VALUES.forwarded.map((forwarded): RequestCell => ({ ...PLAIN_REQUEST, forwarded })),
  ];
}

const once = (cells: readonly RequestCell[]): RequestCell[] => [
  ...new Map(cells.map((cell) => [requestId(cell), cell])).values(),
];

/** A covering array: every pair of values occurs in a cell. The order of the dimensions decides it. */
function pairs(): RequestCell[] {
  const factors = Object.fromEntries(Object.entries(VALUES).map(([name, values]) => [name, [...values]]));
  const made: Partial<RequestCell>[] = covertable.make(factors, { length: 2, criterion: covertable.criteria.simple });
  return made.map((cell) => ({ ...PLAIN_REQUEST, ...cell }));
}

/** Both lists of requests, made once: a covering array takes a tenth of a second. */
const PUBLIC_REQUESTS: readonly RequestCell[] = once(edges());
const GUARDED_REQUESTS: readonly RequestCell[] = once([...edges(), ...pairs()]);

/**
 * The requests that a route gets, each once and always in the same order: the edges, and for a route that some credentials open and others do
 * not a covering array of all pairs of values.
 */
export function requestsFor({ opensTo }: Pick<HttpRoute, 'opensTo'>): readonly RequestCell[] {
  const isPublic = opensTo.length === 0 || opensTo.length === VALUES.credential.length;
  return isPublic ? PUBLIC_REQUESTS : GUARDED_REQUESTS;
}
