import { startVitest } from 'vitest/node';
import { EnvironmentError } from '../exit.ts';
import { scenarioPlugin } from './plugin.ts';

/** What the run itself listens for (run.ts), and what nobody else may answer by ending the process. */
const ENDINGS: readonly (string | symbol)[] = ['SIGINT', 'SIGTERM', 'unhandledRejection'];

/** Longer than any scenario may take; a run ends through its own bounds, not through this one. */
const TEST_MS = 30 * 60_000;

/**
 * Runs scenario files as Vitest test files and waits until each of their tests was told its verdict.
 * `files` are paths relative to `root`. Gives how many tests ran, were skipped and failed.
 * Throws EnvironmentError where Vitest itself fails: then the report would be about less than was asked for.
 */
export async function runAsTests(
  root: string,
  files: readonly string[],
  session: string,
): Promise<{ passed: number; failed: number; skipped: number }> {
  const letEndings = keepEndings();
  const vitest = await startVitest(
    'test',
    [],
    {
      root,
      config: false,
      watch: false,
      include: [...files],
      pool: 'threads',
      maxWorkers: 1,
      isolate: false,
      fileParallelism: false,
      testTimeout: TEST_MS,
      reporters: [{}],
      passWithNoTests: false,
      provide: { posternSession: session, posternRoot: root },
    },
    { plugins: [scenarioPlugin(root)], server: { watch: null }, logLevel: 'error' },
  ).finally(letEndings);
  try {
    const broken = vitest.state.getUnhandledErrors();
    const modules = vitest.state.getTestModules();
    const failedModules = modules.flatMap((module) =>
      module.errors().map((error) => `${module.moduleId}: ${error.message}`),
    );
    if (broken.length > 0 || failedModules.length > 0) {
      const why = [...broken.map((error) => `${error instanceof Error ? error.message : error}`), ...failedModules];
      throw new EnvironmentError(`Vitest failed: ${why.join('; ')}`, 'This is a defect of Postern; please report it.');
    }
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    return {
      passed: states.filter((state) => state === 'passed').length,
      failed: states.filter((state) => state === 'failed').length,
      skipped: states.filter((state) => state === 'skipped').length,
    };
  } finally {
    await vitest.close();
    process.exitCode = 0; // Vitest sets it for its own counts; the verdict is ours (judge/verdict.ts)
  }
}

/**
 * Vitest and Vite end the process a millisecond after a signal or a stray rejection: containers would stay and no report
 * would be written. From now on whoever begins to listen is taken off again, until the function that is given back is called.
 */
function keepEndings(): () => void {
  const takeOff = (event: string | symbol, listener: (...args: unknown[]) => void): void => {
    if (ENDINGS.includes(event)) queueMicrotask(() => process.off(event, listener));
  };
  process.on('newListener', takeOff);
  return () => process.off('newListener', takeOff);
}
