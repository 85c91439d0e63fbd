import { honestClaims } from '../client/claims.ts';
import { knock } from '../client/handshake.ts';
import { ENVIRONMENT } from '../gateway/home/environment.ts';
import { homeArchive, stageConfig } from '../gateway/home/gateway-home.ts';
import { createGatewayLog } from '../gateway/log/gateway-log.ts';
import { waitUntilReady } from '../gateway/log/wait-until-ready.ts';
import { authorityOf, GATEWAY_PORT } from '../gateway/network/proxies.ts';
import { PLAIN_GATEWAY } from '../scenario/schema/scenario.ts';
import { type MeasuredRelease, median } from './measured-release.ts';

/**
 * Boots a stage and a bare container alternately, each until a knock is admitted. The bare container has the same image, config and
 * environment, a published port, and nothing of the harness: no network of its own, no relays, no volume, no followed log.
 */
export async function measureBoot(measured: MeasuredRelease, pairs: number) {
  const harness: number[] = [];
  const bare: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const began = performance.now();
    const stage = await measured.boot(`boot-${pair}`);
    harness.push(performance.now() - began);
    await stage.close();
    bare.push(await bootBare(measured));
  }
  const ratios = harness.map((ms, index) => ms / (bare[index] ?? Number.NaN));
  return {
    pairs,
    ratio: median(ratios),
    harnessMs: Math.round(median(harness)),
    bareMs: Math.round(median(bare)),
  };
}

async function bootBare({ bed: { engine, resourceOwner, secretRegistry }, image }: MeasuredRelease): Promise<number> {
  const token = secretRegistry.mint('token');
  const config = stageConfig(PLAIN_GATEWAY, { token, password: '' }, { peer: '', network: '' });
  const archive = await homeArchive(config, {});
  const began = performance.now();
  const container = await engine.docker.createContainer({
    Image: image.tag,
    Cmd: ['openclaw', 'gateway', '--port', `${GATEWAY_PORT}`, '--verbose'],
    Env: Object.entries(ENVIRONMENT).map(([name, value]) => `${name}=${value}`),
    Labels: resourceOwner.labels,
    ExposedPorts: { [`${GATEWAY_PORT}/tcp`]: {} },
    HostConfig: { PortBindings: { [`${GATEWAY_PORT}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: '' }] } },
  });
  await container.putArchive(archive, { path: '/' });
  await container.start();
  const { NetworkSettings: network } = await container.inspect();
  const port = Number(network.Ports[`${GATEWAY_PORT}/tcp`]?.[0]?.HostPort);
  const ready = await waitUntilReady({
    gatewayLog: createGatewayLog(null, secretRegistry),
    mark: 0,
    // From the bridge network, the gateway admits only a client without a device silently; its scopes do not matter for this measurement.
    attempt: () =>
      knock(
        {
          host: '127.0.0.1',
          port,
          authority: authorityOf('published'),
          tls: false,
          path: '/',
          form: 'command',
          headers: {},
        },
        {
          ...honestClaims({
            release: image.version,
            buildId: null,
            clientId: 'gateway-client',
            clientMode: 'backend',
            credentials: { token },
          }),
          identity: null,
        },
      ),
    exit: async () => ({ exitCode: (await container.wait()).StatusCode }),
  });
  const took = performance.now() - began;
  if (ready.kind !== 'ready') throw new Error(`the bare container did not get ready: ${JSON.stringify(ready)}`);
  await ready.connection.close();
  await container.remove({ force: true, v: true });
  return took;
}
