import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ADVISORY_FILE } from '../report/withheld-note.ts';
import { ROOT } from '../root.ts';

const PRIVATE = path.dirname(ADVISORY_FILE);
const read = (file: string): unknown => parse(readFileSync(path.join(ROOT, file), 'utf8'));

test('the action uploads the report folder without its private part', () => {
  const paths = JSON.stringify(read('action.yml')).match(/"path":"([^"]*outputs\.report[^"]*)"/)?.[1];
  expect(paths?.split('\\n').filter((line) => line.startsWith('!'))).toEqual([
    `!$\{{ steps.gate.outputs.report }}/${PRIVATE}/**`,
  ]);
});

test('the example for GitLab keeps the private part out of its artefacts', () => {
  expect(read('examples/gitlab/.gitlab-ci.yml')).toMatchObject({
    postern: { artifacts: { exclude: [`postern/*/${PRIVATE}/**/*`] } },
  });
});
