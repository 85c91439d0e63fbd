import { CLIENT_KINDS, type Credentials, honestClaims } from '../client/claims.ts';
import type { CallEnd, Connection } from '../client/connection.ts';
import type { Way } from '../client/dial.ts';
import { type Knock, knock } from '../client/handshake.ts';
import type { Identity } from '../client/identity.ts';
import { EnvironmentError } from '../exit.ts';
import { CALL_MS } from '../limits.ts';
import type { OPERATOR_SCOPES } from '../scenario/scopes.ts';
import { type PairingList, readPairingList } from './pairing.ts';

/** The harness's own operator on a gateway: it reads the pairing list and decides on requests. */
export type Operator = {
  deviceId: string;
  /** Asks as the operator; ends like any call. */
  call(method: string, params: Record<string, unknown>): Promise<CallEnd>;
  /** The pairing list as it stands. Throws EnvironmentError where the gateway does not show it: then nothing can be judged. */
  list(): Promise<PairingList>;
  close(): Promise<void>;
};

/** The scopes of the operator, in the order in which the command of 2026.4.1 asks for all that it knows. */
const ASKED: readonly (typeof OPERATOR_SCOPES)[number][] = [
  'operator.admin',
  'operator.read',
  'operator.write',
  'operator.approvals',
  'operator.pairing',
];

/** One attempt of the operator to get in through loopback, with every scope: the command of the release, on the gateway's own machine. */
export function operatorKnock(way: Way, identity: Identity, credentials: Credentials, release: string): Promise<Knock> {
  const { id, mode } = CLIENT_KINDS.cli;
  const claims = honestClaims({ release, buildId: null, clientId: id, clientMode: mode, credentials });
  return knock({ ...way, path: '/', form: claims.form, headers: {} }, { ...claims, identity, scopes: ASKED });
}

/**
 * The operator on a connection that was admitted. Where the gateway has ended that, as it does when the shared secret changes, it
 * comes back through `again`, which gives null where it is not admitted.
 */
export function operatorOn(
  admitted: Connection,
  deviceId: string,
  again: () => Promise<Connection | null> = async () => null,
): Operator {
  let connection = admitted;
  let returning: Promise<Connection | null> | null = null;
  const call = async (method: string, params: Record<string, unknown>): Promise<CallEnd> => {
    if (!connection.isOpen()) {
      returning ??= again();
      connection = (await returning) ?? connection;
      returning = null;
    }
    return connection.call(method, params, CALL_MS);
  };
  return {
    deviceId,
    call,
    async list() {
      const end = await call('device.pair.list', {});
      const list = end.kind === 'answered' ? readPairingList(end.payload) : null;
      if (list === null) {
        throw new EnvironmentError(
          `the pairing list cannot be read: device.pair.list ended with ${JSON.stringify(end).slice(0, 300)}`,
          "Look at the gateway's log in the report folder; without the list no pairing decision can be judged.",
        );
      }
      return list;
    },
    close: () => connection.close(),
  };
}
