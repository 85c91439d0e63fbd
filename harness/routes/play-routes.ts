import { sendRaw } from '../client/raw-request.ts';
import type { StageAccess } from '../gateway/stage/stage.ts';
import { REQUESTS_AT_ONCE, ROUTE_ANSWER_MS } from '../limits.ts';
import type { Order } from '../order.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import { routesOf } from './all-routes.ts';
import { PLACES } from './dimensions.ts';
import { faultsIn } from './faults.ts';
import type { HttpRoute } from './http-route.ts';
import { type Outcome, readOutcome } from './outcome.ts';
import type { Fault, PlayedRoute } from './played-routes.ts';
import { type RequestCell, requestId, requestsFor } from './request-cell.ts';
import { isHook, methodOf, requestOf, type Secrets } from './request-of.ts';

/** What routes are played on and with. `told` gets the number of requests that were answered since it was called last. */
export type RoutesToPlay = {
  stage: StageAccess;
  /** The release whose routes are played. */
  version: string;
  secretRegistry: SecretRegistry;
  secrets: Secrets;
  order: Order;
  told(more: number): void;
};

type Played = { route: HttpRoute; cell: RequestCell; outcome: Outcome; faults: Omit<Fault, 'request'>[] };

/** Requests to hooks with a wrong token that are sent before one with the right token: every release refuses all after 20 in a minute. */
const WRONG_HOOK_TOKENS = 10;

/** Plays every route that the release of the stage may have. Does not throw for a request that fails: its outcome says so. */
export async function playRoutes(toPlay: RoutesToPlay): Promise<PlayedRoute[]> {
  const routes = routesOf(toPlay.version);
  const all = routes.flatMap((route) => requestsFor(route).map((cell) => ({ route, cell })));
  const ordered = toPlay.order.shuffled(all);
  const [hooks, others] = [ordered.filter(({ route }) => isHook(route)), ordered.filter(({ route }) => !isHook(route))];
  const leaksIn = leakSearch(toPlay);
  const played: Played[] = [];
  const send = async (route: HttpRoute, cell: RequestCell): Promise<void> => {
    played.push(await sendOne(toPlay, leaksIn, route, cell));
    toPlay.told(1);
  };
  const left = others.values();
  const lane = async (): Promise<void> => {
    for (const { route, cell } of left) await send(route, cell);
  };
  await Promise.all([sendHooks(hooks, send, toPlay), ...Array.from({ length: REQUESTS_AT_ONCE }, lane)]);
  return routes.map((route) => playedRoute(route, played));
}

/** Sends requests to hooks one after another, and the right token often enough that the gateway never stops to answer a wrong one. */
async function sendHooks(
  requests: readonly { route: HttpRoute; cell: RequestCell }[],
  send: (route: HttpRoute, cell: RequestCell) => Promise<void>,
  { stage, secrets }: RoutesToPlay,
): Promise<void> {
  // A gateway counts for each address, which the place and the header of a proxy decide.
  const wrong = new Map<string, number>();
  for (const { route, cell } of requests) {
    const address = `${cell.place} ${cell.forwarded}`;
    const sent = wrong.get(address) ?? 0;
    if (sent >= WRONG_HOOK_TOKENS) {
      const right: RequestCell = { ...cell, credential: 'hook-token', method: 'own-method', form: 'plain-path' };
      await sendRaw({ ...stage.route(PLACES[cell.place]), ...requestOf(right, route, secrets) }, ROUTE_ANSWER_MS);
    }
    wrong.set(address, sent >= WRONG_HOOK_TOKENS ? 1 : sent + 1);
    await send(route, cell);
  }
}

async function sendOne(
  { stage, secrets }: RoutesToPlay,
  leaksIn: (text: string) => readonly string[],
  route: HttpRoute,
  cell: RequestCell,
): Promise<Played> {
  const request = requestOf(cell, route, secrets);
  const answer = await sendRaw({ ...stage.route(PLACES[cell.place]), ...request }, ROUTE_ANSWER_MS);
  return {
    route,
    cell,
    outcome: readOutcome(answer, route, methodOf(cell, route)),
    faults: faultsIn(answer, request.method, leaksIn),
  };
}

/** Finds secrets of the stage in texts; a text that was seen before, such as the page of the Control UI, is not searched again. */
function leakSearch({ secretRegistry, secrets }: RoutesToPlay): (text: string) => readonly string[] {
  const among = [secrets['shared-secret'], secrets['device-token'], secrets['hook-token']];
  const known = new Map<string, readonly string[]>();
  return (text) => {
    const leaks = known.get(text) ?? secretRegistry.leaks(text, among);
    known.set(text, leaks);
    return leaks;
  };
}

function playedRoute(route: HttpRoute, all: readonly Played[]): PlayedRoute {
  const own = new Map(all.filter((each) => each.route === route).map((each) => [requestId(each.cell), each]));
  const inOrder = requestsFor(route).flatMap((cell) => own.get(requestId(cell)) ?? []);
  return {
    id: route.id,
    outcomes: Object.fromEntries(inOrder.map(({ cell, outcome }) => [requestId(cell), outcome])),
    faults: inOrder.flatMap(({ cell, faults }) =>
      faults.map((fault): Fault => ({ ...fault, request: requestId(cell) })),
    ),
  };
}
