import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { NODE_VERSION } from '../gateway/engine/debian-base.ts';
import { VERDICTS } from '../judge/verdict.ts';
import { ROOT } from '../root.ts';
import { JSON_SCHEMA_FILE } from '../scenario/schema/json-schema.ts';
import { trackedFiles } from './documents.fixture.ts';

/** Tests of files that editors, GitHub and contributors read, and that no other test covers. */

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const manifest = z
  .object({
    version: z.string(),
    devDependencies: z.record(z.string(), z.string()),
    engines: z.object({ node: z.string() }),
  })
  .parse(JSON.parse(read('package.json')));
const PINNED_NODE = manifest.devDependencies.node ?? '';
const NODE_MAJOR = PINNED_NODE.split('.')[0] ?? '';

test('.nvmrc names the major version of Node that package.json pins', () => {
  expect(read('.nvmrc')).toBe(`${NODE_MAJOR}\n`);
});

test('the set-up and CONTRIBUTING.md name the same oldest Node for a checkout', () => {
  const [, oldest] = /Runs on Node (\d+) or later/.exec(read('harness/setup/ready.mjs')) ?? [];
  expect(read('CONTRIBUTING.md')).toContain(`Any Node from ${oldest} on`);
});

test('the package and the base image have the Node that a checkout pins', () => {
  expect(manifest.engines.node).toBe(`>=${NODE_MAJOR}`);
  expect(NODE_VERSION).toBe(PINNED_NODE);
});

test('git can run the hook that CONTRIBUTING.md names', () => {
  const [, folder = ''] = /core\.hooksPath ([\w.]+)/.exec(read('CONTRIBUTING.md')) ?? [];
  const hook = path.join(folder, 'pre-commit');
  expect(statSync(path.join(ROOT, hook)).mode & 0o111).toBe(0o111);
  expect(read(hook)).toContain('npm run --silent check');
});

test('.editorconfig and biome.json have the same settings', () => {
  const { formatter } = z
    .object({ formatter: z.object({ indentStyle: z.string(), indentWidth: z.number(), lineWidth: z.number() }) })
    .parse(JSON.parse(read('biome.json')));
  const [all = ''] = read('.editorconfig').split(/\n(?=\[\*\.)/);
  expect(all).toContain(`\nindent_style = ${formatter.indentStyle}\nindent_size = ${formatter.indentWidth}\n`);
  expect(all).toContain(`\nmax_line_length = ${formatter.lineWidth}\n`);
});

test('the dev container pins Node and a container engine, and asks for enough hardware', () => {
  const container = z
    .strictObject({
      name: z.string(),
      image: z
        .string()
        .regex(new RegExp(`^mcr\\.microsoft\\.com/devcontainers/typescript-node:\\d+-${NODE_MAJOR}-\\w+$`)),
      features: z.record(z.string().regex(/^ghcr\.io\/devcontainers\/features\/[\w-]+:\d+\.\d+\.\d+$/), z.object()),
      hostRequirements: z.strictObject({
        cpus: z.number().min(2),
        memory: z.string().regex(/^\d+gb$/),
        storage: z.string().regex(/^\d+gb$/),
      }),
      postCreateCommand: z.literal('npm ci'),
      remoteUser: z.literal('node'),
      customizations: z.object({ vscode: z.strictObject({ extensions: z.array(z.string()) }) }),
    })
    .parse(JSON.parse(read('.devcontainer/devcontainer.json')));
  expect(Object.keys(container.features).map((name) => name.split(':')[0])).toEqual([
    'ghcr.io/devcontainers/features/docker-in-docker',
  ]);
});

test('editors validate scenarios, and only those, with the schema', () => {
  const settings = z
    .object({ 'yaml.schemas': z.record(z.string(), z.string()) })
    .parse(JSON.parse(read('.vscode/settings.json')));
  const [[schema, glob] = ['', '']] = Object.entries(settings['yaml.schemas']);
  expect(schema).toBe(`./${JSON_SCHEMA_FILE}`);
  const yaml = trackedFiles().filter((file) => /\.ya?ml$/.test(file));
  expect(yaml.filter((file) => path.matchesGlob(file, glob))).toEqual(
    yaml.filter((file) => read(file).startsWith('# yaml-language-server: $schema=../scenario.schema.json')),
  );
});

test('the workflow runs all tests with read permission only', () => {
  const text = read('.github/workflows/ci.yml');
  const { permissions, jobs } = z
    .object({
      permissions: z.record(z.string(), z.string()),
      jobs: z.record(
        z.string(),
        z.object({
          'timeout-minutes': z.number(),
          steps: z.array(z.object({ run: z.string().optional(), uses: z.string().optional() })),
        }),
      ),
    })
    .parse(parse(text));
  expect(permissions).toEqual({ contents: 'read' });
  const [proof] = Object.values(jobs);
  expect(proof?.steps.flatMap(({ run }) => run ?? [])).toEqual(['bash .ci/run']);
  const limits = [...read('.ci/run').matchAll(/^step (\d+)m /gm)].reduce(
    (sum, [, minutes]) => sum + Number(minutes),
    0,
  );
  expect(proof?.['timeout-minutes']).toBeGreaterThan(limits);
  const uses = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
  expect(uses.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action ?? ''))).toEqual([]);
});

