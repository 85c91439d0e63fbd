import type { Answer, Cause, Observation, Outcome } from '../scenario/observation.ts';

/**
 * How far somebody was let in. `turned away` is a refusal of which nobody can read where in the handshake it stands: any admission is more
 * open than it, and it is neither more nor less open than another refusal.
 */
export type AccessLevel =
  | 'let in'
  | 'waits for approval'
  | 'turned away after authentication'
  | 'turned away before it'
  | 'turned away';

/** The degrees that stand in an order, most open first. */
const ORDERED: readonly AccessLevel[] = [
  'let in',
  'waits for approval',
  'turned away after authentication',
  'turned away before it',
];

/** Whether the first degree is more open than the second (1), less (-1), the same (0), or neither (null). */
export function compareAccessLevels(one: AccessLevel, other: AccessLevel): 1 | -1 | 0 | null {
  if (one === other) return 0;
  if (one === 'let in') return 1;
  if (other === 'let in') return -1;
  if (one === 'turned away' || other === 'turned away') return null;
  return ORDERED.indexOf(one) < ORDERED.indexOf(other) ? 1 : -1;
}

/** How far a gateway let somebody in with one knock, call or request. Within `let in`, more scopes are further in. */
export type GrantedAccess = { level: AccessLevel; scopes: readonly string[] };

/**
 * Where in the handshake a refusal for this cause stands. Gateways look at the frame, the origin and the signature first, then at the
 * shared secret, then at the device. null: the gateway is starting, and has decided nothing.
 */
const DEGREE_OF_CAUSE: Record<Cause, AccessLevel | null> = {
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
  // 2026.9.6 looks at the build of a client after it has looked at its secret and its device.
  'client-version': 'turned away after authentication',
  unstated: 'turned away',
  starting: null,
};

/**
 * How far somebody was let in by what was seen. A silent approval is open even where the connection was then refused for something
 * else. null where nothing was decided (timeout, crash, unreachable), or where what was seen is not about being let in.
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
        outcome.cause === 'pairing-required' && isPending ? 'waits for approval' : DEGREE_OF_CAUSE[outcome.cause];
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
    // A session that was to end and did not.
    case 'open':
      return { level: 'let in', scopes: [] };
    case 'denied':
    case 'closed':
      return { level: 'turned away after authentication', scopes: [] };
    case 'timeout':
      return null;
  }
}
