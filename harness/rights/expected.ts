import { quoted, type Source } from '../properties/documentation.ts';
import { withImplied } from '../scenario/schema/scopes.ts';
import type { CallerState, Row } from './matrix.ts';

/** A method that more callers may call than its scope says, and where the release says so. */
type Open = { to: 'anyone' | 'operators'; source: Source };

const OWN_UPGRADE = quoted(
  'docs/gateway/operator-scopes.md',
  'A connected limited Control UI can file that same pending request',
  'The page describes the button. The package names the two methods behind it.',
);

/** Methods that are open on purpose. */
export const OPEN_METHODS: Readonly<Record<string, Open>> = {
  health: {
    to: 'anyone',
    source: quoted(
      'docs/gateway/protocol/rpc-system-and-channels.md',
      '`health` returns the cached or freshly probed gateway health snapshot.',
      'The page does not say who may call it. Every release answers it before it checks role and scope.',
    ),
  },
  'device.scopes.requestUpgrade': { to: 'operators', source: OWN_UPGRADE },
  'device.scopes.waitUpgrade': { to: 'operators', source: OWN_UPGRADE },
};

/**
 * Whether an admitted caller may make a call by what the release declares: `may`, `may-not`, or `unstated` if the declaration leaves it to
 * parameters or is missing.
 */
export function expectedOf(
  { role, holds }: Pick<Extract<CallerState, { kind: 'admitted' }>, 'role' | 'holds'>,
  { method, declared, needs }: Pick<Row, 'method' | 'declared' | 'needs'>,
): 'may' | 'may-not' | 'unstated' {
  const open = Object.hasOwn(OPEN_METHODS, method) ? OPEN_METHODS[method] : undefined;
  if (open?.to === 'anyone' || (open?.to === 'operators' && role === 'operator')) return 'may';
  if (role === 'node') {
    if (declared === 'node') return 'may';
    return declared === null ? 'unstated' : 'may-not';
  }
  if (declared === 'node') return 'may-not';
  if (needs === null) return 'unstated';
  const held = withImplied(holds);
  return needs.every((scope) => held.includes(scope)) ? 'may' : 'may-not';
}
