import type { Address } from '../client/dial.ts';
import { createIdentity } from '../client/identity.ts';
import { EnvironmentError } from '../exit.ts';
import { createGatewayLog } from '../gateway/log/gateway-log.ts';
import { waitUntilReady } from '../gateway/log/wait-until-ready.ts';
import { authorityOf } from '../gateway/network/proxies.ts';
import { type Operator, operatorKnock, operatorOn } from '../gateway/pairing/operator.ts';
import type { Readiness, Stage, StageLifecycle } from '../gateway/stage/stage.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import type { Vantage } from '../scenario/schema/vantage.ts';
import type { House, Ways } from './behaviour.fixture.ts';
import { openGateway } from './gateway.fixture.ts';

/** The time in which a stub gateway must admit the operator, in milliseconds. */
const READY_MS = 1_500;

export type StubStage = {
  stage: Stage;
  readiness: Readiness;
  house: House;
  /** Ends the gateway at once. */
  kill(): void;
};

/** A lifecycle with only `restart`; its other functions reject. */
export function onlyRestart(restart: StageLifecycle['restart']): StageLifecycle {
  const unused = (): Promise<never> => Promise.reject(new Error('this stub gateway can only be restarted'));
  return {
    restart,
    recreate: unused,
    upgrade: unused,
    configure: unused,
    reload: unused,
    adopt: unused,
    startAs: unused,
  };
}

/** A stub gateway as a stage, with its log in memory. `sparesOperator`: the operator is always treated rightly. */
export async function openStubStage(
  broken: Partial<Ways>,
  secretRegistry: SecretRegistry,
  { sparesOperator = true, release = '2026.9.6' }: { sparesOperator?: boolean; release?: string } = {},
): Promise<StubStage> {
  const token = secretRegistry.mint('token');
  const password = secretRegistry.mint('password');
  const gatewayLog = createGatewayLog(null, secretRegistry);
  const gateway = await openGateway(broken, token, gatewayLog.add, { sparesOperator, release });
  const identity = createIdentity();
  const wayTo = (from: Vantage, port: number): Address => ({
    host: '127.0.0.1',
    port,
    authority: authorityOf(from),
    tls: false,
  });

  const began = performance.now();
  const ready = await waitUntilReady({
    gatewayLog,
    mark: 0,
    attempt: () => operatorKnock(wayTo('loopback', gateway.operatorPort), identity, { token }, release),
    exit: () => new Promise(() => {}),
    withinMs: READY_MS,
  });
  const operator: Operator | null = ready.kind === 'ready' ? operatorOn(ready.connection, identity.deviceId) : null;
  const afterMs = Math.round(performance.now() - began);
  const stage: Stage = {
    id: 'stub',
    token,
    password,
    former: null,
    credentials: () => ({ token }),
    gatewayLog,
    boots: [afterMs],
    misnamed: [],
    speaksTls: false,
    route: ({ from }) => wayTo(from, gateway.ports[from]),
    operator() {
      if (operator === null) throw new EnvironmentError('the gateway is down', 'It never came up.');
      return operator;
    },
    version: () => (ready.kind === 'ready' ? ready.version : ''),
    buildId: () => (ready.kind === 'ready' ? ready.buildId : null),
    protocol: () => (ready.kind === 'ready' ? ready.protocol : null),
    home: null,
    lifecycle: null,
    command: null,
    browser: null,
    async close() {
      await operator?.close();
      gateway.close();
    },
  };
  const readiness: Readiness =
    ready.kind === 'ready' ? { kind: 'ready', version: ready.version, afterMs, refusals: ready.refusals } : ready;
  return { stage, readiness, house: gateway.house, kill: gateway.close };
}
