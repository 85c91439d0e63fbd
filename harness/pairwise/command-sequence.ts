import { GATEWAY_PORT, placeOf } from '../gateway/network/proxies.ts';
import { shuffled } from '../order.ts';
import { inRange } from '../scenario/releases/range.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';
import type { Step } from '../scenario/schema/step.ts';
import { tableScenario } from './cell.ts';
import { type Access, type Cell, ROUTES } from './dimensions.ts';

/** The routes by which the release's own command can knock from another machine: all but the published port, which no container reaches. */
const AWAY = [
  'lan',
  'proxy',
  'silent-proxy',
  'proxy-rfc7239',
  'proxy-real-ip',
  'proxy-lan',
  'silent-proxy-lan',
] as const satisfies Cell['route'][];
export type CommandRoute = (typeof AWAY)[number] | 'loopback';

export type Decision = 'approve' | 'reject' | 'remove';

/**
 * A knock of a sequence: the command that makes it, its route and secret, and what the operator decides about the device just before it, if the
 * pairing list has something to decide (null for nothing).
 */
export type SequenceStep = {
  command: 'cron list' | 'gateway call';
  route: CommandRoute;
  secret: 'right' | 'wrong';
  after: Decision | null;
};

/**
 * The knocks of one device, in order: the part of the decision table that the release's own command can express. The command does not let its
 * caller choose headers, signatures, kinds and scopes.
 */
export type CommandSequence = { turns: readonly SequenceStep[] };

/** The two decisions about the device of each sequence from another machine. */
const DECISIONS: readonly (readonly [Decision, Decision])[] = [
  ['approve', 'remove'],
  ['reject', 'approve'],
  ['approve', 'remove'],
  ['reject', 'approve'],
];

/** Releases whose command connects across the network. The command of 2026.2 refuses a plain connection itself, and the gateway gets no request. */
const CROSSES_THE_NETWORK = '>=2026.3.13';

/**
 * The command sequences of a table on a release. The seed decides the route of each knock and the order of the sequences. They have 23 knocks; 3
 * on releases whose command does not connect across the network.
 */
export function commandSequencesOf(seed: number, version: string): CommandSequence[] {
  const routes = shuffled([...AWAY, ...AWAY, ...AWAY], seed);
  const away = DECISIONS.map(([first, second], sequence): CommandSequence => {
    const turn = (index: number, secret: SequenceStep['secret'], after: Decision | null): SequenceStep => ({
      command: index === 1 ? 'cron list' : 'gateway call',
      route: routes[sequence * 5 + index] ?? 'lan',
      secret,
      after,
    });
    return {
      turns: [
        turn(0, 'wrong', null),
        turn(1, 'right', null),
        turn(2, 'right', null),
        turn(3, 'right', first),
        turn(4, 'right', second),
      ],
    };
  });
  const here = (does: SequenceStep['command'], secret: SequenceStep['secret']): SequenceStep => ({
    command: does,
    route: 'loopback',
    secret,
    after: null,
  });
  const local: CommandSequence = {
    turns: [here('gateway call', 'wrong'), here('cron list', 'right'), here('gateway call', 'right')],
  };
  return shuffled([...(inRange(version, CROSSES_THE_NETWORK) ? away : []), local], seed);
}

/** The host and port of a route, as the command passes it in a container on the stage's network or in the gateway's network namespace. */
export function hostOf(route: CommandRoute): string {
  if (route === 'loopback') return `127.0.0.1:${GATEWAY_PORT}`;
  if (route === 'lan') return `gateway:${GATEWAY_PORT}`;
  const { helper, port } = placeOf(ROUTES[route]);
  return `${helper === 'front' ? 'gateway' : 'peer'}:${port}`;
}

export const urlOf = (route: CommandRoute): string => `ws://${hostOf(route)}`;

/** The name of the harness's client that makes the same knocks as the command. */
const DEVICE = 'device';

/**
 * The same sequence for a client of the harness, as the steps of a scenario. `asked` is what the command asked for; null if the command showed no
 * device.
 */
export function scenarioOf({ turns }: CommandSequence, asked: Access | null): Scenario {
  const claims =
    asked === null ? { identity: 'none' as const, scopes: ['operator.read'] } : { scopes: [...asked.scopes] };
  const steps = turns.flatMap(({ route, secret, after }): Step[] => {
    const { from, through } = ROUTES[route];
    const knock: Step = {
      kind: 'knock',
      body: {
        as: DEVICE,
        from,
        ...(from === 'proxy' || from === 'proxy-lan' ? { through } : {}),
        headers: { Host: hostOf(route) },
        claims: { ...claims, credential: secret === 'right' ? 'token' : 'wrong-token' },
      },
    };
    return after === null || asked === null ? [knock] : [decisionStep(after), knock];
  });
  const tidy: Step[] = asked === null ? [] : [decisionStep('reject'), decisionStep('remove')];
  return tableScenario({
    id: 'table/own-client',
    title: 'a command sequence',
    clients: { [DEVICE]: { kind: 'cli' } },
    steps: [...steps, ...tidy],
  });
}

function decisionStep(decision: Decision): Step {
  switch (decision) {
    case 'approve':
      return { kind: 'approve', body: { of: DEVICE, request: 'current' } };
    case 'reject':
      return { kind: 'reject', body: { of: DEVICE } };
    case 'remove':
      return { kind: 'remove', body: { of: DEVICE } };
  }
}
