import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vitest/config';
import { loadScenario } from '../scenario/load.ts';

const DECLARE = fileURLToPath(new URL('./declare.ts', import.meta.url));

/** Turns each scenario file into a module that declares its checks as tests, so that a scenario is a Vitest test file. */
export function scenarioPlugin(root: string): Plugin {
  return {
    name: 'postern-scenario',
    transform(text, id) {
      const [file] = id.split('?');
      if (file === undefined || !file.endsWith('.yaml')) return null;
      const loaded = loadScenario(text, path.relative(root, file));
      const checks = loaded.checks.map((check) => ({ id: check.id, name: check.name }));
      const title = `${loaded.scenario.id}: ${loaded.scenario.title}`;
      return {
        code: `import { declareChecks } from ${JSON.stringify(DECLARE)};\ndeclareChecks(${JSON.stringify(title)}, ${JSON.stringify(checks)});\n`,
        map: null,
      };
    },
  };
}
