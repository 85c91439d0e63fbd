import type { Answer, Cause, Observation, Outcome } from '../scenario/observation.ts';

/**
 * How far a gateway let a client in: admitted, waiting for approval, refused after authentication, or refused before it. `turned away` is a
 * refusal whose place in the handshake cannot be read. Any admission is more open than it; no other refusal is more or less open than it.
 */
export type AccessLevel =
  | 'let in'
  | 'waits for approval'
  | 'turned away after authentication'
  | 'turned away before it'
  | 'turned away';

/** The access levels that have an order, most open first. */
const ORDERED: readonly AccessLevel[] = [
  'let in',
  'waits for approval',
  'turned away after authentication',
  'turned away before it',
];

/** Whether the first access level is more open than the second (1), less open (-1) or the same (0); null if they cannot be compared. */
export function compareAccessLevels(one: AccessLevel, other: AccessLevel): 1 | -1 | 0 | null {
  if (one === other) return 0;
  if (one === 'let in') return 1;
  if (other === 'let in') return -1;
  if (one === 'turned away' || other === 'turned away') return null;
  return ORDERED.indexOf(one) < ORDERED.indexOf(other) ? 1 : -1;
}

/** The access level that a gateway gave with one knock, call or request. Within `let in`, more scopes are more access. */
export type GrantedAccess = { level: AccessLevel; scopes: readonly string[] };

/**
 * The access level of a refusal, by its cause. A gateway checks the frame, the origin and the signature first, then the shared secret, then the
 * device. null: the gateway is starting, and has decided nothing.
 */
const LEVEL_OF_CAUSE: Record<Cause, AccessLevel | null> = {
  'pairing-required': 'turned away after authentication',
  'pairing-rejected': 'turned away after authentication',
  'pairing-expired': 'turned away after authentication',
  'device-identity-required': 'turned away after authentication',
  'access-denied': 'turned away after authentication',
  'profile-unavailable': 'turned away after authentication',
  credentials: 'turned away before it',
  'device-signature': 'turned away before it',
  origin: 'turned away before it',
  protocol: 'turned away before it',
  'rate-limit': 'turned away before it',
  'proxy-attribution': 'turned away before it',
  malformed: 'turned away before it',
  'handshake-timeout': 'turned away before it',
  // 2026.9.6 checks the build of a client after its secret and its device.
  'client-version': 'turned away after authentication',
  unstated: 'turned away',
  starting: null,
};

/**
 * The access that an observation shows. A silent approval counts as `let in` even if the gateway then refused the connection for another
 * cause. null if the gateway decided nothing (timeout, crash, unreachable, unreadable, HTTP 5xx), or if the observation is not about access.
 */
export function grantedAccessOf({ outcome, pairing, answer, http }: Observation): GrantedAccess | null {
  if (pairing === 'approved-silently' && outcome?.kind === 'refused') return { level: 'let in', scopes: [] };
  if (outcome !== undefined) return ofOutcome(outcome, pairing === 'pending');
  if (answer !== undefined) return ofAnswer(answer);
  if (http === undefined || http.status >= 500) return null;
  return { level: http.status < 400 ? 'let in' : 'turned away before it', scopes: [] };
}

function ofOutcome(outcome: Outcome, isPending: boolean): GrantedAccess | null {
  switch (outcome.kind) {
    case 'admitted':
      return { level: 'let in', scopes: outcome.scopes };
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
      return { level: 'let in', scopes: [] };
    case 'denied':
    case 'closed':
      return { level: 'turned away after authentication', scopes: [] };
    case 'timeout':
      return null;
  }
}
