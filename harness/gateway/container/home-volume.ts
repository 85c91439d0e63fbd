import { HOME_BYTES } from '../../limits.ts';
import type { Engine } from '../engine/engine.ts';
import { createUnder, type ResourceOwner } from '../engine/reaper.ts';
import { startSandboxed } from './sandboxed-container.ts';

/**
 * Creates a volume for the home of a gateway. It holds at most HOME_BYTES, and stays until the reaper removes what `resourceOwner` owns,
 * also when gateways are replaced. Engines cannot limit the size of a volume on disk, so the volume is in memory (tmpfs), where the kernel
 * limits it. Its content would be lost with the last container that uses it, so an idle container keeps it. Passes on errors of the engine.
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
    // Not mounted at the home's path: the engine would copy the image's home into the empty volume.
    volumes: { '/kept': name },
    archives: [],
  });
}
