import type { Knock } from '../../client/handshake.ts';
import { createIdentity, type Identity } from '../../client/identity.ts';
import { EnvironmentError } from '../../exit.ts';
import type { GatewayLog } from '../log/gateway-log.ts';
import { type Ready, waitUntilReady } from '../log/wait-until-ready.ts';
import { type Operator, operatorOn } from './operator.ts';

/** One start of the gateway, at which the operator is to be admitted. */
export type OperatorsStart = {
  gatewayLog: GatewayLog;
  /** The mark in the log at which this start begins. */
  mark: number;
  /** Settles when the gateway's container has stopped. */
  exit(): Promise<{ exitCode: number }>;
};

/** The operator of one stage across the starts of its gateway: one device, and a connection for each start. */
export type OperatorSession = {
  /** Knocks until the gateway admits the operator, its container stops, or the time limit has passed. Gives how that ended. */
  admit(start: OperatorsStart): Promise<Ready>;
  /** The operator. Throws EnvironmentError while the gateway is down. */
  operator(): Operator;
  /** Settles when the gateway, or `dismiss`, ends the connection of the last admission. */
  ended(): Promise<unknown>;
  /** Closes the connection before the gateway is stopped. Does nothing if there is none. */
  dismiss(): Promise<void>;
};

/** Makes the operator's session, with a new device. `knock` makes one knock of that device, with the secrets and the release of the moment. */
export function createOperatorSession(knock: (identity: Identity) => Promise<Knock>): OperatorSession {
  const identity = createIdentity();
  let operator: Operator | null = null;
  let ended: Promise<unknown> = Promise.resolve();
  return {
    async admit(start) {
      const ready = await waitUntilReady({ ...start, attempt: () => knock(identity) });
      if (ready.kind !== 'ready') return ready;
      operator = operatorOn(ready.connection, identity.deviceId, async () => (await knock(identity)).connection);
      ended = ready.connection.ended;
      return ready;
    },
    operator() {
      if (operator === null)
        throw new EnvironmentError(
          'the gateway is down: an earlier step stopped it, and it did not come back',
          'The last lines of its log, which lies in the report folder, say why.',
        );
      return operator;
    },
    ended: () => ended,
    async dismiss() {
      await operator?.close();
      operator = null;
    },
  };
}
