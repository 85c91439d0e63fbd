import type { ClaimsDeclaration } from '../schema/claims.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { Step } from '../schema/step.ts';
import { clientOf, everyStepOf } from './checks.ts';

/** The credentials of a local client: the shared secret, or its own device token. */
const LOCAL_CREDENTIALS: readonly NonNullable<ClaimsDeclaration['credential']>[] = [
  'token',
  'password',
  'device-token',
];

/** Whether a client with these connect params presents a right secret and proves the key of its own device. */
function provesItself({ credential, identity, deviceOf, signature, clockSkewSeconds }: ClaimsDeclaration): boolean {
  return (
    LOCAL_CREDENTIALS.includes(credential ?? 'token') &&
    identity !== 'none' &&
    deviceOf === undefined &&
    (signature ?? 'good') === 'good' &&
    (clockSkewSeconds ?? 0) === 0
  );
}

/** Whether a step connects as a local client: from loopback, with a right secret, a proof of its key and no changed header. */
function isLocalAttempt(step: Step, { clients }: Scenario): boolean {
  switch (step.kind) {
    case 'knock': {
      const { as, from, headers, claims } = step.body;
      return from === 'loopback' && headers === undefined && provesItself({ ...clients[as], ...claims });
    }
    case 'browser': {
      const { as, from, page } = step.body;
      return from === 'loopback' && page === 'control-ui' && provesItself(clients[as] ?? {});
    }
    case 'http':
      return step.body.from === 'loopback' && step.body.headers === undefined && step.body.token === true;
    default:
      return false;
  }
}

/** Every step, with the steps in `together` steps. */
function flat(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => (step.kind === 'together' ? [step, ...flat(step.body)] : [step]));
}

/**
 * Whether a step is about a local client: one on the gateway's own machine with a right secret, a proof of its key and the machine's own
 * Host. The access level of such a client does not affect remote clients. A call or a wait is local if every attempt of its client in the
 * scenario is. A step without a client, such as a count of rows, is not local, because it may concern remote clients too. Pure.
 */
export function isLocalStep(step: Step, scenario: Scenario): boolean {
  if (step.kind === 'knock' || step.kind === 'browser' || step.kind === 'http') return isLocalAttempt(step, scenario);
  const client = clientOf(step) ?? (step.kind === 'wait' && 'closed' in step.body ? step.body.closed : null);
  if (client === null) return false;
  const attempts = flat(everyStepOf(scenario)).filter(
    (other) => (other.kind === 'knock' || other.kind === 'browser') && clientOf(other) === client,
  );
  return attempts.length > 0 && attempts.every((attempt) => isLocalAttempt(attempt, scenario));
}
