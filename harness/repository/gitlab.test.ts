import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROOT } from '../root.ts';

/** The parts of GitLab's own schema of .gitlab-ci.yml that the example uses. No npm package carries the whole schema. */
const jobSchema = z.strictObject({
  stage: z.string(),
  image: z.string().optional(),
  needs: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
  interruptible: z.literal(true),
  timeout: z.string().regex(/^\d+ minutes$/),
  allow_failure: z.boolean().optional(),
  rules: z.array(z.strictObject({ if: z.string(), changes: z.array(z.string()) })),
  script: z.array(z.string()),
  artifacts: z.strictObject({
    when: z.literal('always').optional(),
    paths: z.array(z.string()),
    exclude: z.array(z.string()).optional(),
    expire_in: z.string(),
    reports: z.strictObject({ junit: z.string() }).optional(),
  }),
});

const { stages, variables, ...jobs } = z
  .object({ stages: z.array(z.string()), variables: z.record(z.string(), z.string()) })
  .catchall(jobSchema)
  .parse(parse(readFileSync(path.join(ROOT, 'examples/gitlab/.gitlab-ci.yml'), 'utf8')));

test('each job of the GitLab example has a stage, ends in time, and gives way to a newer one', () => {
  expect(Object.entries(jobs).map(([name, { stage }]) => [name, stages.includes(stage)])).toEqual([
    ['pack', true],
    ['postern', true],
  ]);
});

test('Postern is fetched by a commit, and its report is kept also if the gate fails', () => {
  expect(variables.POSTERN_COMMIT).toMatch(/^[0-9a-f]{40}$/);
  const { script, artifacts } = jobs.postern ?? {};
  expect(script?.filter((line) => line.includes('fetch'))).toEqual([
    'git -C .postern fetch --quiet --depth 1 "$POSTERN_REPOSITORY" "$POSTERN_COMMIT"',
  ]);
  expect(artifacts).toMatchObject({ when: 'always', paths: ['postern/'], reports: { junit: 'postern/2*/junit.xml' } });
});
