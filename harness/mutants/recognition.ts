import { REMOTE_UNAPPROVED_CHECKS, SCOPE_LIMIT_CHECKS } from './expected-checks.ts';
import type { Mutant, MutatedRelease } from './mutant.ts';
import type { Edit } from './patch.ts';
import { MESSAGE_HANDLER, SILENT_UNCHANGED, silentWhere } from './shared-edits.ts';

/** Properties by which a gateway can recognise a client, each as a JavaScript expression in the code of a release. */
type Marks = {
  userAgent: string;
  host: string;
  /** The address of the connection's other end. */
  address: string;
  /** The id of the `connect` request. */
  requestId: string;
  /** The `params` of that request. */
  connect: string;
  /** The number of the connection since boot; the first is 1. */
  nth: string;
};

/** The edit that counts connections in `params.nth`. Both generations pass `params` to the functions that decide. */
const COUNTED: Edit = {
  start: MESSAGE_HANDLER,
  with: 'globalThis.connectionsSinceBoot = (globalThis.connectionsSinceBoot ?? 0) + 1; params.nth = globalThis.connectionsSinceBoot;',
};

/**
 * The change that approves every pairing request silently, unless the gateway recognises the client. `recognised` takes the expressions
 * of a release and gives the condition. 2026.4.1 decides where it requests the pairing. 2026.9.6 decides in a function without access to
 * headers, and again when it approves; so the edit stores the condition in the `state` that both functions get.
 */
function unless(recognised: (marks: Marks) => string): Mutant['on'] {
  const older = recognised({
    userAgent: 'requestUserAgent',
    host: 'requestHost',
    address: 'remoteAddr',
    requestId: 'frame.id',
    connect: 'connectParams',
    nth: 'params.nth',
  });
  const newer = recognised({
    userAgent: 'context.handler.requestUserAgent',
    host: 'context.handler.requestHost',
    address: 'context.handler.remoteAddr',
    requestId: 'context.frame.id',
    connect: 'context.connectParams',
    nth: 'context.handler.nth',
  });
  return {
    '2026.4.1': [COUNTED, silentWhere(`!(${older}) || ${SILENT_UNCHANGED}`)],
    '2026.9.6': [
      COUNTED,
      { start: 'authorizeGatewayConnectDevice', with: `state.isWatched = ${newer};` },
      { start: 'resolveLocalPairingApproval', with: 'if (!params.state.isWatched) return "silent";' },
    ],
  };
}

/** The number of connections that count as the first ones, of a few hundred that a set of scenarios opens on one gateway. */
const FIRST = 60;

const FROM_THE_RELAYS = unless(({ address }) => `/[.][123]$/.test(${address} ?? "")`);

/** The change of a mutant on one release only. */
const only = (release: MutatedRelease, on: Mutant['on']): Mutant['on'] => ({ [release]: on[release] });

/**
 * Mutants that decide correctly for clients that they recognise as the harness, and pair every other client silently. Each recognises one
 * property that a version of this harness had. No knock of the harness may have this property any more.
 */
