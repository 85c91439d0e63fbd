import { clientOf, everyStepOf } from './checks.ts';
import type { ClaimsDeclaration } from './claims.ts';
import type { Scenario } from './scenario.ts';
import type { Step } from './step.ts';

/** Credentials that let the owner of the machine in: the shared secret, or the device's own token. */
const OWNERS_CREDENTIALS: readonly NonNullable<ClaimsDeclaration['credential']>[] = [
  'token',
  'password',
  'device-token',
];

/** Whether a client that says this shows a right secret and proves that it holds the key of its own device. */
function provesItself({ credential, identity, deviceOf, signature, clockSkewSeconds }: ClaimsDeclaration): boolean {
  return (
    OWNERS_CREDENTIALS.includes(credential ?? 'token') &&
    identity !== 'none' &&
    deviceOf === undefined &&
    (signature ?? 'good') === 'good' &&
    (clockSkewSeconds ?? 0) === 0
  );
}

/** Whether a step is an attempt to get in that the owner of the machine would make on it, with its own Host and no header of a proxy. */
function isOwnersAttempt(step: Step, { clients }: Scenario): boolean {
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

/** Every step, those that a `together` step holds included. */
function flat(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => (step.kind === 'together' ? [step, ...flat(step.body)] : [step]));
}

/**
 * Whether a step is about a local client: one that comes from the gateway's own machine with a right secret, a proof of its key and its own
 * Host. Then it matters to nobody else how far it is let in. A call or a wait is local where every attempt of its client in the scenario is.
 * Steps that name no client, such as a count of rows, are not local: nothing says that only local clients are touched. Pure.
 */
export function isLocalStep(step: Step, scenario: Scenario): boolean {
  if (step.kind === 'knock' || step.kind === 'browser' || step.kind === 'http') return isOwnersAttempt(step, scenario);
  const client = clientOf(step) ?? (step.kind === 'wait' && 'closed' in step.body ? step.body.closed : null);
  if (client === null) return false;
  const attempts = flat(everyStepOf(scenario)).filter(
    (other) => (other.kind === 'knock' || other.kind === 'browser') && clientOf(other) === client,
  );
  return attempts.length > 0 && attempts.every((attempt) => isOwnersAttempt(attempt, scenario));
}
