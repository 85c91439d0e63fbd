import { type ExitCode, messageOf } from '../exit.ts';
import type { Deviation } from '../judge/deviation.ts';
import type { Purpose } from '../judge/verdict.ts';
import { type PlannedStage, unitsOf } from '../play/planned-stage.ts';
import { failedScenario, type Playback } from '../play/play.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import type { CheckResult, RunEvent, Subject } from '../results/report.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { addChecks } from './gateway-run-result.ts';
import { type JudgeContext, judgeScenario, unjudged } from './judge-scenario.ts';

/** What the verdicts of a gateway need in addition to the playbacks. */
export type VerdictsRequest = {
  root: string;
  secretRegistry: SecretRegistry;
  purpose: Purpose;
  scenarios: readonly LoadedScenario[];
  /** Why the run's selection leaves a scenario out; null if the scenario is selected. */
  whyLeftOut(scenario: LoadedScenario): string | null;
  deviations: readonly Deviation[];
  today: string;
  emit(event: RunEvent): void;
  /** Reports a problem outside of checks, with its exit code. */
  problem(text: string, exitCode: ExitCode): void;
  stopped(): boolean;
};

/** The verdicts of one gateway while it is played. */
export type Verdicts = {
  /** Judges the scenarios that have no verdicts yet; each check that was not played gets the verdict `error`, with this reason. */
  giveUp(why: string): void;
  /** Takes the playback of a scenario or of one of its workarounds, and judges the scenario if it was the last one. */
  played(loaded: LoadedScenario, playback: Playback): void;
};

/** Judges a scenario; if the judging code throws, gives each of its checks the verdict `error`, so that other scenarios are still judged. */
function judgedOrError(loaded: LoadedScenario, playback: Playback, context: JudgeContext): CheckResult[] {
  try {
    return judgeScenario(loaded, playback, context);
  } catch (error) {
    return unjudged(loaded, messageOf(error), context);
  }
}

/**
 * Collects playbacks, and judges a scenario once the scenario and its planned workarounds have been played. Adds the checks to `result` and emits
 * an event for each. Scenarios that are not in `planned` are judged at once.
 */
export function createVerdicts(
  request: VerdictsRequest,
  gateway: string,
  result: { subject: Subject; checks: CheckResult[] },
  planned: readonly PlannedStage[],
): Verdicts {
  const missing = new Map<LoadedScenario, number>();
  for (const part of planned.flatMap(unitsOf)) missing.set(part.loaded, (missing.get(part.loaded) ?? 0) + 1);
  const judged = new Set<LoadedScenario>();
  const playbacks = new Map<LoadedScenario, Playback>();
  const settle = (loaded: LoadedScenario): void => {
    if (request.stopped()) return; // the harness is removing the containers, so the observations may be caused by that
    judge(loaded);
  };
  const judge = (loaded: LoadedScenario): void => {
    judged.add(loaded);
    const { purpose, deviations, today } = request;
    const skipped = request.whyLeftOut(loaded);
    const redact = (text: string): string => request.secretRegistry.redact(text);
    const context = { gateway, version: result.subject.judgedAs, purpose, skipped, deviations, today, redact };
    addChecks(result, judgedOrError(loaded, playbacks.get(loaded) ?? new Map(), context), request.emit);
  };
  for (const loaded of request.scenarios) if (!missing.has(loaded)) settle(loaded);
  return {
    giveUp(why) {
      for (const loaded of missing.keys()) {
        if (judged.has(loaded)) continue;
        const played = playbacks.get(loaded) ?? [];
        playbacks.set(loaded, new Map([...failedScenario(loaded.scenario, why), ...played]));
        judge(loaded);
      }
    },
    played(loaded, playback) {
      if (judged.has(loaded)) return; // given up before
      playbacks.set(loaded, new Map([...(playbacks.get(loaded) ?? []), ...playback]));
      const left = (missing.get(loaded) ?? 1) - 1;
      missing.set(loaded, left);
      if (left === 0) settle(loaded);
    },
  };
}
