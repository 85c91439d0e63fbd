import type { Deviation } from '../judge/deviation.ts';
import { judge, unjudgeable } from '../judge/judge.ts';
import { holds, type Purpose } from '../judge/verdict.ts';
import type { Playback } from '../play/play.ts';
import type { StepRecord } from '../play/record.ts';
import { replayCommand } from '../replay-command.ts';
import { withinBudget } from '../results/budget.ts';
import { type Redact, redactedObservation } from '../results/redaction.ts';
import { type CheckResult, reportedPart } from '../results/report.ts';
import { controlOf, onRelease } from '../scenario/catalogue/checks.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { isLocalStep } from '../scenario/catalogue/local-attempts.ts';
import type { Expectation } from '../scenario/schema/expectation.ts';
import { evidenceOf } from './evidence.ts';

/** What judging needs in addition to the playback; the same for all checks of a gateway. */
export type JudgeContext = {
  gateway: string;
  /** The version that ranges are compared with. */
  version: string;
  purpose: Purpose;
  /** Why the run's selection leaves the scenario out; null if the scenario is selected. */
  skipped: string | null;
  deviations: readonly Deviation[];
  /** YYYY-MM-DD. */
  today: string;
  redact: Redact;
};

/** Judges each check of a scenario by the records of its steps and workarounds. Gives the checks in the order of the file. */
export function judgeScenario(loaded: LoadedScenario, playback: Playback, context: JudgeContext): CheckResult[] {
  const { scenario } = loaded;
  const checks = loaded.checks.map((check) => onRelease(check, context.version));
  const records = new Map<string, StepRecord>(
    [...playback].map(([id, record]) => [
      id,
      { ...record, observation: redactedObservation(record.observation, context.redact) },
    ]),
  );
  return checks.map((check): CheckResult => {
    const evidence = evidenceOf(records.get(check.id) ?? null);
    const symptom: Expectation | undefined = check.step.symptom;
    const refusal = check.expect.refused ?? symptom?.refused;
    const control = refusal === undefined ? null : controlOf(check, checks);
    const { verdict, comparison, because } = judge({
      check,
      scenario,
      version: context.version,
      observation: evidence.observation,
      control: control === null ? null : { id: control.id, observation: records.get(control.id)?.observation ?? null },
      skipped: context.skipped,
      deviations: context.deviations,
      today: context.today,
    });
    return withinBudget({
      id: check.id,
      scenario: scenario.id,
      name: check.name,
      part: reportedPart(check.part),
      gateway: context.gateway,
      version: context.version,
      verdict,
      holds: holds(verdict, context.purpose),
      ...comparison,
      because,
      source: check.place,
      ...evidence,
      local: isLocalStep(check.step, scenario),
      repeat: replayCommand(check.id, { gateways: [context.gateway], file: loaded.outside }),
    });
  });
}

/** The checks of a scenario that could not be judged, each with the verdict `error` and the reason, so that none is missing from the report. */
export function unjudged(loaded: LoadedScenario, why: string, context: JudgeContext): CheckResult[] {
  const because = `this scenario could not be judged, which is a defect of Postern: ${context.redact(why)}`;
  const { scenario } = loaded;
  return loaded.checks.map((check): CheckResult => {
    const judgement = unjudgeable(check, because);
    return {
      id: check.id,
      scenario: scenario.id,
      name: check.name,
      part: reportedPart(check.part),
      gateway: context.gateway,
      version: context.version,
      verdict: judgement.verdict,
      holds: holds(judgement.verdict, context.purpose),
      ...judgement.comparison,
      because: judgement.because,
      source: check.place,
      ...evidenceOf(null),
      local: false,
      repeat: replayCommand(check.id, { gateways: [context.gateway], file: loaded.outside }),
    };
  });
}
