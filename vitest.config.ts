import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { waitOnThisMachine } from './harness/limits.ts';
import { scenarioPlugin } from './harness/suite/scenario-plugin.ts';
import { testProjects } from './harness/test-projects.ts';

const { unit, engine } = testProjects(import.meta.dirname);

const globalSetup = './harness/temporary-folder.setup.ts';

export default defineConfig({
  test: {
    projects: [
      // No module has state (harness/module-state.test.ts), so that files may share a process and what it has loaded.
      // Vitest leaves one core idle unless told otherwise: on two cores it would run one file after the other.
      {
        test: {
          name: 'unit',
          include: unit,
          testTimeout: waitOnThisMachine(120_000),
          isolate: false,
          maxWorkers: availableParallelism(),
          globalSetup,
        },
      },
      { test: { name: 'engine', include: engine, testTimeout: waitOnThisMachine(120_000), globalSetup } },
      // Each scenario boots a gateway of its own, POSTERN_GATEWAY: one after the other.
      {
        plugins: [scenarioPlugin(import.meta.dirname)],
        test: { name: 'scenarios', include: ['scenarios/*/*.yaml'], fileParallelism: false, globalSetup },
      },
    ],
  },
});
