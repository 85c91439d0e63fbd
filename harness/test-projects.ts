import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Files, relative to harness/, that a test imports if it needs a container engine or starts the command as a process. */
const MARKS = ['gateway/engine/engine.ts', 'gateway/stage/test-bed.ts', 'suite/child.fixture.ts'] as const;

/** The test files, as paths below the root. `unit`: tests of one process without an engine; `engine`: all others. */
export type TestProjects = { unit: string[]; engine: string[] };

/**
 * Sorts every test below harness/ by its imports, direct or through fixtures: a test that imports a value (not a type) from one of `MARKS`
 * is an engine test. Throws Error if one of `MARKS` does not exist, so that a rename is noticed.
 */
export function testProjects(root: string): TestProjects {
  const harness = path.join(root, 'harness');
  const lost = MARKS.filter((file) => !existsSync(path.join(harness, file)));
  if (lost.length > 0) throw new Error(`harness/test-projects.ts names ${lost.join(', ')}, which does not exist`);
  const needsEngine = (file: string, by: readonly string[] = []): boolean =>
    valuesFrom(file, readFileSync(path.join(harness, file), 'utf8')).some((target) => {
      if (MARKS.some((mark) => mark === target)) return true;
      return target.endsWith('.fixture.ts') && !by.includes(target) && needsEngine(target, [...by, target]);
    });
  const files = globSync('**/*.test.ts', { cwd: harness }).sort();
  const [unit, engine] = [false, true].map((needs) =>
    files.filter((file) => needsEngine(file) === needs).map((file) => `harness/${file}`),
  );
  return { unit: unit ?? [], engine: engine ?? [] };
}

/**
 * The modules from which a source text imports values by a relative path. `file` is the path of the source; the results have the same base
 * folder.
 */
export function valuesFrom(file: string, text: string): string[] {
  return [...text.matchAll(/^import (?!type )([^;]*?)from '(\.[^']+)'/gm)].flatMap(([, names = '', specifier = '']) => {
    const onlyTypes = names
      .replace(/[{}]/g, '')
      .split(',')
      .every((name) => name.trim() === '' || name.trim().startsWith('type '));
    return onlyTypes ? [] : [path.posix.join(path.posix.dirname(file), specifier)];
  });
}
