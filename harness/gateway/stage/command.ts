import type { StartedTestContainer } from 'testcontainers';
import { COMMAND_SECONDS, KILL_SECONDS } from '../../limits.ts';
import type { CommandResult } from '../../scenario/schema/observation.ts';
import type { Scenario } from '../../scenario/schema/scenario.ts';
import { startSandboxed } from '../container/sandboxed-container.ts';
import type { Engine } from '../engine/engine.ts';
import { execIn } from '../engine/exec.ts';
import type { ResourceOwner } from '../engine/reaper.ts';
import { ENVIRONMENT } from '../home/environment.ts';
import { HOME, homeArchive } from '../home/gateway-home.ts';
import type { SharedSecrets } from '../home/shared-secrets.ts';
import { authorityOf } from '../network/proxies.ts';
import { COMMAND_TOOK_TOO_LONG, type CommandPlace, type CommandRequest } from './stage.ts';

/** Exit code with which `timeout` reports that it had to kill the program. */
const KILLED = 137;

/**
 * Runs the real `openclaw` command with the arguments `argv` in a running container, for at most COMMAND_SECONDS. Returns its outputs and
 * exit code, which is COMMAND_TOOK_TOO_LONG if it was stopped. Throws EnvironmentError if the command does not end even when killed.
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
  /** Id of the container that owns the gateway's network namespace. */
  front: string;
  /** Starts another machine on the stage's network: a container that owns a sealed network namespace. */
  machine(): Promise<StartedTestContainer>;
  secrets: SharedSecrets;
  imageNow(): string;
  /** Gives the fingerprint of the gateway's certificate; null if the gateway does not speak TLS. */
  fingerprint(): Promise<string | null>;
};

/**
 * `container`: the container in which commands run. `machine`: the container that owns its network namespace; null if the gateway's front
 * does.
 */
type Running = { container: StartedTestContainer; machine: StartedTestContainer | null };

/** A program that does nothing: it keeps a container running, so that commands can be executed in it. */
const IDLE = ['node', '-e', 'setInterval(() => {}, 2 ** 30)'];

/**
 * Recent releases refuse to connect by ws:// to an address other than loopback, and their message names this variable for private
 * networks. 2026.2.19 ignores it.
 */
const PRIVATE_NETWORK = { OPENCLAW_ALLOW_INSECURE_PRIVATE_WS: '1' };

/** The authority of the gateway for another machine. */
const GATEWAY = authorityOf('lan');

/** Creates the containers in which users' commands run: in the gateway's network namespace, or on another machine of the stage. */
export function createCommandContainers({
  docker,
  resourceOwner,
  auth: mode,
  front,
  machine: startMachine,
  secrets,
  imageNow,
  fingerprint,
}: Setting) {
  const lasting = new Map<string, Promise<Running>>();

  const start = async (place: CommandPlace, volumes: Record<string, string>): Promise<Running> => {
    const machine = place === 'peer' ? await startMachine() : null;
    const auth = secrets.credentials();
    const tlsFingerprint = place === 'peer' ? await fingerprint() : null;
    // Its owner pins the certificate, because nobody else vouches for one that the gateway has made.
    const target = tlsFingerprint === null ? { url: `ws://${GATEWAY}` } : { url: `wss://${GATEWAY}`, tlsFingerprint };
    const remote = { mode: 'remote', remote: { ...target, ...auth } };
    const local = { mode: 'local', auth: { mode, ...auth } };
    const container = await startSandboxed({
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
    return { container, machine };
  };

  return {
    /** Runs a command in a container other than the gateway's. `gatewayHome` is the name of the gateway's home volume. */
    async run({ argv, place, home, owner, environment }: CommandRequest, gatewayHome: string): Promise<CommandResult> {
      switch (home) {
        case 'fresh': {
          const { container, machine } = await start(place, {});
          const result = await commandIn(docker, container, argv, environment);
          await container.stop({ timeout: 0, remove: true });
          await machine?.stop({ timeout: 0, remove: true });
          return result;
        }
        case 'own': {
          const key = `${owner} ${place}`;
          const running = lasting.get(key) ?? start(place, {});
          lasting.set(key, running);
          return commandIn(docker, (await running).container, argv, environment);
        }
        case 'gateway': {
          const key = `${gatewayHome} ${place}`;
          const running = lasting.get(key) ?? start(place, { [HOME]: gatewayHome });
          lasting.set(key, running);
          return commandIn(docker, (await running).container, argv, environment);
        }
      }
    },
  };
}
