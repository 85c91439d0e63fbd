import { watchPeakMemory } from './peak-memory.ts';
import { playRun } from './play-run.ts';
import { prepareRun } from './prepare-run.ts';
import { type RunOutcome, reportRun } from './report-run.ts';
import { openRunRecord } from './run-record.ts';
import type { RunRequest } from './run-request.ts';

/**
 * Plays the selected scenarios, and the decision table if one is asked for, on each gateway, and writes all reports. Throws a PosternError before
 * anything boots if scenarios, lists, references, filters or the report folder cannot be read. A later failure is a problem in the report and
 * decides its exit code.
 */
export async function runSuite(request: RunRequest): Promise<RunOutcome> {
  const plan = prepareRun(request);
  const record = openRunRecord(request);
  const { purpose, command, seed, gateways } = request;
  record.emit({
    at: record.startedAt.toISOString(),
    event: 'run-started',
    run: record.id,
    purpose,
    command,
    seed,
    scenarios: plan.scenarios.length,
    checks: plan.checks.length * gateways.length,
    gateways: [...gateways],
  });
  const memory = watchPeakMemory();
  const played = await playRun(request, plan, record);
  return reportRun(request, plan, record, played, memory.stop);
}
