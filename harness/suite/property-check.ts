import { readFileSync } from 'node:fs';
import path from 'node:path';
import { holds } from '../judge/verdict.ts';
import { withinBudget } from '../results/budget.ts';
import type { CheckResult, ScenarioInfo, StepEvidence } from '../results/report.ts';
import { evidenceOf } from './evidence.ts';
import type { JudgeContext } from './judge-scenario.ts';

/** The parts of a check that depend on its kind. */
export type PropertyCheckContext = Pick<
  CheckResult,
  'verdict' | 'expected' | 'seen' | 'differences' | 'compared' | 'because' | 'source'
>;

/**
 * A check of a property as the report keeps it. `part` is the id of the decision table or of a survey, and `name` that of the property there; `record` is the
 * knock that the check shows, null for none.
 */
export function checkOn(
  part: string,
  name: string,
  checkContext: PropertyCheckContext,
  record: StepEvidence | null,
  repeat: string,
  context: JudgeContext,
): CheckResult {
  const { gateway, version, purpose } = context;
  return withinBudget({
    id: `${part}/${name}`,
    scenario: part,
    name,
    part: 'boundary',
    gateway,
    version,
    ...checkContext,
    holds: holds(checkContext.verdict, purpose),
    ...evidenceOf(record),
    durationMs: 0,
    // A property is about many cells; each cell has its own `local`.
    local: false,
    repeat,
  });
}

/** The entry of the decision table, or of a survey, among the scenarios of a report. */
export function generatedInfo(about: Pick<ScenarioInfo, 'id' | 'title' | 'why' | 'file'>): ScenarioInfo {
  return { ...about, class: 'boundary', level: 'must', blocker: true, reported: [], affected: 'none', tags: [] };
}

/** The first line with a text in a file of the project. Throws Error if the file lacks the text, as after a rename. */
export function lineWith(text: string, file: string, root: string): CheckResult['source'] {
  const lines = readFileSync(path.join(root, file), 'utf8').split('\n');
  const index = lines.findIndex((line) => line.includes(text));
  if (index < 0) throw new Error(`${file} has no line with ${text}, to which a report points`);
  return { file, line: index + 1, column: 1 };
}
