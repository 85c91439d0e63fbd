import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../root.ts';

/** Who may write to the terminal: the one way there, and two scripts for whoever changes a schema. */
const WRITERS = [
  'harness/report/output.ts',
  'harness/report/write-json-schema.ts',
  'harness/scenario/write-json-schema.ts',
];

/** Ways to the streams of the process. */
const STREAMS =
  /\bprocess\.(stdout|stderr)\b|\bconsole\.|\{[^}]*\b(stdout|stderr)\b[^}]*\} = process\b|\/dev\/(stdout|stderr)|writeSync\((1|2),/;

/** The strings of source code that is written into a gateway, not into this process. */
const MUTANTS = 'harness/mutants/record.ts';

test('nothing writes to the terminal around the one way that clears it and makes it harmless', () => {
  const sources = readdirSync(path.join(ROOT, 'harness'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file))
    .map((file) => `harness/${file}`);
  const writers = sources.filter((file) => STREAMS.test(readFileSync(path.join(ROOT, file), 'utf8')));
  expect(writers.filter((file) => file !== MUTANTS).sort()).toEqual(WRITERS);
});
