import type { Address } from '../../client/dial.ts';
import type { HandshakeEnd } from '../../client/transcript.ts';
import { EnvironmentError } from '../../exit.ts';
import type { CommandResult } from '../../scenario/schema/observation.ts';
import type { Scenario } from '../../scenario/schema/scenario.ts';
import type { StepBody } from '../../scenario/schema/step.ts';
import type { Json } from '../home/gateway-home.ts';
import type { SharedSecrets } from '../home/shared-secrets.ts';
import type { GatewayLog } from '../log/gateway-log.ts';
import type { BrowserPlace, Route } from '../network/proxies.ts';
import type { Operator } from '../pairing/operator.ts';

/** Keys that are merged into the gateway's config and replace those it has. */
export type ConfigPatch = StepBody<'configure'>['set'];

/**
 * How a start of the gateway ended: it admits the operator, its container exited, or neither happened within the time limit.
 * Refusals of the operator before it was admitted are in `refusals`.
 */
export type Readiness =
  | { kind: 'ready'; version: string; afterMs: number; refusals: readonly HandshakeEnd[] }
  | { kind: 'exited'; exitCode: number; lastLines: string }
  | { kind: 'not-ready'; afterMs: number; why: string };

/** Describes why the gateway is not ready. If it exited, the text ends with the last lines of its log. */
export function whyNotReady(readiness: Exclude<Readiness, { kind: 'ready' }>): string {
  switch (readiness.kind) {
    case 'exited':
      return `the gateway exited with ${readiness.exitCode} instead of starting; the last lines of its log:\n${readiness.lastLines}`;
    case 'not-ready':
      return `the gateway was not ready after ${readiness.afterMs} ms: ${readiness.why}`;
  }
}

/** `told`: the version that the gateway reported. `installed`: the version of the installed package. */
export type VersionMismatch = { told: string; installed: string };

/**
 * The container that an `openclaw` command runs in: the gateway's own (`gateway`), another one in the gateway's network namespace
 * (`sidecar`), or another machine on the stage's network (`peer`).
 */
export type CommandPlace = 'gateway' | 'sidecar' | 'peer';
/** The home of a command: the gateway's, one that all commands of an owner share (`own`), or an empty one for this command (`fresh`). */
export type CommandHome = 'gateway' | 'own' | 'fresh';

/** One run of the real `openclaw` command. `owner` names the scenario, so that scenarios do not share an `own` home. */
export type CommandRequest = {
  argv: string[];
  place: CommandPlace;
  home: CommandHome;
  owner: string;
  /** Environment variables of this run. They override those of the container. */
  environment: Readonly<Record<string, string>>;
};

/** Exit code of a command that was stopped at its time limit: the one that coreutils' `timeout` gives. */
export const COMMAND_TOOK_TOO_LONG = 124;

/** The current shared secrets of a stage: random, and registered with the redactor. */
export type StageSecrets = Pick<SharedSecrets, 'token' | 'password' | 'former' | 'credentials'>;

/** What the gateway reported of itself when it last admitted the operator. */
export type SelfReport = {
  /** Its version; empty before the first boot. */
  version(): string;
  /** Its build id; null for releases that report none. */
  buildId(): string | null;
  /** The protocol number of the operator's connection; null before the first. */
  protocol(): number | null;
};

/** Read access to a stage: its addresses, secrets, log and operator. */
export type StageAccess = StageSecrets &
  SelfReport & {
    readonly gatewayLog: GatewayLog;
    /** Whether the gateway speaks TLS itself. */
    readonly speaksTls: boolean;
    /** The address to dial for a route. The stage must have been booted with this route. */
    route(route: Route): Address;
    /** The operator. It connects from loopback, before every other client. Throws EnvironmentError while the gateway is down. */
    operator(): Operator;
  };

/** The files in the gateway's ~/.openclaw; paths are relative to it. */
export type StageHome = {
  /** The text of a file; null if the file does not exist. */
  read(path: string): Promise<string | null>;
  /** Removes files or folders. Throws EnvironmentError if one cannot be removed. */
  remove(paths: readonly string[]): Promise<void>;
  /** Writes JSON files. */
  put(files: Readonly<Record<string, Json>>): Promise<void>;
};

/**
 * Operations that stop the gateway and start it again. Each returns how the start ended, and throws EnvironmentError if the engine fails.
 */
export type StageLifecycle = {
  /** Stops the container, or kills it first, and starts it again. */
  restart(kill: boolean): Promise<Readiness>;
  /** Replaces the container by a new one, on the same home or on an empty one. */
  recreate(home: 'kept' | 'fresh'): Promise<Readiness>;
  /** Replaces the container by one of another release, on the same home. null stands for the gateway under test. */
  upgrade(to: string | null): Promise<Readiness>;
  /** Merges the patch into the config, then replaces the container. */
  configure(patch: ConfigPatch): Promise<Readiness>;
  /**
   * Merges the patch into the config file of the running gateway, and waits until the gateway has applied it. If the gateway exits in
   * order to apply it, starts the container again.
   */
  reload(patch: ConfigPatch): Promise<Readiness>;
  /** Writes the config of another stage into the home of the running gateway, in the same way. The rest of the stage stays as it is. */
  adopt(gateway: Scenario['gateway']): Promise<Readiness>;
  /** Replaces the container by one with the config of another stage, on the same home. The rest of the stage stays as it is. */
  startAs(gateway: Scenario['gateway']): Promise<Readiness>;
};

/** The parts that a stage may lack: each is null if this stage lacks it, and `needed` returns it to a step that cannot do without. */
export type StageParts = {
  readonly home: StageHome | null;
  readonly lifecycle: StageLifecycle | null;
  /** Runs the real `openclaw` command. */
  readonly command: ((request: CommandRequest) => Promise<CommandResult>) | null;
  /** Starts a browser in this place, unless one runs there. Returns the port of 127.0.0.1 at which the harness controls it. */
  readonly browser: ((place: BrowserPlace) => Promise<number>) | null;
};

/** A stage as a step sees it: everything that a scenario may read, and every operation that it may perform. */
export type StageInPlay = StageAccess & StageParts & { readonly id: string };

/** One running gateway with one config and one initial state. Who booted it also learns how its boots went, and closes it. */
export type Stage = StageInPlay & {
  /** One entry for each boot at which the gateway reported another version than that of its package. */
  readonly misnamed: readonly VersionMismatch[];
  /** The duration of each boot in milliseconds, in order. */
  readonly boots: readonly number[];
  /** Removes the stage's containers, networks and volumes. */
  close(): Promise<void>;
};

/** A stage of which a function uses only these parts. */
export type StageWith<P extends keyof StageParts> = Pick<StageInPlay, 'id' | P>;

/** Returns a part that not every stage has. Throws EnvironmentError if this stage lacks it. */
export function needed<P extends keyof StageParts>(stage: StageWith<P>, part: P): NonNullable<StageParts[P]> {
  const found: StageParts[P] = stage[part];
  if (found == null)
    throw new EnvironmentError(
      `stage ${stage.id} has no ${part}`,
      'Play this step on a stage that was booted with one.',
    );
  return found;
}
