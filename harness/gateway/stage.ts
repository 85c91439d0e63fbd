import type { CommandResult } from '../scenario/observation.ts';
import type { Journal } from './journal.ts';
import type { Operator } from './operator.ts';
import type { Door } from './proxies.ts';

/** What became of a gateway that was started: it admits, it gave up, or it never got there. */
export type Readiness =
  | { kind: 'ready'; version: string; afterMs: number }
  | { kind: 'exited'; exitCode: number; lastLines: string }
  | { kind: 'not-ready'; afterMs: number; why: string };

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

/** Commands take 1 to 5 s, on a busy machine 20 s; some wait for a gateway that will never answer. */
export const COMMAND_SECONDS = 90;
/** Exit code of a command that was cut off after that long: the one that `timeout` gives. */
export const COMMAND_TOOK_TOO_LONG = 124;

/**
 * One running gateway with one config and one starting state, and everything a scenario may do to it.
 * The only thing that play knows of containers.
 */
export type Stage = {
  readonly id: string;
  /** The shared secrets of this stage: random, known to the vault. */
  readonly token: string;
  readonly password: string;
  readonly journal: Journal;
  /** Host and port of a door that was opened for the stage. */
  door(door: Door): { host: string; port: number };
  /** The harness's own operator, connected on loopback before anyone else. */
  operator(): Operator;
  /** Version that the gateway itself told last. */
  version(): string;
  /** Protocol number of the operator's connection; null before the first. */
  protocol(): number | null;
  command(request: CommandRequest): Promise<CommandResult>;
  /** A file below the gateway's ~/.openclaw, or null where there is none. */
  readHome(path: string): Promise<string | null>;
  /** Removes files or folders below the gateway's ~/.openclaw. */
  removeFromHome(paths: readonly string[]): Promise<void>;
  restart(): Promise<Readiness>;
  recreate(home: 'kept' | 'fresh'): Promise<Readiness>;
  /** Moves to another release on the same home; without a version, to the gateway under test. */
  upgrade(to: string | null): Promise<Readiness>;
  /** Merges over the config, then restarts. */
  configure(patch: Record<string, unknown>): Promise<Readiness>;
  /** Milliseconds spent in each boot, in order. */
  readonly boots: readonly number[];
  /** Removes everything the stage has in the engine. */
  close(): Promise<void>;
};
