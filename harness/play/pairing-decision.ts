import type { CallEnd } from '../client/connection.ts';
import { decisionBetween, type PairingState, stateOf } from '../gateway/pairing.ts';
import type { PairingDecision } from '../scenario/observation.ts';
import { answerOf } from './call.ts';
import { type ClientState, clientStateIn } from './clients.ts';
import type { PlayContext } from './context.ts';
import { issuedTo, leakedPart } from './leaks.ts';
import { textIn } from './read-json.ts';
import { notCarriedOut, type StepRecord, showing } from './record.ts';

/** A decision about a device: who asks for it, whose device it is, and what else the decision takes. */
export type Decision =
  | { kind: 'approve'; as: string | null; of: string; request: 'current' | 'first' }
  | { kind: 'reject'; as: string | null; of: string }
  | { kind: 'rotate'; as: string | null; of: string; role: string; scopes: string[] | null }
  | { kind: 'revoke'; as: string | null; of: string; role: string }
  | { kind: 'remove'; as: string | null; of: string };

/** Asks the gateway for a decision, as an operator or as any client that has a connection, and reads the list around it. */
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
    const leaked = rotated === null ? [] : issuedTo(context, clientState.name, 'device token', rotated);
    await context.seat.at('over');
    const after = stateOf(await operator.list(), deviceId);
    // The operator of the harness is on the gateway's own machine.
    const from = decision.as === null ? 'loopback' : clientStateIn(context.clientStates, decision.as).vantage;
    return showing(
      { answer: answerOf(end), pairing: decidedBetween(decision, before, after), ...leakedPart(leaked) },
      from,
    );
  });
}

/** What the same change of the list is called when somebody was asked. */
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
