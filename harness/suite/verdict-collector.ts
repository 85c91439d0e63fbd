import { type ExitCode, messageOf } from '../exit.ts';
import type { Deviation } from '../judge/deviation.ts';
import type { Purpose } from '../judge/verdict.ts';
import { type PlannedStage, unitsOf } from '../play/plan-stages.ts';
import { failedScenario } from '../play/play.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import type { CheckResult, RunEvent, Subject } from '../results/report.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import { type JudgeContext, judgeScenario, unjudged } from './judge-scenario.ts';

/** What verdicts rest on besides what was played. */
export type VerdictsRequest = {
  root: string;
  secretRegistry: SecretRegistry;
  purpose: Purpose;
  scenarios: readonly LoadedScenario[];
  /** Why one of them is not to be played in this run; null where it is. */
  whyLeftOut(scenario: LoadedScenario): string | null;
  deviations: readonly Deviation[];
  today: string;
  emit(event: RunEvent): void;
  /** Told of what went wrong outside any check. */
  problem(text: string, exitCode: ExitCode): void;
  stopped(): boolean;
};

/** One scenario that cannot be judged takes no other with it, and leaves none of its checks out of the report. */
function judgedOrError(
  loaded: LoadedScenario,
  playback: Parameters<typeof judgeScenario>[1],
  context: JudgeContext,
): CheckResult[] {
  try {
    return judgeScenario(loaded, playback, context);
  } catch (error) {
    return unjudged(loaded, messageOf(error), context);
  }
}

/** Gathers playbacks and judges a scenario once it and its planned remedies have been played. */
export function createVerdicts(
  request: VerdictsRequest,
  gateway: string,
  result: { subject: Subject; checks: CheckResult[] },
  planned: readonly PlannedStage[],
) {
  const missing = new Map<LoadedScenario, number>();
  for (const part of planned.flatMap(unitsOf)) missing.set(part.loaded, (missing.get(part.loaded) ?? 0) + 1);
  const judged = new Set<LoadedScenario>();
  const playbacks = new Map<LoadedScenario, Parameters<typeof judgeScenario>[1]>();
  const settle = (loaded: LoadedScenario): void => {
    if (request.stopped()) return; // its containers are being taken down: what it shows now is our doing
    judge(loaded);
  };
  const judge = (loaded: LoadedScenario): void => {
    judged.add(loaded);
    const { purpose, deviations, today } = request;
    const skipped = request.whyLeftOut(loaded);
    const redact = (text: string): string => request.secretRegistry.redact(text);
    const context = { gateway, version: result.subject.judgedAs, purpose, skipped, deviations, today, redact };
    for (const check of judgedOrError(loaded, playbacks.get(loaded) ?? new Map(), context)) {
      result.checks.push(check);
      request.emit({ at: new Date().toISOString(), event: 'check', check });
    }
  };
  for (const loaded of request.scenarios) if (!missing.has(loaded)) settle(loaded);
  return {
    /** Judges what is not judged yet: every check that was not played is an error, for this reason. */
    giveUp(why: string): void {
      for (const loaded of missing.keys()) {
        if (judged.has(loaded)) continue;
        const played = playbacks.get(loaded) ?? [];
        playbacks.set(loaded, new Map([...failedScenario(loaded.scenario, why), ...played]));
        judge(loaded);
      }
    },
    played(loaded: LoadedScenario, playback: Parameters<typeof judgeScenario>[1]): void {
      if (judged.has(loaded)) return; // it was given up meanwhile
      playbacks.set(loaded, new Map([...(playbacks.get(loaded) ?? []), ...playback]));
      const left = (missing.get(loaded) ?? 1) - 1;
      missing.set(loaded, left);
      if (left === 0) settle(loaded);
    },
  };
}
