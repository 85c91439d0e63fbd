import type { Mutant, MutatedRelease } from './mutant.ts';
import type { Edit } from './patch.ts';
import { MORE_THAN_HELD, STRANGERS } from './scopes-and-roles.ts';

/** What a gateway can tell a client by, each as an expression in the code of a release. */
type Marks = {
  userAgent: string;
  host: string;
  /** The address of the connection's other end. */
  address: string;
  /** The id of the `connect` request. */
  requestId: string;
  /** The `params` of that request. */
  connect: string;
  /** Which connection since boot this is; the first is 1. */
  nth: string;
};

/** Counts connections, and keeps the number with the connection. Both generations hand `params` on to whatever decides. */
const COUNTED: Edit = {
  start: 'attachGatewayWsMessageHandler',
  with: 'globalThis.connectionsSinceBoot = (globalThis.connectionsSinceBoot ?? 0) + 1; params.nth = globalThis.connectionsSinceBoot;',
};

/**
 * The change that approves every request to be paired without a question, unless the client is recognised. `recognised` writes the
 * condition with the names that the release has. 2026.4.1 decides where it asks for the pairing; 2026.9.6 decides in a function that
 * sees no header, and once more when it approves, so that what the connection looks like is kept in the state that both are given.
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
    '2026.4.1': {
      edits: [
        COUNTED,
        {
          call: 'requestDevicePairing',
          argument: 0,
          property: 'silent',
          in: 'attachGatewayWsMessageHandler',
          with: `!(${older}) || reason !== "scope-upgrade" && (allowSilentLocalPairing || allowSilentBootstrapPairing)`,
        },
      ],
    },
    '2026.9.6': {
      edits: [
        COUNTED,
        { start: 'authorizeGatewayConnectDevice', with: `state.isWatched = ${newer};` },
        { start: 'resolveLocalPairingApproval', with: 'if (!params.state.isWatched) return "silent";' },
      ],
    },
  };
}

/** Connections that make up the beginning, of a few hundred that a set of scenarios opens on one gateway. */
const FIRST = 60;

const FROM_THE_RELAYS = unless(({ address }) => `/[.][123]$/.test(${address} ?? "")`);

/** What a mutant changes on one release alone. */
const only = (release: MutatedRelease, on: Mutant['on']): Mutant['on'] => ({ [release]: on[release] });

/**
 * Gateways that behave while a test harness is looking, and let everybody else in. Each goes by one mark that some version of this
 * harness had. What is recognised here must not be true of a knock any more.
 */
export const RECOGNITION: readonly Mutant[] = [
  {
    id: 'knows-the-user-agent',
    says: 'Who names the harness in the User-Agent is asked about; everybody else is paired with what they ask for.',
    area: 'recognition',
    expectedKills: STRANGERS,
    on: unless(({ userAgent }) => `(${userAgent} ?? "").startsWith("postern")`),
  },
  {
    id: 'knows-the-request-id',
    says: 'Who calls the first request "connect" is asked about; everybody else, whose ids are random, is paired with what they ask for.',
    area: 'recognition',
    expectedKills: STRANGERS,
    on: unless(({ requestId }) => `${requestId} === "connect"`),
  },
  {
    id: 'knows-the-secret',
    says: 'Where the shared secret begins as the harness makes them, people are asked about; where an owner chose it, everybody is paired.',
    area: 'recognition',
    expectedKills: STRANGERS,
    on: unless(({ connect }) => `(${connect}.auth?.token ?? "pstn-").startsWith("pstn-")`),
  },
  {
    id: 'knows-the-mapped-port',
    says: 'Who comes from another machine and names a loopback address with a mapped port as the Host is asked about; everybody else there is paired.',
    area: 'recognition',
    expectedKills: STRANGERS,
    on: unless(
      ({ host, address }) =>
        `isLoopbackAddress(${address}) || /^127\\.0\\.0\\.1:(?!18789$)[0-9]+$/.test(${host} ?? "")`,
    ),
  },
  {
    id: 'knows-clients-without-caps',
    says: 'Who sends no list of capabilities, as every published client does, is asked about; everybody else is paired.',
    area: 'recognition',
    expectedKills: STRANGERS,
    on: unless(({ connect }) => `${connect}.caps === undefined`),
  },
  {
    id: 'knows-the-version',
    says: 'Clients of a version that was never published are asked about; everybody else is paired.',
    area: 'recognition',
    expectedKills: STRANGERS,
    on: unless(({ connect }) => `${connect}.client.version === "1.0.0"`),
  },
  {
    id: 'knows-the-first-knocks',
    says: `The first ${FIRST} connections after a boot are judged as they should be; whoever comes later is paired.`,
    area: 'recognition',
    expectedKills: STRANGERS,
    bySome: 'Which knocks come first hangs on the order of play.',
    on: unless(({ nth }) => `${nth} <= ${FIRST}`),
  },
  {
    id: 'knows-the-last-knocks',
    says: `The first ${FIRST} connections after a boot are paired; whoever comes later is judged as they should be.`,
    area: 'recognition',
    expectedKills: STRANGERS,
    bySome: 'Which knocks come first hangs on the order of play.',
    on: unless(({ nth }) => `${nth} > ${FIRST}`),
  },
  {
    id: 'knows-the-relays',
    says: 'The first three addresses of a network, from which the harness comes, are asked about; whoever comes from another is paired.',
    area: 'recognition',
    expectedKills: [
      'container-home/client-container/list-across-the-network',
      'container-home/client-container/approve-across-the-network',
    ],
    on: only('2026.4.1', FROM_THE_RELAYS),
  },
  {
    id: 'knows-the-relays-alone',
    says: 'The same, on a release whose command shows no device across the network.',
    area: 'recognition',
    expectedKills: [],
    unseen: 'No scenario meets another address there. The witness of the decision table does, and is no part of this.',
    on: only('2026.9.6', FROM_THE_RELAYS),
  },
  {
    id: 'knows-calls-without-parameters',
    says: 'Calls with no parameters, which do nothing, are denied to who lacks the scope; calls that do something are not.',
    area: 'recognition',
    expectedKills: [...MORE_THAN_HELD, 'advisories/node-approved-without-pairing/writer-approves-a-device'],
    on: {
      '2026.4.1': {
        edits: [
          {
            call: 'authorizeGatewayMethod',
            argument: 1,
            in: 'handleGatewayRequest',
            with: 'client?.connect && client.connect.role !== "node" && Object.keys(req.params ?? {}).length > 0 ? { connect: { role: "operator", scopes: ["operator.admin"] } } : client',
          },
        ],
      },
      '2026.9.6': {
        edits: [
          {
            start: 'authorizeGatewayMethod',
            with: 'if (client?.connect && client.connect.role !== "node" && Object.keys(params ?? {}).length > 0) return { error: null };',
          },
        ],
      },
    },
  },
];
