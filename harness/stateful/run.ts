import { bootSingleStage, withTestBed } from '../gateway/stage/test-bed.ts';
import { SESSION_ENDS_SECONDS } from '../limits.ts';
import { TIMEOUTS } from '../play/context.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import type { Output } from '../report/terminal/output.ts';
import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/catalogue/load.ts';
import { PATIENT_GATEWAY } from '../scenario/schema/scenario.ts';
import { knownViolations } from './known-violations.ts';
import type { Path } from './path.ts';
import { type SearchResult, search } from './search.ts';

export type ModelRequest = {
  gateway: string;
  seed: number;
  path: Path | null;
  runs: number;
  minutes: number;
  strict: boolean;
  ran(runs: number, actions: number): void;
  out: Output;
};

/**
 * Boots a stage of the gateway and searches it for a broken property. Removes the stage before it settles.
 * Throws UsageError for a reference that cannot be read, ScenarioError for an invalid catalogue, EnvironmentError if the engine or the boot fails, InterruptedError on Ctrl-C.
 */
export function runModel(request: ModelRequest): Promise<SearchResult> {
  const { out } = request;
  const known = knownViolations(loadScenarios(ROOT).map(({ scenario }) => scenario));
  const secretRegistry = createSecretRegistry();
  out.clearWith(secretRegistry.redact);
  return withTestBed(
    { runId: `model-${process.pid}`, secretRegistry, say: out.say },
    `Run the same command again with --seed ${request.seed}.`,
    async (bed, stopped) => {
      const stage = await bootSingleStage(bed, await bed.image(request.gateway), {
        id: 'model',
        gateway: PATIENT_GATEWAY,
        routes: [{ from: 'lan', through: 'documented' }],
      });
      return search({
        stage,
        secretRegistry,
        timeouts: TIMEOUTS,
        seed: request.seed,
        path: request.path,
        runs: request.runs,
        withinMs: request.minutes * 60_000,
        endsWithinSeconds: SESSION_ENDS_SECONDS,
        known,
        strict: request.strict,
        restarts: true,
        stopped,
        ran: request.ran,
      });
    },
  );
}
