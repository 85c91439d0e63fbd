import type { Answer, Cause, Observation, Outcome } from '../scenario/observation.ts';

/** How far somebody was let in, most open first. Within the first, more scopes are further in. */
export const DEGREES = [
  'let in',
  'waits for approval',
  'turned away after authentication',
  'turned away before it',
] as const;
export type Degree = (typeof DEGREES)[number];

/** How far a gateway let somebody in with one knock, call or request. */
export type Openness = { degree: Degree; scopes: readonly string[] };

/**
 * Where in the handshake a refusal for this cause stands. Gateways look at the frame, the origin and the signature first, then at the
 * shared secret, then at the device. null: the gateway has decided nothing, or nobody can read what.
 */
const DEGREE_OF_CAUSE: Record<Cause, Degree | null> = {
  'pairing-required': 'turned away after authentication',
  'device-identity-required': 'turned away after authentication',
  credentials: 'turned away before it',
  'device-signature': 'turned away before it',
  origin: 'turned away before it',
  protocol: 'turned away before it',
  'rate-limit': 'turned away before it',
  'proxy-attribution': 'turned away before it',
  malformed: 'turned away before it',
  'handshake-timeout': 'turned away before it',
  starting: null,
  unstated: null,
};

/**
 * How far somebody was let in by what was seen. A silent approval is open even where the connection was then refused for something
 * else. null where nothing was decided (timeout, crash, unreachable), or where what was seen is not about being let in.
 */
export function opennessOf({ outcome, pairing, answer, http }: Observation): Openness | null {
  if (pairing === 'approved-silently' && outcome?.kind === 'refused') return { degree: 'let in', scopes: [] };
  if (outcome !== undefined) return ofOutcome(outcome, pairing === 'pending');
  if (answer !== undefined) return ofAnswer(answer);
  if (http === undefined || http.status >= 500) return null;
  return { degree: http.status < 400 ? 'let in' : 'turned away before it', scopes: [] };
}

function ofOutcome(outcome: Outcome, isPending: boolean): Openness | null {
  switch (outcome.kind) {
    case 'admitted':
      return { degree: 'let in', scopes: outcome.scopes };
    case 'refused': {
      const degree =
        outcome.cause === 'pairing-required' && isPending ? 'waits for approval' : DEGREE_OF_CAUSE[outcome.cause];
      return degree === null ? null : { degree, scopes: [] };
    }
    case 'timeout':
    case 'crash':
    case 'unreachable':
    case 'unreadable':
      return null;
  }
}

function ofAnswer(answer: Answer): Openness | null {
  switch (answer.kind) {
    case 'answered':
    // A session that was to end and did not.
    case 'open':
      return { degree: 'let in', scopes: [] };
    case 'denied':
    case 'closed':
      return { degree: 'turned away after authentication', scopes: [] };
    case 'timeout':
      return null;
  }
}
