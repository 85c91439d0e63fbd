import type { Route } from '../gateway/network/proxies.ts';
import type { ProxySetup, Vantage } from '../scenario/schema/vantage.ts';

/** Gives the route of a knock or an HTTP request. Without `through`, a proxy is the documented nginx. */
export function routeOf({ from, through }: { from: Vantage; through?: ProxySetup | undefined }): Route {
  return { from, through: through ?? 'documented' };
}
