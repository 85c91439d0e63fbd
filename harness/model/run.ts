import { openLaboratory } from '../bench/laboratory.ts';
import { InterruptedError } from '../exit.ts';
import { PATIENCE } from '../play/scene.ts';
import type { Output } from '../report/output.ts';
import { PATIENT_GATEWAY } from '../scenario/scenario.ts';
import { onSignal } from '../suite/signals.ts';
import type { Path } from './path.ts';
import { type SearchResult, search } from './search.ts';

export type ModelRequest = {
  gateway: string;
  seed: number;
  path: Path | null;
  runs: number;
  minutes: number;
  strict: boolean;
  ran(runs: number, deeds: number): void;
  out: Output;
};

/** Gateways end such a session within milliseconds; on 2 cores that also boot another gateway, a second was seen. */
const ENDS_WITHIN_SECONDS = 5;

/**
 * Boots a stage of the gateway and searches it for a broken claim. Whatever was created is gone when it settles.
 * Throws UsageError for a reference that cannot be read, EnvironmentError where the engine or the boot fails, InterruptedError on Ctrl-C.
 */
export async function runModel(request: ModelRequest): Promise<SearchResult> {
  const interrupted = onSignal();
  const laboratory = await openLaboratory(request.gateway, request.out, 'model');
  try {
    const work = async (): Promise<SearchResult> => {
      const stage = await laboratory.boot('model', {
        gateway: PATIENT_GATEWAY,
        doors: [{ from: 'lan', through: 'documented' }],
      });
      return search({
        stage,
        vault: laboratory.vault,
        patience: PATIENCE,
        seed: request.seed,
        path: request.path,
        runs: request.runs,
        withinMs: request.minutes * 60_000,
        endsWithinSeconds: ENDS_WITHIN_SECONDS,
        strict: request.strict,
        restarts: true,
        stopped: () => interrupted.signal !== null,
        ran: request.ran,
      });
    };
    const working = work();
    const result = await Promise.race([working, interrupted.promise]);
    // What is under way loses its containers.
    working.catch(() => {});
    if (result === null)
      throw new InterruptedError(
        `interrupted by ${interrupted.signal}; its containers are gone`,
        `Run the same again with --seed ${request.seed}.`,
      );
    return result;
  } finally {
    await laboratory.close();
    interrupted.stop();
  }
}
