import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { UsageError } from '../exit.ts';
import { type CheckDeclaration, checksOf } from './checks.ts';
import { complaintsOf } from './rules.ts';
import { type Scenario, scenarioSchema } from './scenario.ts';
import { STEP_KINDS } from './step.ts';

export type Place = { file: string; line: number; column: number };

/** A scenario with the places of its checks, so that a failure can point at the line of YAML. */
export type LoadedScenario = {
  scenario: Scenario;
  /** Relative to the folder that holds `scenarios/`. */
  file: string;
  checks: (CheckDeclaration & { place: Place })[];
};

/** Something in a scenario file that cannot be read: where, the offending line, and what to do. */
export type Fault = Place & { message: string; next: string; offending: string };

/** One or more scenario files could not be read (exit 2). The message shows every fault with its line and a caret. */
export class ScenarioError extends UsageError {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    const shown = faults.map(
      (fault) =>
        `${fault.file}:${fault.line}:${fault.column}: ${fault.message}\n` +
        `  ${String(fault.line).padStart(4)} | ${fault.offending}\n` +
        `       | ${' '.repeat(Math.max(0, fault.column - 1))}^ ${fault.next}`,
    );
    super(shown.join('\n\n'), 'Mend the scenario and run `postern lint`.');
    this.faults = faults;
  }
}

/** Reads one file. `text` is its content, `file` its path as shown; throws ScenarioError with every fault found. */
export function loadScenario(text: string, file: string): LoadedScenario {
  const lines = text.split('\n');
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true, prettyErrors: false });
  const faultAt = (offset: number, message: string, next: string): Fault => {
    const { line, col } = counter.linePos(Math.min(offset, Math.max(0, text.length - 1)));
    return { file, line, column: col, message, next, offending: lines[line - 1] ?? '' };
  };

  const syntax = [...document.errors, ...document.warnings].map((error) =>
    faultAt(error.pos[0], `${error.code}: ${error.message}`, 'Here the YAML stops making sense.'),
  );
  if (syntax.length > 0) throw new ScenarioError(syntax);

  const parsed = scenarioSchema.safeParse(document.toJS());
  if (!parsed.success) {
    throw new ScenarioError(
      flatten(parsed.error.issues, document.toJS()).map((issue) =>
        faultAt(offsetOf(document, issue.path, issue.key), issue.message, issue.next),
      ),
    );
  }
  const impliedId = file
    .split(path.sep)
    .slice(-2)
    .join('/')
    .replace(/\.yaml$/, '');
  const complaints = complaintsOf(parsed.data, impliedId);
  if (complaints.length > 0) {
    throw new ScenarioError(
      complaints.map((complaint) =>
        faultAt(offsetOf(document, complaint.path, null), complaint.message, complaint.next),
      ),
    );
  }
  const checks = checksOf(parsed.data).map((check) => {
    const { line, col } = counter.linePos(offsetOf(document, check.path, null));
    return { ...check, place: { file, line, column: col } };
  });
  return { scenario: parsed.data, file, checks };
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

type FlatIssue = { path: PropertyKey[]; key: string | null; message: string; next: string };

/** Zod tells of a failed union once per branch; only the branch of the step's own kind says something a person can use. */
function flatten(issues: readonly z.core.$ZodIssue[], input: unknown, base: PropertyKey[] = []): FlatIssue[] {
  return issues.flatMap((issue): FlatIssue[] => {
    const at = [...base, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: at,
        key,
        message: `unknown key "${key}"`,
        next: 'No such key here; is it misspelt, or one level too deep?',
      }));
    }
    if (issue.code !== 'invalid_union')
      return [{ path: at, key: null, message: issue.message, next: 'See scenarios/scenario.schema.json.' }];
    const value = valueAt(input, at);
    const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    const kind = STEP_KINDS.findIndex((candidate) => keys.includes(candidate));
    const branch = kind === -1 ? undefined : issue.errors[kind];
    if (branch !== undefined && issue.errors.length === STEP_KINDS.length) return flatten(branch, input, at);
    if (issue.errors.length === STEP_KINDS.length) {
      return [{ path: at, key: null, message: 'a step without a kind', next: `One of: ${STEP_KINDS.join(', ')}.` }];
    }
    return [{ path: at, key: null, message: issue.message, next: 'See scenarios/scenario.schema.json.' }];
  });
}

function valueAt(input: unknown, at: readonly PropertyKey[]): unknown {
  return at.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

/** Offset of the node at the path, of its nearest parent where it is missing, or of one of its keys. */
function offsetOf(document: Document, at: readonly PropertyKey[], key: string | null): number {
  for (let length = at.length; length >= 0; length -= 1) {
    const node = document.getIn(at.slice(0, length), true);
    if (!isNode(node) || !node.range) continue;
    if (key !== null && 'items' in node) {
      for (const pair of node.items) {
        const name: unknown = typeof pair === 'object' && pair !== null && 'key' in pair ? pair.key : null;
        if (isNode(name) && name.range && `${name}` === key) return name.range[0];
      }
    }
    return node.range[0];
  }
  return 0;
}
