import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../exit.ts';
import { type CheckDeclaration, checksOf } from './checks.ts';
import { DocumentError, type Fault, type Place, readDocument } from './document.ts';
import { complaintsOf } from './rules.ts';
import { type Scenario, scenarioSchema } from './scenario.ts';
import { type Source, spelledOut } from './spelled-out.ts';
import { writtenScenarioSchema } from './written.ts';

/** A scenario with the places of its checks, so that a failure can point at the line of YAML. */
export type LoadedScenario = {
  scenario: Scenario;
  /** Relative to the folder that holds `scenarios/`. */
  file: string;
  /** SHA-256 of the text, shortened: results are those of this text and no other. */
  digest: string;
  /** What stands in the file, each shorthand written out, before defaults are filled in. */
  source: Source;
  checks: (CheckDeclaration & { place: Place })[];
};

/** One or more scenario files could not be read (exit 2). */
export class ScenarioError extends DocumentError {
  constructor(faults: readonly Fault[]) {
    super(faults, 'Mend the scenario and run `postern lint`.');
  }
}

const SEE_SCHEMA = 'See scenarios/scenario.schema.json.';

/** Reads one file. `text` is its content, `file` its path as shown; throws ScenarioError with every fault found. */
export function loadScenario(text: string, file: string): LoadedScenario {
  const reading = readDocument(text, file);
  if (reading.syntax.length > 0) throw new ScenarioError(reading.syntax);

  const impliedId = file
    .split(path.sep)
    .slice(-2)
    .join('/')
    .replace(/\.yaml$/, '');
  const written = writtenScenarioSchema.safeParse(reading.value);
  if (!written.success) throw new ScenarioError(reading.shapeFaults(written.error, SEE_SCHEMA));

  const { source, writtenAt } = spelledOut({ ...Object(reading.value) }, impliedId);
  const parsed = scenarioSchema.safeParse(source);
  if (!parsed.success) throw new ScenarioError(reading.shapeFaults(parsed.error, SEE_SCHEMA));

  const scenario = parsed.data;
  const complaints = complaintsOf(scenario, impliedId).map((complaint) => ({
    ...complaint,
    path: writtenAt(complaint.path),
  }));
  if (complaints.length > 0) throw new ScenarioError(eachOnce(complaints.map(reading.fault)));

  const checks = checksOf(scenario).map((check) => ({ ...check, place: reading.placeOf(writtenAt(check.path)) }));
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { scenario, file, digest, source, checks };
}

/** A fault of a shorthand is met in each step that is made of it. */
function eachOnce(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}

/** Every scenario below `root`/scenarios, in the order of their ids. One broken file fails them all: none is dropped. */
export function loadScenarios(root: string): LoadedScenario[] {
  const files = globSync('scenarios/*/*.yaml', { cwd: root }).sort();
  if (files.length === 0)
    throw new UsageError(`no scenario below ${path.join(root, 'scenarios')}`, 'Run from the Postern checkout.');
  const faults: Fault[] = [];
  const loaded: LoadedScenario[] = [];
  for (const file of files) {
    try {
      loaded.push(loadScenario(readFileSync(path.join(root, file), 'utf8'), file));
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      faults.push(...error.faults);
    }
  }
  if (faults.length > 0) throw new ScenarioError(faults);
  return loaded;
}
