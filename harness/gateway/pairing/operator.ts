import { CLIENT_KINDS, type Credentials, honestClaims } from '../../client/claims.ts';
import type { CallEnd, Connection } from '../../client/connection.ts';
import type { Address } from '../../client/dial.ts';
import { type Knock, knock } from '../../client/handshake.ts';
import type { Identity } from '../../client/identity.ts';
import { EnvironmentError } from '../../exit.ts';
import { CALL_MS } from '../../limits.ts';
import type { OPERATOR_SCOPES } from '../../scenario/schema/scopes.ts';
import { type PairingList, readPairingList } from './pairing.ts';

/** The operator: the harness's own approved client, with which it reads the pairing list and decides on requests. */
export type Operator = {
  deviceId: string;
  /** Calls a method as the operator. Returns how the call ended. */
  call(method: string, params: Record<string, unknown>): Promise<CallEnd>;
  /** Reads the current pairing list. Throws EnvironmentError if the gateway does not answer with one: without it no verdict is possible. */
  list(): Promise<PairingList>;
  close(): Promise<void>;
};

/** The scopes of the operator: all that the command of 2026.4.1 knows, in the order in which it asks for them. */
const ASKED: readonly (typeof OPERATOR_SCOPES)[number][] = [
  'operator.admin',
  'operator.read',
  'operator.write',
  'operator.approvals',
  'operator.pairing',
];

/**
 * One knock of the operator, which asks for every scope. It sends what the release's own command sends on the gateway's machine. `way` is
 * the address of a loopback route, `release` the version of the gateway.
 */
export function operatorKnock(
  way: Address,
  identity: Identity,
  credentials: Credentials,
  release: string,
): Promise<Knock> {
  const { id, mode } = CLIENT_KINDS.cli;
  const claims = honestClaims({ release, buildId: null, clientId: id, clientMode: mode, credentials });
  return knock({ ...way, path: '/', form: claims.form, headers: {} }, { ...claims, identity, scopes: ASKED });
}

/**
 * Creates the operator on an admitted connection. If the gateway has ended the connection, as it does when the shared secret changes, the
 * next call first connects again with `again`, which returns null if the gateway does not admit the operator.
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
      const first = await call('device.pair.list', {});
      // The gateway may end the connection while it is asked, as some releases do when the shared secret in a file changes.
      const end = first.kind === 'closed' ? await call('device.pair.list', {}) : first;
      const list = end.kind === 'answered' ? readPairingList(end.payload) : null;
      if (list === null) {
        throw new EnvironmentError(
          `the pairing list cannot be read: device.pair.list ended with ${JSON.stringify(end).slice(0, 300)}`,
          "Read the gateway's log in the report folder. Without the list, no pairing decision can be judged.",
        );
      }
      return list;
    },
    close: () => connection.close(),
  };
}
