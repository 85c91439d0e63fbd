import type { StartedTestContainer } from 'testcontainers';
import { COMMAND_SECONDS, KILL_SECONDS } from '../limits.ts';
import type { CommandResult } from '../scenario/observation.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Engine } from './engine.ts';
import { ENVIRONMENT } from './environment.ts';
import { execIn } from './exec.ts';
import { HOME, homeArchive } from './gateway-home.ts';
import { GATEWAY_PORT } from './proxies.ts';
import type { ResourceOwner } from './reaper.ts';
import { startSandboxed } from './sandboxed-container.ts';
import type { SharedSecrets } from './shared-secrets.ts';
import { COMMAND_TOOK_TOO_LONG, type CommandPlace, type CommandRequest } from './stage.ts';

/** Exit code of a program that `timeout` had to kill. */
const KILLED = 137;

/**
 * Runs the real command in a container that is up, for COMMAND_SECONDS at most. Throws EnvironmentError where even killing it does not
 * end it.
 */
export async function commandIn(
  docker: Engine['docker'],
  container: StartedTestContainer,
  argv: string[],
  environment: CommandRequest['environment'] = {},
): Promise<CommandResult> {
  const command = ['openclaw', ...argv];
  const { exitCode, stdout, stderr } = await execIn({
    docker,
    container: container.getId(),
    argv: ['timeout', `--kill-after=${KILL_SECONDS}`, `${COMMAND_SECONDS}`, ...command],
    environment,
    withinMs: (COMMAND_SECONDS + 2 * KILL_SECONDS) * 1000,
  });
  return { argv: command, exitCode: exitCode === KILLED ? COMMAND_TOOK_TOO_LONG : exitCode, stdout, stderr };
}

type Setting = {
  docker: Engine['docker'];
  resourceOwner: ResourceOwner;
  auth: Scenario['gateway']['auth'];
  /** Id of the container whose network namespace the gateway is in. */
  front: string;
  /** Starts a sealed machine elsewhere on the network: the container that owns its network namespace. */
  machine(): Promise<StartedTestContainer>;
  secrets: SharedSecrets;
  imageNow(): string;
};

/** A container that commands are run in, and the machine it is on, unless that is the gateway's. */
type Running = { cell: StartedTestContainer; machine: StartedTestContainer | null };

/** Keeps a container without a process, so that commands can be run in it. */
const IDLE = ['node', '-e', 'setInterval(() => {}, 2 ** 30)'];

/** Recent releases refuse ws:// to anything but loopback, and name this variable for private networks; 2026.2.19 ignores it. */
const PRIVATE_NETWORK = { OPENCLAW_ALLOW_INSECURE_PRIVATE_WS: '1' };

/** Containers of users' own that run commands against the gateway: beside it, or across the network. */
export function createCommandContainers({
  docker,
  resourceOwner,
  auth: mode,
  front,
  machine: startMachine,
  secrets,
  imageNow,
}: Setting) {
  const lasting = new Map<string, Promise<Running>>();

  const start = async (place: CommandPlace, volumes: Record<string, string>): Promise<Running> => {
    const machine = place === 'peer' ? await startMachine() : null;
    const auth = secrets.credentials();
    const remote = { mode: 'remote', remote: { url: `ws://gateway:${GATEWAY_PORT}`, ...auth } };
    const local = { mode: 'local', auth: { mode, ...auth } };
    const cell = await startSandboxed({
      image: imageNow(),
      resourceOwner,
      command: IDLE,
      network: { shares: machine?.getId() ?? front },
      seals: false,
      ports: [],
      environment: { ...ENVIRONMENT, ...(place === 'peer' ? PRIVATE_NETWORK : {}) },
      volumes,
      archives:
        Object.keys(volumes).length > 0 ? [] : [await homeArchive({ gateway: place === 'peer' ? remote : local }, {})],
    });
    return { cell, machine };
  };

  return {
    /** Runs a command in a container beside the gateway. `gatewayHome` is the volume of the gateway. */
    async run({ argv, place, home, owner, environment }: CommandRequest, gatewayHome: string): Promise<CommandResult> {
      switch (home) {
        case 'fresh': {
          const { cell, machine } = await start(place, {});
          const result = await commandIn(docker, cell, argv, environment);
          await cell.stop({ timeout: 0, remove: true });
          await machine?.stop({ timeout: 0, remove: true });
          return result;
        }
        case 'own': {
          const key = `${owner} ${place}`;
          const running = lasting.get(key) ?? start(place, {});
          lasting.set(key, running);
          return commandIn(docker, (await running).cell, argv, environment);
        }
        case 'gateway': {
          const key = `${gatewayHome} ${place}`;
          const running = lasting.get(key) ?? start(place, { [HOME]: gatewayHome });
          lasting.set(key, running);
          return commandIn(docker, (await running).cell, argv, environment);
        }
      }
    },
  };
}
