import type { LookName } from './cell.ts';
import { type Cell, CREDENTIALS, DOORS, KINDS } from './dimensions.ts';

/**
 * Since 2026.4.7 a gateway takes a page of its Control UI for one on its owner's own machine, and pairs it without a question, where the
 * page shows the shared secret, was opened at a loopback name, and comes from a private address without a word of a proxy: so comes a
 * browser on the host of a container, through the port that the engine publishes. Read in the packages of 2026.4.5, which has no such rule,
 * 2026.4.7, 4.8, 7.1, 8.1 and 9.6 (`resolvePairingLocality`), which have. It would be false if such a page waited on one of these.
 */
export const TAKES_PAGES_FOR_LOCAL = '>=2026.4.7';

const LOOPBACK_ORIGIN: Cell['origin'] = 'origin-of-the-gateway';
const LOOPBACK_HOSTS: readonly Cell['host'][] = ['host-localhost', 'host-loopback', 'host-loopback-6'];

/** The looks of a cell that are such a page. */
export function pagesTakenForLocal(cell: Cell): LookName[] {
  if (KINDS[cell.kind].kind !== 'control-ui') return [];
  // The honest look comes through the published port, whose own name is a loopback one, unless the cell itself does.
  const elsewhere: LookName[] = DOORS[cell.door].from === 'lan' ? ['elsewhere'] : [];
  return isOneItself(cell) ? ['knock', 'replay', 'again', ...elsewhere] : elsewhere;
}

function isOneItself({ door, host, origin, credential, forwarded }: Cell): boolean {
  const { from, through } = DOORS[door];
  const isSilent = from === 'lan' || from === 'published' || through === 'bare';
  const isNamed = LOOPBACK_HOSTS.includes(host) || (host === 'own-host' && from === 'published');
  const isSecret = CREDENTIALS[credential].right;
  return isSilent && forwarded === 'no-forwarded' && isNamed && origin === LOOPBACK_ORIGIN && isSecret;
}
