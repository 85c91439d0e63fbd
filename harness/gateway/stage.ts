import type { Way } from '../client/dial.ts';
import type { HandshakeEnd } from '../client/transcript.ts';
import { EnvironmentError } from '../exit.ts';
import type { CommandResult } from '../scenario/observation.ts';
import type { StepBody } from '../scenario/step.ts';
import type { Json } from './gateway-home.ts';
import type { GatewayLog } from './gateway-log.ts';
import type { Operator } from './operator.ts';
import type { BrowserPlace, Route } from './proxies.ts';
import type { ShownSecret } from './shared-secrets.ts';

/** What is merged over a config. */
export type ConfigPatch = StepBody<'configure'>['set'];

/** What became of a gateway that was started: it admits, it gave up, or it never got there. */
export type Readiness =
  | { kind: 'ready'; version: string; afterMs: number; turnedAway: readonly HandshakeEnd[] }
  | { kind: 'exited'; exitCode: number; lastLines: string }
  | { kind: 'not-ready'; afterMs: number; why: string };

/** Why a gateway that was started is not ready, in words; of one that exited with its last lines. */
export function whyNotReady(readiness: Exclude<Readiness, { kind: 'ready' }>): string {
  switch (readiness.kind) {
    case 'exited':
      return `the gateway exited with ${readiness.exitCode} instead of starting; its last words:\n${readiness.lastLines}`;
    case 'not-ready':
      return `the gateway was not ready after ${readiness.afterMs} ms: ${readiness.why}`;
  }
}

/** A version that a gateway told, and the one of the package that was installed. */
export type Misnamed = { told: string; installed: string };

/** Where an `openclaw` command runs: in the gateway's container, beside it in its network namespace, or across the network. */
export type CommandPlace = 'gateway' | 'sidecar' | 'peer';
/** Whose home the command has. `own` lasts for one owner, `fresh` for one command. */
export type CommandHome = 'gateway' | 'own' | 'fresh';

/** A run of the real `openclaw` command. `owner` tells homes of different scenarios apart. */
export type CommandRequest = {
  argv: string[];
  place: CommandPlace;
  home: CommandHome;
  owner: string;
  /** Set for this run, over what its container has. */
  environment: Readonly<Record<string, string>>;
};

/** Exit code of a command that was cut off after that long: the one that `timeout` gives. */
export const COMMAND_TOOK_TOO_LONG = 124;

/** How a gateway is reached and asked, and what it says. */
export type StageAccess = {
  /** The shared secrets of this stage as they are now: random, known to the vault. */
  readonly token: string;
  readonly password: string;
  /** The shared secret before it was changed last; null where it never was. */
  readonly former: ShownSecret | null;
  /** What the gateway asks everyone for: nothing, where it asks for none. */
  credentials(): ShownSecret | Record<string, never>;
  readonly gatewayLog: GatewayLog;
  /** The way to a door that was opened for the stage. */
  route(route: Route): Way;
  /** The harness's own operator, connected on loopback before anyone else. Throws EnvironmentError while the gateway is down. */
  operator(): Operator;
  /** Version that the gateway itself told last. */
  version(): string;
  /** What it called its build last; null for releases that tell none. */
  buildId(): string | null;
  /** Protocol number of the operator's connection; null before the first. */
  protocol(): number | null;
};

/** The files below the gateway's ~/.openclaw. */
export type StageHome = {
  /** The text of a file, or null where there is none. */
  read(path: string): Promise<string | null>;
  /** Removes files or folders. Throws EnvironmentError where they stay. */
  remove(paths: readonly string[]): Promise<void>;
  /** Puts JSON files there. */
  put(files: Readonly<Record<string, Json>>): Promise<void>;
};

/** Ways in which the gateway stops and comes back. Each gives what became of it, and throws EnvironmentError where the engine fails. */
export type StageLifecycle = {
  /** Stops or kills the container, and starts it again. */
  restart(kill: boolean): Promise<Readiness>;
  recreate(home: 'kept' | 'fresh'): Promise<Readiness>;
  /** Moves to another release on the same home; without a version, to the gateway under test. */
  upgrade(to: string | null): Promise<Readiness>;
  /** Merges over the config, then puts a new container in place. */
  configure(patch: ConfigPatch): Promise<Readiness>;
  /** Merges over the config beneath the running gateway, and waits until it goes by it. Where it exits for that, it is started again. */
  reload(patch: ConfigPatch): Promise<Readiness>;
};

/**
 * One running gateway with one config and one starting state, and everything a scenario may do to it.
 * The only thing that play knows of containers. What not every stage has is null where this one lacks it; see `needed`.
 */
export type Stage = StageAccess & {
  readonly id: string;
  /** Each time that it called itself by another version than its package says. */
  readonly misnamed: readonly Misnamed[];
  /** Milliseconds spent in each boot, in order. */
  readonly boots: readonly number[];
  readonly home: StageHome | null;
  readonly lifecycle: StageLifecycle | null;
  /** Runs the real `openclaw` command. */
  readonly command: ((request: CommandRequest) => Promise<CommandResult>) | null;
  /** Starts a browser in that place, unless one is there. Gives the port of 127.0.0.1 at which it takes orders. */
  readonly browser: ((place: BrowserPlace) => Promise<number>) | null;
  /** Removes everything the stage has in the engine. */
  close(): Promise<void>;
};

/** What a stage may lack. */
type StagePart = 'home' | 'lifecycle' | 'command' | 'browser';

/** A part of a stage that not every stage has. Throws EnvironmentError where this one lacks it. */
export function needed<P extends StagePart>(stage: Pick<Stage, 'id' | P>, part: P): NonNullable<Stage[P]> {
  const found: Stage[P] = stage[part];
  if (found == null)
    throw new EnvironmentError(`stage ${stage.id} has no ${part}`, 'Play this on a stage that was booted with one.');
  return found;
}
