import { createHash } from 'node:crypto';
import { globSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { messageOf, UsageError } from '../../exit.ts';
import { CLASSES, type Scenario, scenarioSchema } from '../schema/scenario.ts';
import { expanded, type Source } from '../schema/shorthands.ts';
import { writtenScenarioSchema } from '../schema/written-scenario.ts';
import { type CheckDeclaration, checksOf } from './checks.ts';
import { validate } from './validate.ts';
import { type Diagnostic, DocumentError, type Place, readDocument } from './yaml-document.ts';

/** A scenario with the place of each check, so that a report can show the line of YAML. */
export type LoadedScenario = {
  scenario: Scenario;
  /** The path of the file, relative to the project root; for a file outside of the catalogue, the path as given. */
  file: string;
  /** The path as given, of a file that is not in the catalogue; null for one of the catalogue. */
  outside: string | null;
  /** 16 hex digits of the SHA-256 of the text. */
  digest: string;
  /** The content of the file with each shorthand expanded, without defaults. */
  source: Source;
  checks: (CheckDeclaration & { place: Place })[];
};

/** One or more scenario files could not be read (exit 2). */
export class ScenarioError extends DocumentError {
  constructor(faults: readonly Diagnostic[]) {
    super(faults, 'Correct the scenario and run `postern lint`.');
  }
}

const SEE_SCHEMA = 'See scenarios/scenario.schema.json.';

/** Reads one file of the catalogue. `text` is its content, `file` its path for messages. Throws ScenarioError with every fault. */
export function loadScenario(text: string, file: string): LoadedScenario {
  return { ...read(text, file, impliedId(file)), outside: null };
}

/** The id that the place of a file in the catalogue, or in a folder like it, implies. */
function impliedId(file: string): string {
  return file
    .split(path.sep)
    .slice(-2)
    .join('/')
    .replace(/\.yaml$/, '');
}

/** `id` is what the place of the file implies; null for a file that may state any. */
function read(text: string, file: string, id: string | null): Omit<LoadedScenario, 'outside'> {
  const reading = readDocument(text, file);
  if (reading.syntax.length > 0) throw new ScenarioError(reading.syntax);

  const written = writtenScenarioSchema.safeParse(reading.value);
  if (!written.success) throw new ScenarioError(reading.shapeFaults(written.error, SEE_SCHEMA));

  const content: Source = { ...Object(reading.value) };
  const { source, writtenAt } = expanded(content, id ?? idWithoutStatement(content, file));
  const parsed = scenarioSchema.safeParse(source);
  if (!parsed.success) throw new ScenarioError(reading.shapeFaults(parsed.error, SEE_SCHEMA));

  const scenario = parsed.data;
  const complaints = validate(scenario, id).map((complaint) => ({
    ...complaint,
    path: writtenAt(complaint.path),
  }));
  if (complaints.length > 0) throw new ScenarioError(eachOnce(complaints.map(reading.fault)));

  const checks = checksOf(scenario).map((check) => ({ ...check, place: reading.placeOf(writtenAt(check.path)) }));
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { scenario, file, digest, source, checks };
}

/** The id that the place of a file implies if the file states none and lies in a folder of a class; null in every other case. */
function idWithoutStatement({ id }: Source, file: string): string | null {
  const implied = impliedId(file);
  const isInClass = CLASSES.some((name) => implied.startsWith(`${name}/`));
  return id === undefined && isInClass ? implied : null;
}

/** Each fault once: a fault of a shorthand occurs in each step that the shorthand expands to. */
function eachOnce(faults: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}

/**
 * Every scenario below `root`/scenarios, in the order of their ids. Throws ScenarioError if any file is invalid, and UsageError without
 * files.
 */
export function loadScenarios(root: string): LoadedScenario[] {
  const files = globSync('scenarios/*/*.yaml', { cwd: root }).sort();
  if (files.length === 0)
    throw new UsageError(
      `there is no scenario in ${path.join(root, 'scenarios')}`,
      'Postern needs its own scenarios: restore this folder from the repository, or install the package again.',
    );
  return withEveryFault(files, (file) => loadScenario(readFileSync(path.join(root, file), 'utf8'), file));
}

/**
 * Every scenario below `root`/scenarios, and those of a folder of the user, which is laid out alike (`folder`/<class>/<name>.yaml), in the order of
 * their ids. `folder` is null for none. Throws as `loadScenarios` does, and UsageError for an id that two files have.
 */
export function loadScenariosWith(root: string, folder: string | null): LoadedScenario[] {
  const catalogue = loadScenarios(root);
  if (folder === null) return catalogue;
  // Every YAML file, so that one in a wrong place is a fault and not ignored.
  const files = globSync('**/*.{yaml,yml}', { cwd: folder }).sort();
  if (files.length === 0)
    throw new UsageError(
      `there is no scenario in ${folder}`,
      `Put scenarios in a folder of their class, as ${path.join(folder, 'host-header', 'my-proxy.yaml')}.`,
    );
  const own = withEveryFault(files, (name): LoadedScenario => {
    const file = path.join(folder, name);
    return { ...read(readGiven(file).text, file, impliedId(file)), outside: file };
  });
  requireOwnIds(catalogue, own);
  return [...catalogue, ...own].sort((a, b) => (a.scenario.id < b.scenario.id ? -1 : 1));
}

/**
 * Reads scenarios from any files, in the given order. A file of the `catalogue` below `root` gives its catalogue entry. Any other file states
 * its id, or lies in a folder of its class, which implies it; reports show its path as given. Throws ScenarioError with every fault, and UsageError for a file that cannot be read or
 * for an id that two files have.
 */
export function loadGiven(
  root: string,
  files: readonly string[],
  catalogue: readonly LoadedScenario[],
): LoadedScenario[] {
  const places = new Map(catalogue.map((loaded) => [realpathSync(path.join(root, loaded.file)), loaded]));
  const given = withEveryFault(files, (file): LoadedScenario => {
    const { place, text } = readGiven(file);
    const loaded = places.get(place) ?? { ...read(text, file, null), outside: file };
    places.set(place, loaded);
    return loaded;
  });
  requireOwnIds(catalogue, given);
  return [...new Set(given)];
}

/** Throws UsageError for an id that two different files have; `given` may contain files of the catalogue. */
function requireOwnIds(catalogue: readonly LoadedScenario[], given: readonly LoadedScenario[]): void {
  const byId = new Map(catalogue.map((loaded) => [loaded.scenario.id, loaded]));
  for (const loaded of given) {
    const { id } = loaded.scenario;
    const other = byId.get(id);
    if (other !== undefined && other !== loaded)
      throw new UsageError(`${loaded.file} and ${other.file} both have the id "${id}"`, 'Give one of them another id.');
    byId.set(id, loaded);
  }
}

function readGiven(file: string): { place: string; text: string } {
  try {
    return { place: realpathSync(file), text: readFileSync(file, 'utf8') };
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read as a scenario: ${messageOf(error)}`,
      'Give the path of a YAML file, from the current folder; `--only` takes ids.',
      { cause: error },
    );
  }
}

/** Loads each file. Throws one ScenarioError with the faults of all invalid files. */
function withEveryFault(files: readonly string[], load: (file: string) => LoadedScenario): LoadedScenario[] {
  const faults: Diagnostic[] = [];
  const loaded = files.flatMap((file) => {
    try {
      return [load(file)];
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      faults.push(...error.faults);
      return [];
    }
  });
  if (faults.length > 0) throw new ScenarioError(faults);
  return loaded;
}
