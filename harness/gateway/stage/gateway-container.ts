import { Readable } from 'node:stream';
import type { StartedTestContainer } from 'testcontainers';
import { STOP_SECONDS } from '../../limits.ts';
import { startSandboxed } from '../container/sandboxed-container.ts';
import type { Engine } from '../engine/engine.ts';
import type { ResourceOwner } from '../engine/reaper.ts';
import { ENVIRONMENT } from '../home/environment.ts';
import { HOME } from '../home/gateway-home.ts';
import { followLog } from '../log/follow-container-log.ts';
import type { GatewayLog } from '../log/gateway-log.ts';
import { GATEWAY_PORT } from '../network/proxies.ts';

/** What all containers of one gateway have in common. */
export type GatewayContainerRequest = {
  docker: Engine['docker'];
  resourceOwner: ResourceOwner;
  /** Id of the container that owns the network namespace in which the gateway runs. */
  front: string;
  /** Environment variables of the gateway. They override those that every container has. */
  environment: Readonly<Record<string, string>>;
  /** Gets every line of every container, once. */
  gatewayLog: GatewayLog;
};

/**
 * The container in which the gateway runs, one at a time, with its log. A class, because the container, the reader of its log and the place
 * that the reader has reached change together. Methods that reach the engine pass on its errors.
 */
export class GatewayContainer {
  readonly #request: GatewayContainerRequest;
  #container: StartedTestContainer | null = null;
  #logWasRead: Promise<void> = Promise.resolve();
  /** The engine's timestamp of the last line that was read from this container. */
  #lastSeen = '';

  constructor(request: GatewayContainerRequest) {
    this.#request = request;
  }

  /** The container, running or stopped. Throws Error if none was created. */
  get current(): StartedTestContainer {
    if (this.#container === null) throw new Error('the gateway was never started');
    return this.#container;
  }

  /**
   * Creates a container of an image and starts it. `home` is the name of the volume of its home, into which `archive` is unpacked.
   * Gives the mark in the log at which this start begins.
   */
  async create(image: string, home: string, archive: Buffer): Promise<number> {
    const { resourceOwner, front, environment } = this.#request;
    this.#container = await startSandboxed({
      image,
      resourceOwner,
      command: ['openclaw', 'gateway', '--port', `${GATEWAY_PORT}`, '--verbose'],
      network: { shares: front },
      seals: false,
      ports: [],
      environment: { ...ENVIRONMENT, ...environment },
      volumes: { [HOME]: home },
      archives: [archive],
    });
    this.#lastSeen = '';
    return this.#readLog(this.#container);
  }

  /** Starts the container again after it stopped. Gives the mark in the log at which this start begins. */
  async startAgain(): Promise<number> {
    const container = this.current;
    await this.#handle(container).start();
    return this.#readLog(container);
  }

  /** Stops the container. Does nothing if it has stopped, or if there is none. */
  async stop(): Promise<void> {
    if (this.#container !== null) await this.#handle(this.#container).stop({ t: STOP_SECONDS }).catch(ignoringStopped);
  }

  /** Kills the container: the gateway cannot put its home in order. Does nothing if there is none. */
  async kill(): Promise<void> {
    if (this.#container !== null) await this.#handle(this.#container).kill();
  }

  /** Removes the container; its home stays. Does nothing if there is none. */
  async remove(): Promise<void> {
    if (this.#container !== null) await this.#handle(this.#container).remove({ force: true });
  }

  /** Unpacks an archive over the files of the running gateway. */
  async unpack(archive: Buffer): Promise<void> {
    await this.current.copyArchiveToContainer(Readable.from([archive]), '/');
  }

  /** Settles when the container has stopped and its whole output was read. */
  async exit(): Promise<{ exitCode: number }> {
    const logWasRead = this.#logWasRead;
    const { StatusCode } = await this.#handle(this.current).wait();
    await logWasRead;
    return { exitCode: StatusCode };
  }

  #handle(container: StartedTestContainer): ReturnType<Engine['docker']['getContainer']> {
    return this.#request.docker.getContainer(container.getId());
  }

  #readLog(container: StartedTestContainer): number {
    const { docker, gatewayLog } = this.#request;
    const mark = gatewayLog.mark();
    this.#logWasRead = followLog(docker, container.getId(), gatewayLog, this.#lastSeen, (stamp) => {
      this.#lastSeen = stamp;
    });
    return mark;
  }
}

/** Ignores status 304: the container had stopped before. Throws every other error. */
function ignoringStopped(error: unknown): void {
  const status: unknown = error instanceof Error && 'statusCode' in error ? error.statusCode : null;
  if (status !== 304) throw error;
}
