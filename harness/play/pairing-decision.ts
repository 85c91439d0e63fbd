import type { CallEnd } from '../client/connection.ts';
import { decisionBetween, describeState, type PairingState, stateOf } from '../gateway/pairing/pairing.ts';
import type { PairingDecision } from '../scenario/schema/observation.ts';
import { type ClientState, clientStateIn } from './clients.ts';
import type { PlayContext } from './context.ts';
import { faultsOfIssued, leakedPart } from './leaks.ts';
import { textIn } from './read-json.ts';
import { notCarriedOut, recordOf, type StepRecord } from './record.ts';
import { answerOf } from './steps/call.ts';

/** A pairing operation: `as` is the client that asks for it (null for the operator), `of` the client whose device it is about. */
export type Decision =
  | { kind: 'approve'; as: string | null; of: string; request: 'current' | 'first' }
  | { kind: 'reject'; as: string | null; of: string }
  | { kind: 'rotate'; as: string | null; of: string; role: string; scopes: string[] | null }
  | { kind: 'revoke'; as: string | null; of: string; role: string }
  | { kind: 'remove'; as: string | null; of: string };

/**
 * Asks the gateway for a pairing operation, as the operator or as a client with a connection. Reads the pairing list before and after it.
 * Throws EnvironmentError if the list cannot be read.
 */
export function playDecision(context: PlayContext, decision: Decision): Promise<StepRecord> {
  return context.runExclusive(async () => {
    const clientState = clientStateIn(context.clientStates, decision.of);
    const operator = context.stage.operator();
    const { deviceId } = clientState;
    const before = stateOf(await operator.list(), deviceId);
    const request = requestFor(decision, clientState, before);
    if (typeof request === 'string') return notCarriedOut(request);

    await context.seat.at('ready');
    let end: CallEnd;
    if (decision.as === null) {
      end = await operator.call(request.method, request.params);
    } else {
      const { connection } = clientStateIn(context.clientStates, decision.as);
      if (connection === null) return notCarriedOut(`"${decision.as}" has no connection: no knock of it was admitted`);
      end = await connection.call(request.method, request.params, context.timeouts.callMs);
    }
    const rotated = decision.kind === 'rotate' && end.kind === 'answered' ? textIn(end.payload, 'token') : null;
    clientState.deviceToken = rotated ?? clientState.deviceToken;
    const leaked = rotated === null ? [] : faultsOfIssued(context, clientState.name, 'device token', rotated);
    await context.seat.at('over');
    const after = stateOf(await operator.list(), deviceId);
    // The operator connects from the gateway's own machine.
    const from = decision.as === null ? 'loopback' : clientStateIn(context.clientStates, decision.as).vantage;
    const pairing = decidedBetween(decision, before, after);
    return {
      ...recordOf({ answer: answerOf(end), pairing, ...leakedPart(leaked) }, from),
      pairingList: { before: describeState(before), after: describeState(after) },
    };
  });
}

/** Gives the pairing decision. Unlike for a knock, a new approval is one by an operator, and a removed request was rejected. */
function decidedBetween(decision: Decision, before: PairingState, after: PairingState): PairingDecision {
  const change = decisionBetween(before, after);
  if (change === 'approved-silently') return 'approved-by-operator';
  if (change === 'removed' && decision.kind === 'reject') return 'rejected';
  if (decision.kind === 'reject' && before.pending !== null && after.pending === null) return 'rejected';
  return change;
}

function requestFor(
  decision: Decision,
  clientState: ClientState,
  before: PairingState,
): { method: string; params: Record<string, unknown> } | string {
  const { deviceId } = clientState;
  switch (decision.kind) {
    case 'approve': {
      const requestId = decision.request === 'first' ? clientState.requestIds[0] : before.pending?.requestId;
      return requestId === undefined
        ? `no pending request of "${clientState.name}" to approve`
        : { method: 'device.pair.approve', params: { requestId } };
    }
    case 'reject':
      return before.pending === null
        ? `no pending request of "${clientState.name}" to reject`
        : { method: 'device.pair.reject', params: { requestId: before.pending.requestId } };
    case 'rotate':
      return {
        method: 'device.token.rotate',
        params: { deviceId, role: decision.role, ...(decision.scopes === null ? {} : { scopes: decision.scopes }) },
      };
    case 'revoke':
      return { method: 'device.token.revoke', params: { deviceId, role: decision.role } };
    case 'remove':
      return { method: 'device.pair.remove', params: { deviceId } };
  }
}
