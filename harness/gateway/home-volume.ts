import { HOME_BYTES } from '../limits.ts';
import type { Engine } from './engine.ts';
import { createUnder, type ResourceOwner } from './reaper.ts';
import { startSandboxed } from './sandboxed-container.ts';

/**
 * Makes a volume for the home of a gateway, which holds HOME_BYTES at most and stays for as long as its lease: gateways come and go on it.
 * Engines bound no volume on disk, so it is in memory, where the kernel bounds it. It would go with the last container that uses it, so
 * one that does nothing keeps it. Throws what the engine says.
 */
export async function createHomeVolume(
  docker: Engine['docker'],
  resourceOwner: ResourceOwner,
  helperImage: string,
  name: string,
): Promise<void> {
  await createUnder(resourceOwner, () =>
    docker.createVolume({
      Name: name,
      Labels: resourceOwner.labels,
      Driver: 'local',
      DriverOpts: { type: 'tmpfs', device: 'tmpfs', o: `size=${HOME_BYTES},mode=0700,uid=1000,gid=1000` },
    }),
  );
  await startSandboxed({
    image: helperImage,
    resourceOwner,
    command: ['sleep', 'infinity'],
    network: 'none',
    seals: false,
    ports: [],
    environment: {},
    // Not where the home is in an image: the engine would fill an empty volume from there.
    volumes: { '/kept': name },
    archives: [],
  });
}
