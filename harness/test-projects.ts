import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What tests import that need a container engine, or start the whole command as a process of its own: relative to harness/. */
const MARKS = ['gateway/engine.ts', 'gateway/test-bed.ts', 'suite/child.fixture.ts'] as const;

/** The tests of Postern, as paths below its root: those of one process without an engine, and all others. */
export type TestProjects = { unit: string[]; engine: string[] };

/**
 * Sorts every test below harness/ by what it imports, itself or by a fixture: a value of one of `MARKS` makes it one of `engine`. Types do not.
 * Throws Error where one of `MARKS` is no file, so that a rename is noticed.
 */
export function testProjects(root: string): TestProjects {
  const harness = path.join(root, 'harness');
  const lost = MARKS.filter((file) => !existsSync(path.join(harness, file)));
  if (lost.length > 0) throw new Error(`harness/test-projects.ts names ${lost.join(', ')}, which is not there`);
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

/** The modules that a source text imports values from, by relative paths, as paths from where `file` is one. */
export function valuesFrom(file: string, text: string): string[] {
  return [...text.matchAll(/^import (?!type )([^;]*?)from '(\.[^']+)'/gm)].flatMap(([, names = '', specifier = '']) => {
    const onlyTypes = names
      .replace(/[{}]/g, '')
      .split(',')
      .every((name) => name.trim() === '' || name.trim().startsWith('type '));
    return onlyTypes ? [] : [path.posix.join(path.posix.dirname(file), specifier)];
  });
}
