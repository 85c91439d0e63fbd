import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tables } from '../cli/coverage.ts';
import { ROOT } from '../root.ts';
import { CATALOGUE } from '../scenario/catalogue/catalogue.fixture.ts';
import { postern } from '../suite/child.fixture.ts';
import { columnUnder, trackedFiles } from './documents.fixture.ts';

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const GENERATED = Object.keys(tables(CATALOGUE));
/** Every document that is not generated. */
const WRITTEN = trackedFiles().filter((file) => file.endsWith('.md') && !GENERATED.includes(file));

test('the README and the program have the same commands', async () => {
  const { stdout } = await postern(['--help']);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) .*$/gm)].flatMap(([, name]) => name ?? []);
  const named = columnUnder(read('README.md'), '## Commands').map((cell) => /postern (\w+)/.exec(cell)?.[1] ?? cell);
  expect(named.sort()).toEqual(commands.filter((name) => name !== 'help').sort());
});

test('every command and option of postern in the documents exists', async () => {
  const used = new Map<string, Set<string>>();
  for (const [, name = '', rest = ''] of WRITTEN.map(read)
    .join('\n')
    .matchAll(
      /postern (?:-- )?(run|matrix|list|lint|explain|replay|gate|diff|bisect|repro|model|selftest|coverage|lane|images|doctor)\b([^`#\n|]*)/g,
    )) {
    const options = used.get(name) ?? new Set();
    for (const [option] of rest.matchAll(/--[a-z-]{2,}/g)) options.add(option);
    used.set(name, options);
  }
  expect(used.size).toBe(16);
  for (const [name, options] of used) {
    if (options.size === 0) continue;
    const { stdout } = await postern([name, '--help']);
    expect(
      [...options].filter((option) => !stdout.includes(`${option} `)),
      `options of postern ${name}`,
    ).toEqual([]);
  }
});
