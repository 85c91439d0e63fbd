import type { Route } from '../gateway/proxies.ts';
import type { ProxySetup, Vantage } from '../scenario/vantage.ts';

/** The door of a knock or a request: through the documented nginx where it names none. */
export function routeOf({ from, through }: { from: Vantage; through?: ProxySetup | undefined }): Route {
  return { from, through: through ?? 'documented' };
}
