import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../root.ts';

/** Who may write to the terminal: the one way there, and scripts for contributors. */
const WRITERS = [
  'harness/cli/check-quotes.ts',
  'harness/paste/write-known-texts.ts',
  'harness/report/json/write-json-schema.ts',
  'harness/report/terminal/output.ts',
  'harness/scenario/catalogue/print-meaning.ts',
  'harness/scenario/schema/write-json-schema.ts',
];

/** Source code that writes to stdout or stderr of the process. */
const STREAMS =
  /\bprocess\.(stdout|stderr)\b|\bconsole\.|\{[^}]*\b(stdout|stderr)\b[^}]*\} = process\b|\/dev\/(stdout|stderr)|writeSync\((1|2),/;

/** A file that matches because of source code that it writes into a gateway; it does not write to this process. */
const MUTANTS = 'harness/mutants/audit-log.ts';

test('only the Output module, which redacts and escapes, writes to the terminal', () => {
  const sources = readdirSync(path.join(ROOT, 'harness'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file))
    .map((file) => `harness/${file}`);
  const writers = sources.filter((file) => STREAMS.test(readFileSync(path.join(ROOT, file), 'utf8')));
  expect(writers.filter((file) => file !== MUTANTS).sort()).toEqual(WRITERS);
});
