import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { didYouMean } from '../did-you-mean.ts';
import type { LoadedScenario } from './load.ts';
import { words } from './non-blank-text.ts';
import { rangeFault } from './range.ts';
import { REPORTED } from './scenario.ts';
import { type Diagnostic, DocumentError, readList, type ValidationIssue } from './yaml-document.ts';

const decides = z.record(words, z.enum(['holds', 'fails']));

/** Something that is said about who gets in, and the checks that decide whether it is so. */
const rumourSchema = z.strictObject({
  rumour: words.describe('What is said, as a sentence that is true or false.'),
  where: words.describe('Who says it, and to whom.'),
  reported: z.array(REPORTED).default([]).describe('Where it can be looked up.'),
  about: words.optional().describe('The releases that it speaks of; all of them unless given.'),
  falsifiedBy: words.describe('What would be seen if it were false. At least one check looks for it.'),
  trueIf: decides
    .refine((checks) => Object.keys(checks).length > 0, 'nothing decides it')
    .describe(
      'By check: it speaks for it where what it expects was seen, or where that was not; and against it otherwise.',
    ),
  enough: z
    .enum(['every', 'one'])
    .default('every')
    .describe('Whether every check has to speak for it, or one is enough, as where one of several ways may be open.'),
  falseIf: decides.default({}).describe('By check: it is false where this was seen; otherwise the check says nothing.'),
});
export type FactCheck = z.infer<typeof rumourSchema>;

const FILE = path.join('scenarios', 'rumours.yaml');

/** The list of what is said could not be read (exit 2). */
class RumourError extends DocumentError {
  constructor(faults: readonly Diagnostic[]) {
    super(faults, 'Mend the list; the comment at its head explains the fields.');
  }
}

/**
 * Reads `root`/scenarios/rumours.yaml. Throws RumourError with every fault: broken YAML, a sentence twice, a range that is none, a check
 * that is in no scenario.
 */
export function loadFactChecks(root: string, scenarios: readonly LoadedScenario[]): FactCheck[] {
  return factChecksOf(readFileSync(path.join(root, FILE), 'utf8'), FILE, scenarios);
}

export function factChecksOf(text: string, file: string, scenarios: readonly LoadedScenario[]): FactCheck[] {
  const known = new Set(scenarios.flatMap(({ checks }) => checks.map(({ id }) => id)));
  return readList(
    text,
    file,
    rumourSchema,
    (rumour, index, before) => complaintsAbout(rumour, index, before, known),
    RumourError,
  );
}

function complaintsAbout(
  { rumour, about, trueIf, falseIf }: FactCheck,
  index: number,
  before: readonly FactCheck[],
  known: ReadonlySet<string>,
): ValidationIssue[] {
  const complaints: ValidationIssue[] = [];
  if (before.some((other) => other.rumour === rumour)) {
    complaints.push({ path: [index, 'rumour'], message: 'said twice', next: 'Keep one.' });
  }
  const fault = about === undefined ? null : rangeFault(about);
  if (fault !== null) complaints.push({ path: [index, 'about'], ...fault });
  for (const [field, checks] of Object.entries({ trueIf, falseIf })) {
    for (const check of Object.keys(checks)) {
      if (known.has(check)) continue;
      complaints.push({
        path: [index, field, check],
        message: `no check is called "${check}"`,
        next: didYouMean(check, known, '`postern list --checks` lists every check.'),
      });
    }
  }
  return complaints;
}
