import type { ProbeName } from './cell.ts';
import { type Cell, CREDENTIALS, KINDS, ROUTES } from './dimensions.ts';

/**
 * Releases that take certain pages of the Control UI for local and pair them silently: a page that shows the shared secret, was opened at a
 * loopback name, and comes from a private address without headers of a proxy. A browser on the host of a container connects so, through the port
 * that the engine publishes. Source: the packages of 2026.4.7, 4.8, 7.1, 8.1 and 9.6 have this rule (`resolvePairingLocality`), and 2026.4.5 does
 * not. The statement is false if such a page waits on one of these.
 */
export const TAKES_PAGES_FOR_LOCAL = '>=2026.4.7';

const LOOPBACK_ORIGIN: Cell['origin'] = 'origin-of-the-gateway';
const LOOPBACK_HOSTS: readonly Cell['host'][] = ['host-localhost', 'host-loopback', 'host-loopback-6'];

/** The probes of a cell that are such a page. */
export function pagesTakenForLocal(cell: Cell): ProbeName[] {
  if (KINDS[cell.kind].kind !== 'control-ui') return [];
  // The probe `elsewhere` comes through the published port if the knock comes from `lan`; the own Host of that port is a loopback name.
  const elsewhere: ProbeName[] = ROUTES[cell.route].from === 'lan' ? ['elsewhere'] : [];
  return isOneItself(cell) ? ['knock', 'replay', 'again', ...elsewhere] : elsewhere;
}

function isOneItself({ route, host, origin, credential, forwarded }: Cell): boolean {
  const { from, through } = ROUTES[route];
  const isSilent = from === 'lan' || from === 'published' || through === 'bare';
  const isNamed = LOOPBACK_HOSTS.includes(host) || (host === 'own-host' && from === 'published');
  const isSecret = CREDENTIALS[credential].right;
  return isSilent && forwarded === 'no-forwarded' && isNamed && origin === LOOPBACK_ORIGIN && isSecret;
}
