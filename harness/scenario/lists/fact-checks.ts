import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { didYouMean } from '../../did-you-mean.ts';
import type { LoadedScenario } from '../catalogue/load.ts';
import { type Diagnostic, DocumentError, readList, type ValidationIssue } from '../catalogue/yaml-document.ts';
import { rangeFault } from '../releases/range.ts';
import { REPORTED } from '../schema/scenario.ts';
import { words } from '../schema/text-schemas.ts';

const decides = z.record(words, z.enum(['holds', 'fails']));

/** A fact check: a statement that people make about access, and the checks that decide whether it is true. */
const factCheckSchema = z.strictObject({
  statement: words.describe('The statement, which is true or false.'),
  where: words.describe('Where people make the statement.'),
  reported: z.array(REPORTED).default([]).describe('Public reports with the statement.'),
  releases: words.optional().describe('The releases that the statement is about. Default: all.'),
  falsifiedBy: words.describe('The observation that would prove the statement false. At least one check looks for it.'),
  trueIf: decides
    .refine((checks) => Object.keys(checks).length > 0, 'must name at least one check')
    .describe(
      'By check: holds: the check supports the statement if its expectation holds. fails: it does if its expectation fails. Otherwise it contradicts it.',
    ),
  enough: z
    .enum(['every', 'one'])
    .default('every')
    .describe('Whether every check must support the statement, or one is enough, such as for one of several ways.'),
  falseIf: decides
    .default({})
    .describe('By check: the statement is false if the check holds, or fails; otherwise the check says nothing.'),
});
export type FactCheck = z.infer<typeof factCheckSchema>;

const FILE = path.join('scenarios', 'fact-checks.yaml');

/** The list of fact checks is invalid (exit 2). */
class FactCheckError extends DocumentError {
  constructor(faults: readonly Diagnostic[]) {
    super(faults, 'Correct the list; the comment at its head explains the fields.');
  }
}

/**
 * Reads `root`/scenarios/fact-checks.yaml. Throws FactCheckError with every fault: invalid YAML, a duplicate statement, an invalid range, a
 * check that no scenario has.
 */
export function loadFactChecks(root: string, scenarios: readonly LoadedScenario[]): FactCheck[] {
  return factChecksOf(readFileSync(path.join(root, FILE), 'utf8'), FILE, scenarios);
}

export function factChecksOf(text: string, file: string, scenarios: readonly LoadedScenario[]): FactCheck[] {
  const known = new Set(scenarios.flatMap(({ checks }) => checks.map(({ id }) => id)));
  return readList(
    text,
    file,
    factCheckSchema,
    (factCheck, index, before) => complaintsAbout(factCheck, index, before, known),
    FactCheckError,
  );
}

function complaintsAbout(
  { statement, releases, trueIf, falseIf }: FactCheck,
  index: number,
  before: readonly FactCheck[],
  known: ReadonlySet<string>,
): ValidationIssue[] {
  const complaints: ValidationIssue[] = [];
  if (before.some((other) => other.statement === statement)) {
    complaints.push({ path: [index, 'statement'], message: 'the same statement twice', next: 'Keep one of them.' });
  }
  const fault = releases === undefined ? null : rangeFault(releases);
  if (fault !== null) complaints.push({ path: [index, 'releases'], ...fault });
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
