import type { Mechanism } from '../mechanism.ts';
import { ADVISORIES } from './advisories.ts';
import { BOOTSTRAP } from './bootstrap.ts';
import { CONTAINER_HOME } from './container-home.ts';
import { ELSEWHERE_MECHANISMS } from './elsewhere.ts';
import { HOST_HEADER } from './host-header.ts';
import { IDENTITY } from './identity.ts';
import { PROXY_HEADERS } from './proxy-headers.ts';
import { RACES } from './races.ts';
import { STALE_SCOPES } from './stale-scopes.ts';

/** Every mechanism that reports can be about, by id. */
export const MECHANISMS = {
  ...STALE_SCOPES,
  ...BOOTSTRAP,
  ...PROXY_HEADERS,
  ...HOST_HEADER,
  ...CONTAINER_HOME,
  ...IDENTITY,
  ...RACES,
  ...ADVISORIES,
  ...ELSEWHERE_MECHANISMS,
} as const satisfies Record<string, Mechanism>;

export type MechanismId = keyof typeof MECHANISMS;
export const MECHANISM_IDS = Object.keys(MECHANISMS).filter((id): id is MechanismId => id in MECHANISMS);

/** The entry of a mechanism, with its optional parts. */
export function mechanismOf(id: MechanismId): Mechanism {
  return MECHANISMS[id];
}
