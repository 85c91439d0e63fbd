import path from 'node:path';
import { EXIT, type ExitCode } from '../exit.ts';
import { type PlannedStage, unitsOf } from '../play/planned-stage.ts';
import type { StageListener } from '../play/run-stages.ts';
import type { RunEvent } from '../results/report.ts';
import type { GatewayRunResult } from './gateway-run-result.ts';
import type { Verdicts } from './verdict-collector.ts';

/** The run of one gateway, as far as the listener of its stages uses it. */
type Listening = {
  /** The name of the folder with the logs of this gateway, below `logs/` in the report folder. */
  place: string;
  /** Gets what the stages add to it. */
  result: GatewayRunResult;
  verdicts: Verdicts;
  /** The stages that play no scenarios, with the ids of what they play: the decision table or a survey. */
  generated: ReadonlyMap<PlannedStage, string>;
  emit(event: RunEvent): void;
  problem(text: string, exitCode: ExitCode): void;
};

/** Listens to the stages of one gateway: emits events, adds to the result, hands playbacks to be judged, and reports problems of a stage. */
export function listenTo({ place, result, verdicts, generated, emit, problem }: Listening): StageListener {
  const { reference } = result.subject;
  const at = (): { at: string; gateway: string } => ({ at: new Date().toISOString(), gateway: reference });
  const logOf = (plan: PlannedStage): string => path.join('logs', place, `${plan.id}-gateway.log`);
  return {
    stageBooting: (plan) => emit({ ...at(), event: 'stage-booting', stage: plan.id }),
    stageReady: (plan, version, ms) => emit({ ...at(), event: 'stage-ready', stage: plan.id, version, ms }),
    stageFailed(plan, why) {
      emit({ ...at(), event: 'stage-failed', stage: plan.id, why });
      const part = generated.get(plan);
      if (part !== undefined) problem(`${part} could not be played: ${why}`, EXIT.environment);
    },
    knocked() {
      result.knocks += 1;
    },
    playing({ workaround, loaded }) {
      if (workaround === null) emit({ ...at(), event: 'scenario-started', scenario: loaded.scenario.id });
    },
    played({ workaround, loaded }, playback, ms) {
      const scenario = loaded.scenario.id;
      result.slowest.push({ scenario, gateway: reference, ms });
      verdicts.played(loaded, playback);
      if (workaround === null) emit({ ...at(), event: 'scenario-finished', scenario, ms });
    },
    stageMisnamed(plan, names) {
      const told = names.map(({ told, installed }) => `${told}, and its package says ${installed}`).join('; ');
      problem(`${reference} chose another version on stage ${plan.id}: it calls itself ${told}`, EXIT.failed);
    },
    stageLeaked(plan, leaks) {
      for (const [secret, line] of leaks)
        problem(
          `${reference} wrote a ${secret} to its log (${logOf(plan)}, line ${line + 1}; redacted there)`,
          EXIT.failed,
        );
    },
    stageDone(plan, boots) {
      const chain = boots.reduce((sum, ms) => sum + ms, 0);
      const part = generated.get(plan);
      result.boots += boots.length;
      result.bootMs += chain;
      result.longestChainMs = Math.max(result.longestChainMs, chain);
      result.stages.push({
        id: plan.id,
        gateway: reference,
        scenarios: part === undefined ? [...new Set(unitsOf(plan).map(({ loaded }) => loaded.scenario.id))] : [part],
        bootMs: chain,
        log: logOf(plan),
      });
    },
  };
}
