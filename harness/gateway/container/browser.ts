import { EnvironmentError } from '../../exit.ts';
import { BROWSER_READY_MS } from '../../limits.ts';
import type { Engine } from '../engine/engine.ts';
import type { ResourceOwner } from '../engine/reaper.ts';
import { followLog } from '../log/follow-container-log.ts';
import type { GatewayLog } from '../log/gateway-log.ts';
import { BROWSER_PORT, type BrowserPlace, hostRules } from '../network/proxies.ts';
import { startSandboxed } from './sandboxed-container.ts';

/** The command that starts Chromium on this machine of a stage. */
const commandFor = (place: BrowserPlace): string[] => [
  'chromium',
  '--headless=new',
  // Chromium's sandbox needs privileges that the container does not have. The container isolates the browser instead.
  '--no-sandbox',
  '--disable-gpu',
  // A container has only 64 MB of shared memory.
  '--disable-dev-shm-usage',
  '--no-first-run',
  // A stage has no connection to the internet: requests of these services would only take time.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The gateway itself must refuse connections of foreign pages; the tests must not pass because this browser blocks them.
  '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets,PrivateNetworkAccessForNavigations',
  `--host-resolver-rules=${hostRules(place)}`,
  '--user-data-dir=/tmp/profile',
  `--remote-debugging-port=${BROWSER_PORT}`,
  'about:blank',
];

/** The browser to start. `gatewayLog` is the log to which its output is added. */
export type BrowserRequest = {
  docker: Engine['docker'];
  resourceOwner: ResourceOwner;
  image: string;
  /** Id of the container whose network namespace the browser shares. */
  shares: string;
  place: BrowserPlace;
  gatewayLog: GatewayLog;
};

/**
 * Starts Chromium in the network namespace of a container, and waits until the harness can control it. Throws EnvironmentError if that
 * takes longer than BROWSER_READY_MS.
 */
export async function startBrowser({
  docker,
  resourceOwner,
  image,
  shares,
  place,
  gatewayLog,
}: BrowserRequest): Promise<void> {
  const mark = gatewayLog.mark();
  const container = await startSandboxed({
    image,
    resourceOwner,
    command: commandFor(place),
    network: { shares },
    seals: false,
    ports: [],
    environment: { HOME: '/tmp' },
    volumes: {},
    archives: [],
  });
  void followLog(docker, container.getId(), gatewayLog, '', () => {});
  if ((await gatewayLog.waitFor(mark, (line) => line.includes('DevTools listening'), BROWSER_READY_MS)) !== null)
    return;
  throw new EnvironmentError(
    `the browser did not start within ${BROWSER_READY_MS / 1000} s`,
    "Read its log, …-browser.log, in the folder of the gateway's log.",
  );
}
