import type { Answer, Cause, Observation, Outcome } from '../scenario/schema/observation.ts';

/**
 * How far a gateway let a client in: admitted, waiting for approval, refused after authentication, or refused before it. `refused` is a
 * refusal whose place in the handshake cannot be read. Any admission is more open than it; no other refusal is more or less open than it.
 */
export type AccessLevel =
  | 'admitted'
  | 'waits for approval'
  | 'refused after authentication'
  | 'refused before authentication'
  | 'refused';

/** The access levels that have an order, most open first. */
const ORDERED: readonly AccessLevel[] = [
  'admitted',
  'waits for approval',
  'refused after authentication',
  'refused before authentication',
];

/** Whether the first access level is more open than the second (1), less open (-1) or the same (0); null if they cannot be compared. */
export function compareAccessLevels(one: AccessLevel, other: AccessLevel): 1 | -1 | 0 | null {
  if (one === other) return 0;
  if (one === 'admitted') return 1;
  if (other === 'admitted') return -1;
  if (one === 'refused' || other === 'refused') return null;
  return ORDERED.indexOf(one) < ORDERED.indexOf(other) ? 1 : -1;
}

/** The access level that a gateway gave with one knock, call or request. Within `admitted`, more scopes are more access. */
export type GrantedAccess = { level: AccessLevel; scopes: readonly string[] };

/**
 * The access level of a refusal, by its cause. A gateway checks the frame, the origin and the signature first, then the shared secret, then the
 * device. null: the gateway is starting, and has decided nothing.
 */
const LEVEL_OF_CAUSE: Record<Cause, AccessLevel | null> = {
  'pairing-required': 'refused after authentication',
  'pairing-rejected': 'refused after authentication',
  'pairing-expired': 'refused after authentication',
  'device-identity-required': 'refused after authentication',
  'access-denied': 'refused after authentication',
  'profile-unavailable': 'refused after authentication',
  credentials: 'refused before authentication',
  'device-signature': 'refused before authentication',
  origin: 'refused before authentication',
  protocol: 'refused before authentication',
  'rate-limit': 'refused before authentication',
  'proxy-attribution': 'refused before authentication',
  malformed: 'refused before authentication',
  'handshake-timeout': 'refused before authentication',
  // 2026.9.6 checks the build of a client after its secret and its device.
  'client-version': 'refused after authentication',
  unstated: 'refused',
  starting: null,
};

/**
 * The access that an observation shows. A silent approval counts as `admitted` even if the gateway then refused the connection for another
 * cause. null if the gateway decided nothing (timeout, crash, unreachable, unreadable, HTTP 5xx), or if the observation is not about access.
 */
export function grantedAccessOf({ outcome, pairing, answer, http }: Observation): GrantedAccess | null {
  if (pairing === 'approved-silently' && outcome?.kind === 'refused') return { level: 'admitted', scopes: [] };
  if (outcome !== undefined) return ofOutcome(outcome, pairing === 'pending');
  if (answer !== undefined) return ofAnswer(answer);
  if (http === undefined || http.status >= 500) return null;
  return { level: http.status < 400 ? 'admitted' : 'refused before authentication', scopes: [] };
}

function ofOutcome(outcome: Outcome, isPending: boolean): GrantedAccess | null {
  switch (outcome.kind) {
    case 'admitted':
      return { level: 'admitted', scopes: outcome.scopes };
    case 'refused': {
      const level =
        outcome.cause === 'pairing-required' && isPending ? 'waits for approval' : LEVEL_OF_CAUSE[outcome.cause];
      return level === null ? null : { level, scopes: [] };
    }
    case 'timeout':
    case 'crash':
    case 'unreachable':
    case 'unreadable':
      return null;
  }
}

function ofAnswer(answer: Answer): GrantedAccess | null {
  switch (answer.kind) {
    case 'answered':
    // The step waited for the session to end, and the session stayed open.
    case 'open':
      return { level: 'admitted', scopes: [] };
    case 'denied':
    case 'closed':
      return { level: 'refused after authentication', scopes: [] };
    case 'timeout':
      return null;
  }
}