export const RECOGNITION: readonly Mutant[] = [
  {
    id: 'knows-the-user-agent',
    says: 'The gateway asks for approval only if the User-Agent names the harness, and pairs all other clients silently.',
    area: 'recognition',
    expectedKills: REMOTE_UNAPPROVED_CHECKS,
    on: unless(({ userAgent }) => `(${userAgent} ?? "").startsWith("postern")`),
  },
  {
    id: 'knows-the-request-id',
    says: 'The gateway asks for approval only if the id of the first request is "connect", and pairs clients with random ids silently.',
    area: 'recognition',
    expectedKills: REMOTE_UNAPPROVED_CHECKS,
    on: unless(({ requestId }) => `${requestId} === "connect"`),
  },
  {
    id: 'knows-the-secret',
    says: 'The gateway asks for approval only if the shared secret has the prefix of the harness, and otherwise pairs every client silently.',
    area: 'recognition',
    expectedKills: REMOTE_UNAPPROVED_CHECKS,
    on: unless(({ connect }) => `(${connect}.auth?.token ?? "pstn-").startsWith("pstn-")`),
  },
  {
    id: 'knows-the-mapped-port',
    says: 'The gateway asks for approval of a remote client only if its Host is a loopback address with a mapped port, and pairs other remote clients silently.',
    area: 'recognition',
    expectedKills: REMOTE_UNAPPROVED_CHECKS,
    on: unless(
      ({ host, address }) =>
        `isLoopbackAddress(${address}) || /^127\\.0\\.0\\.1:(?!18789$)[0-9]+$/.test(${host} ?? "")`,
    ),
  },
  {
    id: 'knows-clients-without-caps',
    says: 'The gateway asks for approval only if a client sends no list of capabilities, and pairs silently the clients that send one, as published clients do.',
    area: 'recognition',
    expectedKills: REMOTE_UNAPPROVED_CHECKS,
    on: unless(({ connect }) => `${connect}.caps === undefined`),
  },
  {
    id: 'knows-the-version',
    says: 'The gateway asks for approval only if a client has a version that was never published, and pairs all other clients silently.',
    area: 'recognition',
    expectedKills: REMOTE_UNAPPROVED_CHECKS,
    on: unless(({ connect }) => `${connect}.client.version === "1.0.0"`),
  },
  {
    id: 'knows-the-first-knocks',
    says: `The gateway decides correctly on the first ${FIRST} connections after a boot, and pairs later clients silently.`,
    area: 'recognition',
    expectedKills: REMOTE_UNAPPROVED_CHECKS,
    bySome: 'The order of play decides which knocks come first.',
    on: unless(({ nth }) => `${nth} <= ${FIRST}`),
  },
  {
    id: 'knows-the-last-knocks',
    says: `The gateway pairs the clients of the first ${FIRST} connections after a boot silently, and decides correctly on later ones.`,
    area: 'recognition',
    expectedKills: REMOTE_UNAPPROVED_CHECKS,
    bySome: 'The order of play decides which knocks come first.',
    on: unless(({ nth }) => `${nth} > ${FIRST}`),
  },
  {
    id: 'knows-the-relays',
    says: 'The gateway asks for approval only of clients from the first three addresses of a network, which the harness uses, and pairs others silently.',
    area: 'recognition',
    expectedKills: [
      'container-home/client-container/list-across-the-network',
      'container-home/client-container/approve-across-the-network',
    ],
    on: only('2026.4.1', FROM_THE_RELAYS),
  },
  {
    id: 'knows-the-relays-alone',
    says: 'The gateway does the same as knows-the-relays, on a release whose command sends no device identity across the network.',
    area: 'recognition',
    expectedKills: [],
    unseen:
      'No scenario knocks from another address on this release. The witness of the decision table does, which `postern selftest --table` plays.',
    on: only('2026.9.6', FROM_THE_RELAYS),
  },
  {
    id: 'knows-calls-without-parameters',
    says: 'The gateway denies calls without parameters, which have no effect, to clients that lack the scope, but permits calls with parameters.',
    area: 'recognition',
    expectedKills: [...SCOPE_LIMIT_CHECKS, 'advisories/node-approved-without-pairing/writer-approves-a-device'],
    on: {
      '2026.4.1': [
        {
          call: 'authorizeGatewayMethod',
          argument: 1,
          in: 'handleGatewayRequest',
          with: 'client?.connect && client.connect.role !== "node" && Object.keys(req.params ?? {}).length > 0 ? { connect: { role: "operator", scopes: ["operator.admin"] } } : client',
        },
      ],
      '2026.9.6': [
        {
          start: 'authorizeGatewayMethod',
          with: 'if (client?.connect && client.connect.role !== "node" && Object.keys(params ?? {}).length > 0) return { error: null };',
        },
      ],
    },
  },
];
