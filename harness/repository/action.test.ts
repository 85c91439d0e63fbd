import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { rehearseAction } from './action.fixture.ts';

/** A folder in which action.yml finds programs that write down how they were called, in place of Postern. */
function stubbedAction(postern: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'postern-stub-'));
  for (const below of ['node_modules/.bin', 'harness/setup']) mkdirSync(path.join(folder, below), { recursive: true });
  const node = path.join(folder, 'node_modules/.bin/node');
  writeFileSync(node, `#!/bin/bash\nprintf '%s\\0' "$@" > "${folder}/called"\n${postern}\n`);
  chmodSync(node, 0o755);
  writeFileSync(
    path.join(folder, 'harness/setup/ready.mjs'),
    `import { writeFileSync } from 'node:fs';\nwriteFileSync('${folder}/ready', process.env.npm_config_cache ?? '');\n`,
  );
  return folder;
}

const calledIn = (folder: string): string[] =>
  readFileSync(path.join(folder, 'called'), 'utf8').split('\0').slice(0, -1);

const WEAKER =
  'printf "exit-code=4\\nverdict=weaker\\nreport=/r\\ncounts={}\\ndigest=d1\\n" >> "$GITHUB_OUTPUT"; exit 4';

test('the gate gets the inputs, and its exit code and outputs are those of the action', async () => {
  const folder = stubbedAction(WEAKER);
  const { exitCode, outputs } = await rehearseAction(
    { head: './a b.tgz', only: 'boundary/table', cache: 'npm-cache', shard: '2/4', seed: '17' },
    folder,
  );
  const [main, command, base, head, reports, ...others] = calledIn(folder);
  expect([main, command, base, head, ...others]).toEqual([
    path.join(folder, 'harness/cli/main.ts'),
    'gate',
    '--base=latest',
    '--head=./a b.tgz',
    '--only=boundary/table',
    '--shard=2/4',
    '--seed=17',
  ]);
  expect(reports).toMatch(/^--reports=\/.*\/postern$/);
  expect(readFileSync(path.join(folder, 'ready'), 'utf8')).toMatch(/^\/.*\/workspace\/npm-cache$/);
  expect({ exitCode, outputs }).toEqual({
    exitCode: 4,
    outputs: { verdict: 'weaker', 'exit-code': '4', counts: '{}', digest: 'd1', report: '/r' },
  });
});

test('no input is read as code or as another option', async () => {
  const folder = stubbedAction('exit 0');
  const odd = `"; touch '${folder}/pwned'; $(touch ${folder}/pwned) \`touch ${folder}/pwned\` --head=other * \n x`;
  const inputs = {
    base: odd,
    head: odd,
    table: odd,
    'base-digest': odd,
    profile: odd,
    changed: odd,
    only: odd,
    shard: odd,
    seed: odd,
  };
  await rehearseAction(inputs, folder);
  expect(
    calledIn(folder)
      .slice(2)
      .filter((argument) => !argument.startsWith('--reports=')),
  ).toEqual([
    `--base=${odd}`,
    `--head=${odd}`,
    `--base-digest=${odd}`,
    `--table=${odd}`,
    `--profile=${odd}`,
    `--changed=${odd}`,
    `--only=${odd}`,
    `--shard=${odd}`,
    `--seed=${odd}`,
  ]);
  expect(() => readFileSync(path.join(folder, 'pwned'))).toThrow();
});

test('a stored report takes the place of the base', async () => {
  const folder = stubbedAction('exit 0');
  await rehearseAction({ head: 'h', 'base-report': './stored', profile: 'pr' }, folder);
  expect(calledIn(folder).filter((each) => !each.startsWith('--reports='))).toEqual([
    path.join(folder, 'harness/cli/main.ts'),
    'gate',
    '--base-report=./stored',
    '--head=h',
    '--profile=pr',
  ]);
});

test('a gate that was killed says nothing, and the outputs say that nothing can be told', async () => {
  const { exitCode, outputs } = await rehearseAction({ head: '2026.9.6' }, stubbedAction('exit 137'));
  expect({ exitCode, outputs }).toEqual({
    exitCode: 137,
    outputs: { verdict: 'cannot-tell', 'exit-code': '3', counts: '', digest: '', report: '' },
  });
});
