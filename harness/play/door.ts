import type { Door } from '../gateway/proxies.ts';
import type { ProxySetup, Vantage } from '../scenario/vantage.ts';

/** The door of a knock or a request: through the documented nginx where it names none. */
export function doorOf({ from, through }: { from: Vantage; through?: ProxySetup | undefined }): Door {
  return { from, through: through ?? 'documented' };
}
