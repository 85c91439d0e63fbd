import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { EXIT } from '../exit.ts';
import { LANE } from '../lane/docker-lane.ts';
import { failureClassOf } from '../lane/failure-class.ts';
import { ROOT } from '../root.ts';
import { tableUnder, wordsIn } from './documents.fixture.ts';

const PAGE = readFileSync(path.join(ROOT, 'docs/adopt.md'), 'utf8');
const ACTION = z
  .object({
    inputs: z.record(z.string(), z.object({ default: z.string().default('') })),
    outputs: z.record(z.string(), z.unknown()),
  })
  .parse(parse(readFileSync(path.join(ROOT, 'action.yml'), 'utf8')));

/** The rows of a table of the page whose header begins with this cell. */
function tableOf(first: string): string[][] {
  const [, after = ''] = PAGE.split(new RegExp(`\\n\\| ${first} +\\|[^\\n]*\\n`));
  const [rows = ''] = after.split('\n\n');
  return tableUnder(`# x\n| a |\n${rows}`, '# x');
}

test('the page has each input of the action with its default, and each output', () => {
  const inputs = tableOf('input').map(([name = '', value = '']) => [wordsIn(name)[0], wordsIn(value)[0] ?? '']);
  expect(inputs).toEqual(Object.entries(ACTION.inputs).map(([name, { default: value }]) => [name, value]));
  expect(tableOf('output').map(([name = '']) => wordsIn(name)[0])).toEqual(Object.keys(ACTION.outputs));
});

test('the page has the failure class of each exit code', () => {
  const classes = tableOf('exit').map(([code, , words = '']) => [Number(code), words.replaceAll(', ', '-')]);
  expect(classes).toEqual(Object.values(EXIT).map((code) => [code, failureClassOf(code) ?? '']));
});

test('the page has a row for each example workflow', () => {
  const named = tableOf('workflow').map(([file = '']) => wordsIn(file)[0]);
  expect(named.toSorted()).toEqual(readdirSync(path.join(ROOT, 'examples/openclaw/workflows')).toSorted());
});

test('the row of the Docker lane has the name that its results have', () => {
  expect(PAGE).toContain(`\nlane("${LANE}", {\n`);
});

test('the commands that copy the workflows leave no placeholder in them', () => {
  const place = mkdtempSync(path.join(tmpdir(), 'postern-adopt-'));
  const workflows = path.join(place, 'openclaw/.github/workflows');
  mkdirSync(workflows, { recursive: true });
  symlinkSync(ROOT, path.join(place, 'postern'));
  const [, commands = ''] = /```sh\n(cp postern[\s\S]*?)```/.exec(PAGE) ?? [];
  execFileSync('bash', ['-e', '-c', commands], { cwd: place });
  const head = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  const copies = readdirSync(workflows).map((file) => readFileSync(path.join(workflows, file), 'utf8'));
  expect(copies).toHaveLength(6);
  expect(copies.join('')).not.toMatch(/OWNER|0{40}/);
  expect(copies.join('')).toContain(`uses: my-org/postern@${head} # the commit that you reviewed`);
});
