import { messageOf } from '../exit.ts';
import { LAYER_BYTES, LAYER_LOOK_MS } from '../limits.ts';
import type { Engine } from './engine.ts';
import type { ResourceOwner } from './reaper.ts';

/** A container that goes while the engine looks makes one look fail. */
const IN_VAIN = 5;

/**
 * Looks every so often at what each container of a stage has written outside its volumes, which engines bound on few disks only. One
 * that has written more than `most` bytes is killed, and `over` is told so. Between two looks a container can write more than that.
 * Give it the lease of the stage; it ends with `stop`.
 */
export function watchLayers(
  docker: Engine['docker'],
  resourceOwner: ResourceOwner,
  over: (why: string) => void,
  { most, everyMs } = { most: LAYER_BYTES, everyMs: LAYER_LOOK_MS },
): { stop(): void } {
  const label = Object.entries(resourceOwner.labels).map(([name, value]) => `${name}=${value}`);
  let isOver = false;
  const look = async (): Promise<void> => {
    const containers = await docker.listContainers({ size: true, filters: { label } });
    // The engine gives SizeRw where it is asked for sizes; its types do not know of it.
    for (const container of containers) {
      const written = 'SizeRw' in container ? Number(container.SizeRw) : 0;
      if (written <= most || isOver) continue;
      over(`a container of ${container.Image} wrote ${written} bytes outside its volumes; ${most} are allowed`);
      await docker.getContainer(container.Id).kill();
    }
  };
  let timer: NodeJS.Timeout | undefined;
  let inVain = 0;
  const again = (): void => {
    timer = setTimeout(() => {
      look()
        .then(() => {
          inVain = 0;
        })
        .catch((error: unknown) => {
          inVain += 1;
          if (!isOver && inVain === IN_VAIN)
            over(`the engine has not said ${IN_VAIN} times in a row how much was written: ${messageOf(error)}`);
        })
        .finally(() => {
          if (!isOver) again();
        });
    }, everyMs);
    timer.unref();
  };
  again();
  return {
    stop() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
