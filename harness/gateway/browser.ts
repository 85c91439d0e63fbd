import { EnvironmentError } from '../exit.ts';
import { BROWSER_READY_MS } from '../limits.ts';
import type { Engine } from './engine.ts';
import { followLog } from './follow-container-log.ts';
import type { GatewayLog } from './gateway-log.ts';
import { BROWSER_PORT, HOST_RULES } from './proxies.ts';
import type { ResourceOwner } from './reaper.ts';
import { startSandboxed } from './sandboxed-container.ts';

const COMMAND = [
  'chromium',
  '--headless=new',
  // Its sandbox needs privileges that the container does not have, and the container does its job.
  '--no-sandbox',
  '--disable-gpu',
  // A container has 64 MB of shared memory.
  '--disable-dev-shm-usage',
  '--no-first-run',
  // Nothing outside answers here: what it would look up only takes time.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Whether a foreign page may speak to this machine is for the gateway to refuse, and not for this browser alone.
  '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets,PrivateNetworkAccessForNavigations',
  `--host-resolver-rules=${HOST_RULES}`,
  '--user-data-dir=/tmp/profile',
  `--remote-debugging-port=${BROWSER_PORT}`,
  'about:blank',
];

export type BrowserRequest = {
  docker: Engine['docker'];
  resourceOwner: ResourceOwner;
  image: string;
  /** Id of the container whose network namespace it is in. */
  shares: string;
  gatewayLog: GatewayLog;
};

/** Starts Chromium in the network namespace of a container, and waits until it takes orders. Throws EnvironmentError where it does not. */
export async function startBrowser({
  docker,
  resourceOwner,
  image,
  shares,
  gatewayLog,
}: BrowserRequest): Promise<void> {
  const mark = gatewayLog.mark();
  const cell = await startSandboxed({
    image,
    resourceOwner,
    command: COMMAND,
    network: { shares },
    seals: false,
    ports: [],
    environment: { HOME: '/tmp' },
    volumes: {},
    archives: [],
  });
  void followLog(docker, cell.getId(), gatewayLog, '', () => {});
  if ((await gatewayLog.waitFor(mark, (line) => line.includes('DevTools listening'), BROWSER_READY_MS)) !== null)
    return;
  throw new EnvironmentError(
    `the browser did not start within ${BROWSER_READY_MS / 1000} s`,
    'Its log lies beside that of the gateway, as …-browser.log.',
  );
}
