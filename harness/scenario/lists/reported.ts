import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { didYouMean } from '../../did-you-mean.ts';
import { appliesOn } from '../catalogue/applies.ts';
import type { LoadedScenario } from '../catalogue/load.ts';
import { type Diagnostic, DocumentError, readList, type ValidationIssue } from '../catalogue/yaml-document.ts';
import { isRange, playableIn } from '../releases/range.ts';
import { CLASSES, REPORTED } from '../schema/scenario.ts';
import { words } from '../schema/text-schemas.ts';

/** One reported kind of failure, from one report or more. */
const reportedSchema = z.strictObject({
  row: z.string().regex(/^\d+[a-z]?$/, 'a number such as "21" or "160a"'),
  class: z.enum(CLASSES),
  title: words.describe('What users saw, in one line.'),
  reported: z.array(REPORTED).describe('Every report of the failure.'),
  releases: words.refine(isRange, 'a range of releases').optional().describe('The releases on which users saw it.'),
  remark: words.optional().describe('What else the reports say about these releases.'),
  scenarios: z
    .array(words)
    .optional()
    .describe('Ids of scenarios that cover the failure without naming one of its reports.'),
  unreachable: words.optional().describe('Why Postern cannot play it against a published gateway in a container.'),
});
export type ReportedFailure = z.infer<typeof reportedSchema>;

/**
 * A scenario that covers a reported failure, and the releases on which it does: the reported ones or, if none of them is playable, the
 * nearest. Empty if the scenario applies to none of them.
 */
export type CoveringScenario = { loaded: LoadedScenario; on: string[] };

/** A reported failure and the scenarios that cover it. */
export type Covered = {
  failure: ReportedFailure;
  scenarios: CoveringScenario[];
  /** Whether a reported release is playable. True for a report that names no release. */
  named: boolean;
};

const FILE = path.join('scenarios', 'reported.yaml');

/** The list of reported failures is invalid (exit 2). */
class ReportedError extends DocumentError {
  constructor(faults: readonly Diagnostic[]) {
    super(faults, 'Correct the list; the comment at its head explains the fields.');
  }
}

/**
 * Reads `root`/scenarios/reported.yaml and finds the scenarios of each entry: those that name one of its reports, and those that it
 * names. Throws ReportedError with every fault: invalid YAML, a duplicate row or scenario, an unknown scenario, an entry that is marked
 * unreachable although a scenario covers it.
 */
export function loadCoverage(root: string, scenarios: readonly LoadedScenario[]): Covered[] {
  return coverageOf(readFileSync(path.join(root, FILE), 'utf8'), FILE, scenarios);
}

export function coverageOf(text: string, file: string, scenarios: readonly LoadedScenario[]): Covered[] {
  const covering = (failure: ReportedFailure): Covered => {
    const { releases, named } = playableIn(failure.releases ?? '*');
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
        on: releases.filter((version) => appliesOn(loaded.scenario, version)),
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
