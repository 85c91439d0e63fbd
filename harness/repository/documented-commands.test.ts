import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tables } from '../cli/generated-tables.ts';
import { ROOT } from '../root.ts';
import { CATALOGUE } from '../scenario/catalogue/catalogue.fixture.ts';
import { postern } from '../suite/child.fixture.ts';
import { columnUnder, sectionUnder, trackedFiles } from './documents.fixture.ts';

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
      /postern (?:-- )?(run|matrix|list|lint|explain|replay|gate|diff|release|bisect|repro|model|rights|selftest|coverage|lane|images|doctor)\b([^`#\n|]*)/g,
    )) {
    const options = used.get(name) ?? new Set();
    for (const [option] of rest.matchAll(/--[a-z-]{2,}/g)) options.add(option);
    used.set(name, options);
  }
  expect(used.size).toBe(18);
  for (const [name, options] of used) {
    if (options.size === 0) continue;
    const { stdout } = await postern([name, '--help']);
    expect(
      [...options].filter((option) => !stdout.includes(`${option} `)),
      `options of postern ${name}`,
    ).toEqual([]);
  }
});

test('the commands of CONTRIBUTING.md for scenarios of a project find the scenario that it shows', async () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(read('CONTRIBUTING.md')) ?? [];
  const project = mkdtempSync(path.join(tmpdir(), 'postern-project-'));
  try {
    mkdirSync(path.join(project, 'postern', 'stale-scopes'), { recursive: true });
    writeFileSync(path.join(project, 'postern', 'stale-scopes', 'example.yaml'), yaml);
    const section = sectionUnder(read('CONTRIBUTING.md'), '## Scenarios of your own project');
    const argvOf = (command: string): string[] =>
      new RegExp(`^npx postern (${command} .*)$`, 'm').exec(section)?.[1]?.split(' ') ?? [];
    const all = CATALOGUE.length + 1;
    const lint = await postern(argvOf('lint'), { cwd: project });
    expect([lint.code, lint.stdout]).toEqual([0, expect.stringMatching(`^${all} scenarios, .* are sound`)]);
    const list = await postern(argvOf('list'), { cwd: project });
    expect([list.code, list.stdout]).toEqual([
      0,
      expect.stringMatching(/^stale-scopes\/example .*\n1 scenarios, 3 checks\n$/s),
    ]);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
});
