import { setTimeout as pause } from 'node:timers/promises';
import type { StartedTestContainer } from 'testcontainers';
import type { Address } from '../../client/dial.ts';
import { RELOAD_MS } from '../../limits.ts';
import { isVersion, releaseIn } from '../../scenario/releases/range.ts';
import type { Scenario } from '../../scenario/schema/scenario.ts';
import type { Engine } from '../engine/engine.ts';
import { controlUiConfig } from '../home/control-ui-config.ts';
import { homeArchive, mergeConfig } from '../home/gateway-home.ts';
import { mockLlmConfig } from '../home/mock-llm.ts';
import type { SharedSecrets } from '../home/shared-secrets.ts';
import { PATH_WITH_TAILSCALE, tailscaleCommand } from '../home/tailscale.ts';
import { exitsForAnotherProcess, readReload } from '../log/reload.ts';
import { operatorKnock } from '../pairing/operator.ts';
import { createOperatorSession, type OperatorSession } from '../pairing/operator-session.ts';
import { commandIn } from './command.ts';
import { GatewayContainer, type GatewayContainerRequest } from './gateway-container.ts';
import type { Readiness, VersionMismatch } from './stage.ts';

/** An image of a release: the image's tag, and the version of the installed package. */
export type Release = { tag: string; version: string };

/** What a container of the gateway is made of: its release, its config, and the volume of its home. */
export type GatewayParts = { release: Release; config: Record<string, unknown>; home: string };

/** What stays the same from start to start. */
export type GatewayProcessRequest = Omit<GatewayContainerRequest, 'environment'> & {
  gateway: Scenario['gateway'];
  /** Whether the gateway keeps its default settings for the Control UI. */
  showsPages: boolean;
  secrets: SharedSecrets;
  /** The address from which the operator knocks. */
  operatorsWay: Address;
  /** Runs one boot of the gateway when the caller's semaphore permits it. */
  turn<T>(work: () => Promise<T>): Promise<T>;
};

/** What the gateway reported of itself when it last admitted the operator. */
type Reported = { version: string; buildId: string | null; protocol: number | null };

/**
 * The gateway under test from start to start: what it is made of, what it reported of itself, and how long each boot took. A class, because
 * each of its operations reads and changes the same state. Methods that reach the engine pass on its errors.
 */
export class GatewayProcess {
  /** The duration of each boot in milliseconds, in order. */
  readonly boots: number[] = [];
  /** One entry for each boot at which the gateway reported another version than that of its package. */
  readonly misnamed: VersionMismatch[] = [];
  readonly operatorSession: OperatorSession;
  readonly #request: GatewayProcessRequest;
  readonly #container: GatewayContainer;
  #parts: GatewayParts;
  #reported: Reported = { version: '', buildId: null, protocol: null };

  constructor(request: GatewayProcessRequest, parts: GatewayParts) {
    this.#request = request;
    const { environment, tailnet } = request.gateway;
    const path = tailnet === undefined ? {} : { PATH: PATH_WITH_TAILSCALE };
    this.#container = new GatewayContainer({ ...request, environment: { ...path, ...environment } });
    this.#parts = parts;
    this.operatorSession = createOperatorSession((identity) =>
      operatorKnock(request.operatorsWay, identity, request.secrets.credentials(), this.#parts.release.version),
    );
  }

  /** What the container is made of, or will be at its next `replace`. */
  get parts(): Readonly<GatewayParts> {
    return this.#parts;
  }

  /** What the gateway reported at its last boot; an empty version and null before the first. */
  get reported(): Readonly<Reported> {
    return this.#reported;
  }

  /** The container, running or stopped. Throws Error before the first start. */
  get container(): StartedTestContainer {
    return this.#container.current;
  }

  /** Creates the container and starts it, in its turn. */
  start(): Promise<Readiness> {
    return this.#request.turn(async () => {
      const began = performance.now();
      const { release, home } = this.#parts;
      const { files: own, tailnet } = this.#request.gateway;
      const files = { ...this.#request.secrets.filledIn(own), ...(tailnet && tailscaleCommand(tailnet)) };
      const mark = await this.#container.create(release.tag, home, await this.#archive(files));
      return this.#admitOperator(began, mark);
    });
  }

