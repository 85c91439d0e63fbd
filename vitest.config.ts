import { defineConfig } from 'vitest/config';
import { waitOnThisMachine } from './harness/limits.ts';
import { testProjects } from './harness/test-projects.ts';

const { unit, engine } = testProjects(import.meta.dirname);

export default defineConfig({
  test: {
    projects: [
      // No module has state (harness/module-state.test.ts), so that files may share a process and what it has loaded.
      { test: { name: 'unit', include: unit, testTimeout: waitOnThisMachine(30_000), isolate: false } },
      { test: { name: 'engine', include: engine, testTimeout: waitOnThisMachine(30_000) } },
    ],
  },
});
