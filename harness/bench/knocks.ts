import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { WebSocket } from 'ws';
import { honestClaims } from '../client/claims.ts';
import type { Address } from '../client/dial.ts';
import { knock } from '../client/handshake.ts';
import { OPERATORS_ROUTE } from '../gateway/network/proxies.ts';
import type { Stage } from '../gateway/stage/stage.ts';
import { type MeasuredRelease, median } from './measured-release.ts';

const ROUNDS = 5;
const KNOCKS_PER_ROUND = 100;

/** Measures sequential knocks of the harness and of a minimal ws client that gets the same hello, alternately, on the same gateway. */
export async function measureKnocks(measured: MeasuredRelease) {
  const stage = await measured.boot('knocks');
  const way = stage.route(OPERATORS_ROUTE);
  const ours: number[] = [];
  const minimal: number[] = [];
  let after200 = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await perSecond(() => harnessKnock(stage, way)));
    minimal.push(await perSecond(() => minimalKnock(stage, way)));
    if (round === 1) after200 = memoryMb();
  }
  for (let count = ROUNDS * KNOCKS_PER_ROUND; count < 1000; count += 1) await harnessKnock(stage, way);
  const growthMb = memoryMb() - after200;
  await stage.close();
  const ratios = ours.map((rate, index) => rate / (minimal[index] ?? Number.NaN));
  return {
    rounds: ROUNDS,
    ratio: median(ratios),
    perSecond: Math.round(median(ours)),
    minimalPerSecond: Math.round(median(minimal)),
    growthMb,
  };
}

async function perSecond(once: () => Promise<void>): Promise<number> {
  const began = performance.now();
  for (let count = 0; count < KNOCKS_PER_ROUND; count += 1) await once();
  return (KNOCKS_PER_ROUND * 1000) / (performance.now() - began);
}

/** Both clients are admitted without a device, so that the pairing list does not grow. */
const CLIENT = { id: 'gateway-client', mode: 'backend' } as const;

async function harnessKnock(stage: Pick<Stage, 'version' | 'token'>, way: Address): Promise<void> {
  const claims = {
    ...honestClaims({
      release: stage.version(),
      buildId: null,
      clientId: CLIENT.id,
      clientMode: CLIENT.mode,
      credentials: { token: stage.token },
    }),
    identity: null,
  };
  const { end, connection } = await knock({ ...way, path: '/', form: claims.form, headers: {} }, claims);
  if (end.kind !== 'hello') throw new Error(`a knock of the benchmark ended with ${JSON.stringify(end)}`);
  await connection?.close();
}

function minimalKnock({ token }: Pick<Stage, 'token'>, { port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
    socket.once('error', reject);
    socket.once('close', () => resolve());
    socket.once('message', () => {
      const params = {
        minProtocol: 3,
        maxProtocol: 4,
        client: { ...CLIENT, version: '1.0.0', platform: 'linux' },
        role: 'operator',
        scopes: [],
        auth: { token },
      };
      socket.send(JSON.stringify({ type: 'req', id: '1', method: 'connect', params }));
      socket.once('message', () => socket.close(1000));
    });
  });
}

/** Heap and external memory in MB after a full garbage collection. */
function memoryMb(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 ** 2;
}