  /** Starts the stopped container again, in its turn. */
  startAgain(): Promise<Readiness> {
    return this.#request.turn(async () => {
      const began = performance.now();
      return this.#admitOperator(began, await this.#container.startAgain());
    });
  }

  /** Closes the operator's connection and stops the container. Does nothing if it has stopped. */
  async stop(): Promise<void> {
    await this.operatorSession.dismiss();
    await this.#container.stop();
  }

  /** Kills the container. */
  kill(): Promise<void> {
    return this.#container.kill();
  }

  /** Stops the container, removes it, and starts another one in which these parts are changed. */
  async replace(changed: Partial<GatewayParts>): Promise<Readiness> {
    this.#parts = { ...this.#parts, ...changed };
    await this.stop();
    await this.#container.remove();
    return this.start();
  }

  /**
   * Writes another config into the home of the running gateway, and waits until the gateway has applied it. If it exits in order to apply
   * it, starts the container again.
   */
  async reload(config: Record<string, unknown>): Promise<Readiness> {
    const { gatewayLog, turn } = this.#request;
    this.#parts = { ...this.#parts, config };
    const began = performance.now();
    const mark = gatewayLog.mark();
    await this.#container.unpack(await this.#archive({}));
    const line = await gatewayLog.waitFor(mark, (text) => readReload(text) !== null, RELOAD_MS);
    const reload = line === null ? null : readReload(line.text);
    if (line === null || reload === null || reload === 'rejected') {
      const why = line === null ? 'its log has no line about the config that was changed while it ran' : line.text;
      return { kind: 'not-ready', afterMs: Math.round(performance.now() - began), why };
    }
    if (reload === 'restart')
      await Promise.race([this.operatorSession.ended(), pause(RELOAD_MS, null, { ref: false })]);
    await this.operatorSession.dismiss();
    const readiness = await turn(() => this.#admitOperator(began, mark));
    if (reload !== 'restart') return readiness;
    const spawned = gatewayLog.since(mark).some(({ text }) => exitsForAnotherProcess(text));
    if (readiness.kind === 'ready' && spawned) {
      // The other process may be ready while the first one still exits; the container, and every connection, ends with the first.
      await this.operatorSession.dismiss();
      await Promise.race([this.#container.exit(), pause(RELOAD_MS, null, { ref: false })]);
      await this.#container.stop();
      return this.startAgain();
    }
    // The container has stopped. A user's engine would start it again.
    return readiness.kind === 'exited' ? this.startAgain() : readiness;
  }

  /** The archive of the home: the config for the release, and these other files. */
  #archive(files: Scenario['gateway']['files']): Promise<Buffer> {
    const { gateway, showsPages } = this.#request;
    const { config, release } = this.#parts;
    const ofHarness = mergeConfig(
      showsPages ? {} : controlUiConfig(release.version),
      gateway.model ? mockLlmConfig(release.version) : {},
    );
    return homeArchive(mergeConfig(ofHarness, config), files);
  }

  /** Waits until the operator is admitted. `began`: when this boot began, by performance.now(); `mark`: where it begins in the log. */
  async #admitOperator(began: number, mark: number): Promise<Readiness> {
    const { gatewayLog, docker } = this.#request;
    const ready = await this.operatorSession.admit({ gatewayLog, mark, exit: () => this.#container.exit() });
    this.boots.push(Math.round(performance.now() - began));
    if (ready.kind !== 'ready') return ready;
    const { protocol, buildId, refusals } = ready;
    const version = await versionOf(docker, this.#container.current, ready.version);
    this.#reported = { version, buildId, protocol };
    const installed = this.#parts.release.version;
    if (version !== installed) this.misnamed.push({ told: version, installed });
    return { kind: 'ready', version, afterMs: Math.round(performance.now() - began), refusals };
  }
}

/** The version that the gateway reports. 2026.2 releases report "dev" in hello; for these, runs the installed command with `--version`. */
async function versionOf(docker: Engine['docker'], container: StartedTestContainer, reported: string): Promise<string> {
  if (isVersion(reported)) return reported;
  const { stdout } = await commandIn(docker, container, ['--version']);
  return releaseIn(stdout) ?? reported;
}
