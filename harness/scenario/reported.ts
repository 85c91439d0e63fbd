import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { didYouMean } from '../did-you-mean.ts';
import type { LoadedScenario } from './load.ts';
import { words } from './non-blank-text.ts';
import { inRange, isRange, playableIn } from './range.ts';
import { CLASSES, REPORTED } from './scenario.ts';
import { type Diagnostic, DocumentError, readList, type ValidationIssue } from './yaml-document.ts';

/** One kind of failure that was reported, once or by many. */
const reportedSchema = z.strictObject({
  row: z.string().regex(/^\d+[a-z]?$/, 'a number such as "21" or "160a"'),
  class: z.enum(CLASSES),
  title: words.describe('What users saw, in one line.'),
  reported: z.array(REPORTED).describe('Every report of it.'),
  versions: words.refine(isRange, 'a range of releases').optional().describe('The releases on which users saw it.'),
  remark: words.optional().describe('What else they said of those releases.'),
  scenarios: z.array(words).optional().describe('Scenarios that stand for it without naming one of its reports.'),
  unreachable: words.optional().describe('Why it cannot be played against a published gateway in a container.'),
});
export type ReportedFailure = z.infer<typeof reportedSchema>;

/**
 * A scenario that stands for a reported failure, and the releases on which it plays that: those that the report names or, where none of
 * them can be played, the nearest. None where it is not applicable on any.
 */
export type Playing = { loaded: LoadedScenario; on: string[] };

/** A reported failure and the scenarios that stand for it. */
export type Covered = {
  failure: ReportedFailure;
  scenarios: Playing[];
  /** Whether a release that the report names can be played. A report that names none is played on any. */
  named: boolean;
};

const FILE = path.join('scenarios', 'reported.yaml');

/** The list of what was reported could not be read (exit 2). */
class ReportedError extends DocumentError {
  constructor(faults: readonly Diagnostic[]) {
    super(faults, 'Mend the list; the comment at its head explains the fields.');
  }
}

/**
 * Reads `root`/scenarios/reported.yaml and finds the scenarios of each entry: those that name one of its reports, and those that it
 * names. Throws ReportedError with every fault: broken YAML, a row or a scenario twice, a scenario that is not there, an entry that is
 * said to be unreachable although a scenario stands for it.
 */
export function loadCoverage(root: string, scenarios: readonly LoadedScenario[]): Covered[] {
  return coverageOf(readFileSync(path.join(root, FILE), 'utf8'), FILE, scenarios);
}

export function coverageOf(text: string, file: string, scenarios: readonly LoadedScenario[]): Covered[] {
  const covering = (failure: ReportedFailure): Covered => {
    const { releases, named } = playableIn(failure.versions ?? '*');
    const standing = scenarios.filter(
      ({ scenario }) =>
        failure.scenarios?.includes(scenario.id) ||
        failure.reported.some((report) => scenario.reported.includes(report)),
    );
    return {
      failure,
      named,
      scenarios: standing.map((loaded) => ({
        loaded,
        on: releases.filter((version) => inRange(version, loaded.scenario.applies?.range ?? '*')),
      })),
    };
  };
  const ids = scenarios.map(({ scenario }) => scenario.id);
  const failures = readList(
    text,
    file,
    reportedSchema,
    (failure, index, before) => complaintsAbout(covering(failure), index, before, ids),
    ReportedError,
  );
  return failures.map(covering);
}

function complaintsAbout(
  { failure, scenarios }: Covered,
  index: number,
  before: readonly ReportedFailure[],
  ids: readonly string[],
): ValidationIssue[] {
  const complaints: ValidationIssue[] = [];
  if (before.some(({ row }) => row === failure.row)) {
    complaints.push({
      path: [index, 'row'],
      message: `a second row "${failure.row}"`,
      next: 'Rows are names: renumber one.',
    });
  }
  for (const [at, id] of (failure.scenarios ?? []).entries()) {
    if (ids.includes(id)) continue;
    complaints.push({
      path: [index, 'scenarios', at],
      message: `no scenario is called "${id}"`,
      next: didYouMean(id, ids, '`postern list` lists every scenario.'),
    });
  }
  if (failure.unreachable !== undefined && scenarios.length > 0) {
    complaints.push({
      path: [index, 'unreachable'],
      message: `said to be out of reach, but ${scenarios.map(({ loaded }) => loaded.scenario.id).join(', ')} stands for it`,
      next: 'Take "unreachable" out, or the report out of the scenario.',
    });
  }
  return complaints;
}
