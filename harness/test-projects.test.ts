import { expect, test } from 'vitest';
import { ROOT } from './root.ts';
import { testProjects, valuesFrom } from './test-projects.ts';

test('only imports of values count, at any position in a list', () => {
  const text = [
    "import { a } from '../gateway/a.ts';",
    "import type { B } from './b.ts';",
    "import { type C, type D } from './c.ts';",
    'import {\n  type E,\n  e,\n} from "zod";',
    "import {\n  type F,\n  f,\n} from './f.ts';",
    "import './g.ts';",
  ].join('\n');
  expect(valuesFrom('suite/x.test.ts', text)).toEqual(['gateway/a.ts', 'suite/f.ts']);
});

test('tests that need an engine or start the command are separated from tests of one process', () => {
  const { unit, engine } = testProjects(ROOT);
  expect(engine).toEqual(
    expect.arrayContaining(['harness/gateway/container/sandboxed-container.test.ts', 'harness/cli/main.test.ts']),
  );
  expect(unit).toEqual(expect.arrayContaining(['harness/judge/judge.test.ts', 'harness/suite/table-run.test.ts']));
  expect(unit.filter((file) => engine.includes(file))).toEqual([]);
});
