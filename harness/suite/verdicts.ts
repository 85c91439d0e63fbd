import { EXIT, type ExitCode, messageOf } from '../exit.ts';
import type { Deviation } from '../judge/deviation.ts';
import type { Purpose } from '../judge/verdict.ts';
import { type PlannedStage, partsOf } from '../play/plan.ts';
import { failedScenario } from '../play/play.ts';
import type { Vault } from '../redaction/secrets.ts';
import type { CheckResult, RunEvent, Subject } from '../results/report.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import { answerOn, type Told } from './channel.ts';
import { type JudgingContext, judgeScenario, unjudged } from './judging.ts';
import { runAsTests } from './vitest.ts';

/** What verdicts rest on besides what was played. */
export type VerdictsRequest = {
  root: string;
  runId: string;
  vault: Vault;
  purpose: Purpose;
  scenarios: readonly LoadedScenario[];
  /** Why one of them is not to be played in this run; null where it is. */
  whyLeftOut(scenario: LoadedScenario): string | null;
  deviations: readonly Deviation[];
  today: string;
  /** Whether each scenario is a Vitest test file as well. */
  asTests: boolean;
  emit(event: RunEvent): void;
  /** Told of what went wrong outside any check. */
  problem(text: string, exitCode: ExitCode): void;
  stopped(): boolean;
};

/** Vitest asks for each check. One that it never asked for was lost between the scenario and its test, which must not stay unseen. */
export async function answering(request: VerdictsRequest, verdicts: ReturnType<typeof createVerdicts>): Promise<void> {
  if (!request.asTests || request.scenarios.length === 0) return;
  const session = `${request.runId}-${Math.random()}`;
  const declared = new Set(request.scenarios.flatMap(({ checks }) => checks.map((check) => check.id)));
  const stop = answerOn(session, async (id) => {
    if (!declared.has(id)) return unknownCheck(id);
    const check = await verdicts.of(id);
    const isSkipped = check.verdict === 'skipped' || check.verdict === 'not-applicable';
    const message = `${check.verdict}: expected ${check.expected}; seen ${check.seen}${check.because === null ? '' : `; ${check.because}`}`;
    return {
      holds: check.holds,
      skipped: isSkipped ? (check.because ?? check.verdict) : null,
      message,
      source: check.source,
    };
  });
  try {
    const { passed, failed, skipped } = await runAsTests(
      request.root,
      request.scenarios.map(({ file }) => file),
      session,
    );
    const asked = passed + failed + skipped;
    if (asked !== declared.size && !request.stopped())
      request.problem(`Vitest ran ${asked} tests for ${declared.size} checks`, EXIT.environment);
  } finally {
    stop();
  }
}

/** The answer about a check that came into its file after the run had read it: nobody will ever play it. */
function unknownCheck(id: string): Omit<Told, 'kind' | 'session' | 'check'> {
  const file = `scenarios/${id.split('/').slice(0, 2).join('/')}.yaml`;
  const message = `${id} is not part of this run: ${file} was changed after it had begun`;
  return { holds: false, skipped: null, message, source: { file, line: 1, column: 1 } };
}

/** One scenario that cannot be judged takes no other with it, and leaves none of its checks out of the report. */
function judgedOrError(
  loaded: LoadedScenario,
  playback: Parameters<typeof judgeScenario>[1],
  context: JudgingContext,
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
  for (const part of planned.flatMap(partsOf)) missing.set(part.loaded, (missing.get(part.loaded) ?? 0) + 1);
  const judged = new Set<LoadedScenario>();
  const playbacks = new Map<LoadedScenario, Parameters<typeof judgeScenario>[1]>();
  const settled = new Map<string, PromiseWithResolvers<CheckResult>>();
  const slot = (id: string): PromiseWithResolvers<CheckResult> => {
    const there = settled.get(id) ?? Promise.withResolvers<CheckResult>();
    settled.set(id, there);
    return there;
  };
  const settle = (loaded: LoadedScenario): void => {
    if (request.stopped()) return; // its containers are being taken down: what it shows now is our doing
    judge(loaded);
  };
  const judge = (loaded: LoadedScenario): void => {
    judged.add(loaded);
    const { purpose, deviations, today } = request;
    const skipped = request.whyLeftOut(loaded);
    const redact = (text: string): string => request.vault.redact(text);
    const context = { gateway, version: result.subject.judgedAs, purpose, skipped, deviations, today, redact };
    for (const check of judgedOrError(loaded, playbacks.get(loaded) ?? new Map(), context)) {
      result.checks.push(check);
      request.emit({ at: new Date().toISOString(), event: 'check', check });
      slot(check.id).resolve(check);
    }
  };
  for (const loaded of request.scenarios) if (!missing.has(loaded)) settle(loaded);
  return {
    of: (id: string): Promise<CheckResult> => slot(id).promise,
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