test('a release is published without a secret, only after the whole proof', () => {
  const text = read('.github/workflows/release.yml');
  const job = z.object({
    needs: z.string().optional(),
    permissions: z.record(z.string(), z.string()).optional(),
    'timeout-minutes': z.number(),
    steps: z.array(z.object({ run: z.string().optional(), uses: z.string().optional() })),
  });
  const { on, permissions, jobs } = z
    .object({ on: z.unknown(), permissions: z.unknown(), jobs: z.strictObject({ proof: job, publish: job }) })
    .parse(parse(text));
  expect(on).toEqual({ push: { tags: ['v*'] } });
  expect(permissions).toEqual({ contents: 'read' });
  expect(jobs.proof.permissions).toBeUndefined();
  expect(jobs.proof.steps.flatMap(({ run }) => run ?? [])).toEqual(['bash .ci/run']);
  expect(jobs.publish).toMatchObject({ needs: 'proof', permissions: { contents: 'read', 'id-token': 'write' } });
  expect(jobs.publish.steps.at(-1)?.run).toMatch(/npm@\d+\.\d+\.\d+ publish --provenance$/);
  expect(text).not.toMatch(/secrets|\$\{\{/);
  const uses = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
  const pinned = [...read('.github/workflows/ci.yml').matchAll(/uses: (.*)/g)].map(([, action]) => action);
  expect(uses.filter((action) => !pinned.includes(action))).toEqual([]);
});

test('dependencies of every kind are updated weekly, in groups', () => {
  const { updates } = z
    .object({
      version: z.literal(2),
      updates: z.array(
        z.object({
          'package-ecosystem': z.string(),
          directory: z.literal('/'),
          schedule: z.strictObject({ interval: z.literal('weekly') }),
          groups: z.record(z.string(), z.object()),
        }),
      ),
    })
    .parse(parse(read('.github/dependabot.yml')));
  expect(updates.map((each) => each['package-ecosystem'])).toEqual(['npm', 'github-actions', 'devcontainers']);
});

const elementSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('markdown'), attributes: z.strictObject({ value: z.string() }) }),
  ...(['input', 'textarea', 'dropdown'] as const).map((type) =>
    z.strictObject({
      type: z.literal(type),
      id: z.string().regex(/^[\w-]+$/),
      attributes: z.strictObject({
        label: z.string(),
        description: z.string().optional(),
        ...(type === 'dropdown' ? { options: z.array(z.string()).min(1) } : { placeholder: z.string().optional() }),
        ...(type === 'textarea' ? { render: z.string().optional() } : {}),
      }),
      validations: z.strictObject({ required: z.boolean() }).optional(),
    }),
  ),
]);
const formSchema = z.strictObject({
  name: z.string(),
  description: z.string(),
  title: z.string(),
  labels: z.array(z.string()),
  body: z.array(elementSchema).min(1),
});
const FORMS = readdirSync(path.join(ROOT, '.github/ISSUE_TEMPLATE')).filter((file) => file !== 'config.yml');

test.each(FORMS)('the issue form %s is one that GitHub takes', (file) => {
  const { body } = formSchema.parse(parse(read(`.github/ISSUE_TEMPLATE/${file}`)));
  const ids = body.flatMap((element) => ('id' in element ? [element.id] : []));
  const labels = body.flatMap(({ attributes }) => ('label' in attributes ? [attributes.label] : []));
  expect([new Set(ids).size, new Set(labels).size]).toEqual([ids.length, labels.length]);
});

test('the form for a wrong verdict offers every verdict', () => {
  const { body } = formSchema.parse(parse(read('.github/ISSUE_TEMPLATE/wrong-verdict.yml')));
  const [choice] = body.filter((element) => 'id' in element && element.id === 'verdict');
  expect(choice?.attributes).toMatchObject({ options: [...VERDICTS, 'weakened (gate or diff)'] });
});

test('the changelog begins with Unreleased and the version of package.json, and has the newest first', () => {
  const headings = [...read('CHANGELOG.md').matchAll(/^## (.*)$/gm)].map(([, heading]) => heading ?? '');
  const [unreleased, newest, ...older] = headings;
  expect(unreleased).toBe('[Unreleased]');
  expect(newest).toMatch(new RegExp(`^\\[${manifest.version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d\\d-\\d\\d$`));
  expect(older.filter((heading) => !/^\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$/.test(heading))).toEqual([]);
  const kinds = [...read('CHANGELOG.md').matchAll(/^### (.*)$/gm)].map(([, kind]) => kind ?? '');
  expect(kinds.filter((kind) => !/^(Added|Changed|Deprecated|Removed|Fixed|Security)$/.test(kind))).toEqual([]);
});
