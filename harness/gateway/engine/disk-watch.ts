import { messageOf } from '../../exit.ts';
import { LAYER_BYTES, LAYER_LOOK_MS } from '../../limits.ts';
import type { Engine } from './engine.ts';
import type { ResourceOwner } from './reaper.ts';

/** Consecutive failures of the query that are an error. A single one fails if a container is removed meanwhile. */
const MAX_FAILURES = 5;

/**
 * Asks the engine every `everyMs` how many bytes each container of a stage has written outside its volumes; engines can limit this on few
 * file systems only. Kills a container that has written more than `most` bytes, and calls `over` with the reason. Also calls `over` if the
 * engine fails to answer MAX_FAILURES times in a row. Between two queries a container can write more than `most`.
 * `resourceOwner` is that of the stage. Runs until `stop` is called.
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
    // The engine returns SizeRw if asked for sizes; dockerode's types lack it.
    for (const container of containers) {
      const written = 'SizeRw' in container ? Number(container.SizeRw) : 0;
      if (written <= most || isOver) continue;
      over(`a container of ${container.Image} wrote ${written} bytes outside its volumes; ${most} are allowed`);
      await docker.getContainer(container.Id).kill();
    }
  };
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  const again = (): void => {
    timer = setTimeout(() => {
      look()
        .then(() => {
          failures = 0;
        })
        .catch((error: unknown) => {
          failures += 1;
          if (!isOver && failures === MAX_FAILURES)
            over(
              `the engine failed ${MAX_FAILURES} times in a row to report how much was written: ${messageOf(error)}`,
            );
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
