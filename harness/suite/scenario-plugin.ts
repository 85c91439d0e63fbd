import path from 'node:path';
import type { Plugin } from 'vitest/config';

/** A Vitest plug-in that turns a scenario file into the test file that plays it, for the project `scenarios`. `root` is the folder of `scenarios/`. */
export function scenarioPlugin(root: string): Plugin {
  const tests = path.join(root, 'harness', 'suite', 'scenario-tests.ts');
  return {
    name: 'postern-scenario',
    transform(_text, id) {
      const [file] = id.split('?');
      if (file === undefined || !file.endsWith('.yaml')) return null;
      const name = path.relative(root, file);
      return {
        code: `import { scenarioTests } from ${JSON.stringify(tests)};\nscenarioTests(${JSON.stringify(name)});\n`,
        map: null,
      };
    },
  };
}
