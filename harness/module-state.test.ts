import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './root.ts';

/**
 * State at the top level of a module: a variable, or an empty collection that may be filled. Such state outlives a run and is shared by
 * gateways that are played at the same time, so that a knock would depend on what ran before.
 */
const STATE =
  /^(?:export )?(?:let |const \w+(?:: (?:(?:Weak)?(?:Map|Set)<.*>|(?!readonly ).*\[\]))? = (?:new (?:Weak)?(?:Map|Set)(?:<.*>)?\(\)|\[\]|\{\});)/;

/** Programs, whose top level runs once. */
const PROGRAMS = ['harness/bench/bench.ts', 'harness/setup/ready.mjs'];

function stateIn(text: string): number[] {
  return text.split('\n').flatMap((line, index) => (STATE.test(line) ? [index + 1] : []));
}

test('variables and empty collections are state; tables and local variables of functions are not', () => {
  const text = [
    'let count = 0;',
    'const cache = new Map<string, string>();',
    'const seen: Set<string> = new Set();',
    'const rows: string[] = [];',
    "const TABLE = new Map([['a', 1]]);",
    '  let inner = 0;',
    'const NAMES = [];',
    'const NONE: ReadonlySet<string> = new Set();',
    'const NO_ROWS: readonly string[] = [];',
  ].join('\n');
  expect(stateIn(text)).toEqual([1, 2, 3, 4, 7]);
});

test('no module has state at its top level', () => {
  const files = globSync('harness/**/*.{ts,mjs}', { cwd: ROOT }).filter(
    (file) => !/\.(test|fixture)\.ts$/.test(file) && !PROGRAMS.includes(file),
  );
  const found = files.flatMap((file) =>
    stateIn(readFileSync(path.join(ROOT, file), 'utf8')).map((line) => `${file}:${line}`),
  );
  expect(found).toEqual([]);
});
