import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, test } from 'vitest';
import { isPosternError, UsageError } from '../exit.ts';
import { connectEngine } from '../gateway/engine/engine.ts';
import { openTestBed } from '../gateway/stage/test-bed.ts';
import { loadDeviations } from '../judge/deviation.ts';
import { runDeadlineMs } from '../limits.ts';
import { declaredChecks } from '../pairwise/declared.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import type { CheckResult } from '../results/report.ts';
import { ROOT } from '../root.ts';
import { type LoadedScenario, loadScenario, loadScenarios } from '../scenario/catalogue/load.ts';
import { playOn } from './play-on.ts';
import { opensBrowser } from './prepare-run.ts';

/** The reference of the gateway on which scenarios are played as tests. Throws UsageError if POSTERN_GATEWAY is not set. */
function gatewayIn(env: NodeJS.ProcessEnv): string {
  const reference = env.POSTERN_GATEWAY ?? '';
  if (reference === '')
    throw new UsageError('POSTERN_GATEWAY is not set.', 'Set it to the gateway to play on: POSTERN_GATEWAY=2026.4.1.');
  return reference;
}

/** Plays one scenario on a test bed of its own, and closes that. Gives the scenario's checks. */
async function played(loaded: LoadedScenario): Promise<CheckResult[]> {
  const reference = gatewayIn(process.env);
  const deviations = loadDeviations(ROOT, declaredChecks(loadScenarios(ROOT)));
  const runId = `scenario-${process.pid.toString(36)}-${Date.now().toString(36)}`;
  const bed = await openTestBed(await connectEngine(), {
    runId,
    secretRegistry: createSecretRegistry(),
    say: () => {},
  });
  try {
    if (opensBrowser(loaded)) await bed.prepareBrowser();
    const image = await bed.image(reference);
    const request = {
      bed,
      deviations,
      today: new Date().toISOString().slice(0, 10),
      logs: mkdtempSync(path.join(tmpdir(), 'postern-scenario-')),
      stopped: () => false,
    };
    return await playOn(request, { name: image.version, image, imageOf: bed.image }, [loaded]);
  } finally {
    await bed.close();
  }
}

/** The error of a check that does not hold; its stack points to the check's line in the scenario file. */
function errorOf({ id, verdict, expected, seen, because, source }: CheckResult): Error {
  const error = new Error(`${verdict}: expected ${expected}; seen ${seen}${because === null ? '' : `; ${because}`}`);
  error.stack = `Error: ${error.message}\n    at ${id} (${path.join(ROOT, source.file)}:${source.line}:${source.column})`;
  return error;
}

/**
 * Declares the tests of a scenario, one for each check. The scenario is played once on POSTERN_GATEWAY, before the first test. A test passes if
 * its check is as the scenario declares it for that release, as with `postern matrix`. `file` is the scenario's path, relative to the root.
 */
export function scenarioTests(file: string): void {
  const loaded = loadScenario(readFileSync(path.join(ROOT, file), 'utf8'), file);
  describe(`${loaded.scenario.id}: ${loaded.scenario.title}`, () => {
    let results: CheckResult[] = [];
    beforeAll(
      async () => {
        results = await played(loaded).catch((error: unknown) => {
          throw isPosternError(error) ? new Error(`${error.message} ${error.next}`, { cause: error }) : error;
        });
      },
      runDeadlineMs(1, 1, 0),
    );
    for (const { id, name } of loaded.checks)
      test(name, ({ skip }) => {
        const check = results.find((result) => result.id === id);
        if (check === undefined) throw new Error(`${id} was not judged, which is a defect of Postern`);
        if (check.verdict === 'not-applicable' || check.verdict === 'skipped') skip(check.because ?? check.verdict);
        if (!check.holds) throw errorOf(check);
      });
  });
}
