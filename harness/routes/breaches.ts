import type { Credential } from './dimensions.ts';
import type { HttpRoute } from './http-route.ts';
import { type Outcome, provenBy } from './outcome.ts';
import type { Fault, PlayedRoute } from './played-routes.ts';
import { PLAIN_REQUEST, type RequestCell, requestId, requestsFor, sameBut } from './request-cell.ts';
import type { Breach } from './route-property.ts';

/** Which requests a property is about. */
type Which = (cell: RequestCell) => boolean;

/** One breach for each outcome of the requests that satisfy `isBreach`. */
function breachesWhere(
  route: HttpRoute,
  played: PlayedRoute,
  isBreach: (cell: RequestCell, outcome: Outcome) => boolean,
): Breach[] {
  const seen = requestsFor(route).flatMap((cell) => {
    const outcome = played.outcomes[requestId(cell)];
    return outcome !== undefined && isBreach(cell, outcome) ? [{ request: requestId(cell), outcome }] : [];
  });
  const groups = Map.groupBy(seen, ({ outcome }) => outcome);
  return [...groups].map(([outcome, of]) => ({ requests: of.map(({ request }) => request), seen: outcome }));
}

function isOpen(played: PlayedRoute, cell: RequestCell): boolean {
  const outcome = played.outcomes[requestId(cell)];
  return outcome !== undefined && provenBy(outcome) === 'open';
}

/** Whether the request opens the route with a credential that is not promised to. */
const opensUnpromised = ({ opensTo }: HttpRoute, { credential }: RequestCell, outcome: Outcome): boolean =>
  !opensTo.includes(credential) && provenBy(outcome) === 'open';

/** The same request in the plain way: same credential, same place. Every route gets it. */
const plainOf = ({ credential, place }: RequestCell): RequestCell => ({ ...PLAIN_REQUEST, credential, place });

const isPlain = (cell: RequestCell): boolean => sameBut(cell, PLAIN_REQUEST, ['credential', 'place']);

/** Requests that open a route in the plain way, with a credential that is not promised to. */
export const opensPlainly = (route: HttpRoute, played: PlayedRoute, which: Which): Breach[] =>
  breachesWhere(
    route,
    played,
    (cell, outcome) => isPlain(cell) && which(cell) && opensUnpromised(route, cell, outcome),
  );

/** Requests that open a route with a credential that is not promised to, while the plain way does not. */
export const opensOtherwise = (route: HttpRoute, played: PlayedRoute, which: Which): Breach[] =>
  breachesWhere(
    route,
    played,
    (cell, outcome) => which(cell) && opensUnpromised(route, cell, outcome) && !isOpen(played, plainOf(cell)),
  );

/** Requests that open a route from the gateway's own machine and not from another one, with a credential that is not promised to. */
export const opensOnlyLocally = (route: HttpRoute, played: PlayedRoute): Breach[] =>
  breachesWhere(route, played, (cell, outcome) => {
    const remote: RequestCell = { ...cell, place: 'from-lan' };
    const isCompared = cell.place === 'from-loopback' && played.outcomes[requestId(remote)] !== undefined;
    return isCompared && opensUnpromised(route, cell, outcome) && !isOpen(played, remote);
  });

/** Credentials that open some routes of some releases, without a promise of the documents. */
const UNDOCUMENTED: ReadonlySet<Credential> = new Set(['device-token', 'secret-in-query']);

/** Requests in the plain way that are denied although the documents promise that their credential opens the route. */
export const deniesPromised = (route: HttpRoute, played: PlayedRoute): Breach[] =>
  breachesWhere(
    route,
    played,
    (cell, outcome) =>
      isPlain(cell) &&
      route.opensTo.includes(cell.credential) &&
      (route.opensTo.includes('no-credential') || !UNDOCUMENTED.has(cell.credential)) &&
      (outcome === 'denied-401' || outcome === 'denied-403'),
  );

/** The faults of one kind, one breach for each thing that was seen. */
export function faultsOf({ faults }: PlayedRoute, kind: Fault['kind']): Breach[] {
  const groups = Map.groupBy(
    faults.filter((fault) => fault.kind === kind),
    ({ what }) => what,
  );
  return [...groups].map(([what, of]) => ({ requests: of.map(({ request }) => request), seen: what }));
}
