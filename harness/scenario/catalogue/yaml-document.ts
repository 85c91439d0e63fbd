import { type Document, isAlias, isNode, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { didYouMean } from '../../did-you-mean.ts';
import { UsageError } from '../../exit.ts';
import { oneLine, visible } from '../../text/control-characters.ts';
import { EXPECTATION_FOR } from '../schema/expectation.ts';
import { STEP_KINDS, type StepKind, TOGETHER_KINDS } from '../schema/step.ts';
import { WRITTEN_KINDS } from '../schema/written-scenario.ts';

export type Place = { file: string; line: number; column: number };

/** A fault in a YAML file: its place, the offending line, the message and what to do. */
export type Diagnostic = Place & { message: string; next: string; offending: string };

/** One or more YAML files are invalid (exit 2). The message shows every fault with its line and a caret. */
export class DocumentError extends UsageError {
  readonly faults: readonly Diagnostic[];

  constructor(faults: readonly Diagnostic[], next: string) {
    const shown = faults.map(
      (fault) =>
        `${fault.file}:${fault.line}:${fault.column}: ${oneLine(fault.message)}\n` +
        `  ${String(fault.line).padStart(4)} | ${visible(fault.offending)}\n` +
        `       | ${' '.repeat(Math.max(0, visible(fault.offending.slice(0, fault.column - 1)).length))}^ ${fault.next}`,
    );
    super(shown.join('\n\n'), next);
    this.faults = faults;
  }
}

/** A fault at one path of a document, with what to do. */
export type ValidationIssue = { path: (string | number)[]; message: string; next: string };

/** A parsed YAML text with the places of its nodes. */
export type Reading = {
  /** The plain value; null if there are syntax faults. */
  value: unknown;
  /** Syntax faults: invalid YAML, duplicate keys, more than one document, aliases that cannot be resolved. */
  syntax: Diagnostic[];
  /** The start of the node at the path or, if it is missing, of its nearest parent. */
  placeOf(path: readonly PropertyKey[]): Place;
  /** The faults for the issues of a schema; `next` says where the schema is explained. */
  shapeFaults(error: z.ZodError, next: string): Diagnostic[];
  /** The fault for an issue. */
  fault(complaint: ValidationIssue): Diagnostic;
};

/** Parses one YAML text; `file` is its path for messages. Does not throw for any text. */
export function readDocument(text: string, file: string): Reading {
  const lines = text.split(/\r?\n/);
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = counter.linePos(Math.min(offset, Math.max(0, text.length - 1)));
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const faultAt = (offset: number, message: string, next: string): Diagnostic => {
    const place = placeAt(offset);
    return { ...place, message, next, offending: lines[place.line - 1] ?? '' };
  };
  const syntax = [...document.errors, ...document.warnings].map((error) =>
    faultAt(
      error.pos[0],
      `${error.code}: ${error.message}`,
      'The YAML cannot be parsed from this line on: check this line and the line before it.',
    ),
  );
  const unresolved = syntax.length > 0 ? [] : aliasFaults(document);
  const { value, excess } =
    syntax.length + unresolved.length > 0 ? { value: null, excess: [] } : plainValueOf(document);
  return {
    value,
    syntax: [...syntax, ...[...unresolved, ...excess].map((fault) => faultAt(fault.offset, fault.message, fault.next))],
    placeOf: (path) => placeAt(offsetOf(document, path, null)),
    shapeFaults: (error, next) =>
      flatten(error.issues, value, next).map((issue) =>
        faultAt(offsetOf(document, issue.path, issue.key), issue.message, issue.next),
      ),
    fault: (complaint) => faultAt(offsetOf(document, complaint.path, null), complaint.message, complaint.next),
  };
}

type AliasFault = { offset: number; message: string; next: string };

/** The aliases of a document that name no anchor above them, or that stand within the value of their own anchor. */
function aliasFaults(document: Document): AliasFault[] {
  const faults: AliasFault[] = [];
  const anchors: string[] = [];
  visit(document, (_key, node, path) => {
    if (isNode(node) && 'anchor' in node && node.anchor !== undefined) anchors.push(node.anchor);
    if (!isAlias(node)) return;
    const { source, range } = node;
    const target = node.resolve(document);
    const fault = { offset: range?.[0] ?? 0 };
    if (target === undefined)
      faults.push({
        ...fault,
        message: `the alias *${source} names no anchor above it`,
        next: didYouMean(source, anchors, `Write &${source} before the value that it stands for.`),
      });
    else if (path.includes(target))
      faults.push({
        ...fault,
        message: `the alias *${source} stands within its own value`,
        next: 'Write the value out.',
      });
  });
  return faults;
}

/** The plain value of a document without alias faults, or the fault that its aliases multiply beyond the limit of the parser. */
function plainValueOf(document: Document): { value: unknown; excess: AliasFault[] } {
  try {
    return { value: document.toJS(), excess: [] };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return { value: null, excess: [{ offset: 0, message: error.message, next: 'Write fewer aliases of aliases.' }] };
  }
}

/**
 * Reads a YAML list of entries with one schema. Calls `complaintsAbout` for each entry, with the entries before it, if all entries fit the
 * schema. Throws the `Failure` of the list with every fault.
 */
export function readList<T>(
  text: string,
  file: string,
  entry: z.ZodType<T>,
  complaintsAbout: (entry: T, index: number, before: readonly T[]) => ValidationIssue[],
  Failure: new (faults: readonly Diagnostic[]) => DocumentError,
): T[] {
  const reading = readDocument(text, file);
  if (reading.syntax.length > 0) throw new Failure(reading.syntax);
  const parsed = entry.array().safeParse(reading.value);
  if (!parsed.success)
    throw new Failure(reading.shapeFaults(parsed.error, 'The comment at the head of the file explains the keys.'));
  const entries = parsed.data;
  const complaints = entries.flatMap((each, index) => complaintsAbout(each, index, entries.slice(0, index)));
  if (complaints.length > 0) throw new Failure(complaints.map(reading.fault));
  return entries;
}

type FlatIssue = { path: PropertyKey[]; key: string | null; message: string; next: string };

/** The branch of a union that fits the value best: of the branches with its type, the one with the fewest issues. */
function closestOf(branches: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] | null {
  const isOfAnotherType = ({ path, code }: z.core.$ZodIssue): boolean =>
    path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
  const near = branches.filter((branch) => !branch.some(isOfAnotherType));
  return near.toSorted((a, b) => a.length - b.length)[0] ?? null;
}

/** The keys of a step that contain expectations. */
const SHOWING: readonly (PropertyKey | undefined)[] = ['expect', 'symptom'];

/** The kind of the step whose expectation is at the path; null if the path is not that of an expectation. */
function kindAround(input: unknown, at: readonly PropertyKey[]): StepKind | null {
  if (!SHOWING.includes(at.at(-1))) return null;
  const step = valueAt(input, at.slice(0, at.at(-2) === 'hardened' ? -2 : -1));
  return STEP_KINDS.find((kind) => typeof step === 'object' && step !== null && kind in step) ?? null;
}

/** Flattens the issues of zod. Zod reports a failed union once per branch; only the branch of the step's own kind is useful. */
function flatten(
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
  next: string,
  base: PropertyKey[] = [],
): FlatIssue[] {
  return issues.flatMap((issue): FlatIssue[] => {
    const at = [...base, ...issue.path];
    const kind = kindAround(input, at);
    if (issue.code === 'unrecognized_keys' && kind !== null) {
      const shows = Object.keys(EXPECTATION_FOR[kind].shape).join(', ') || 'nothing';
      return issue.keys.map((key) => ({
        path: at,
        key,
        message: `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind} step cannot show "${key}"`,
        next: `It shows: ${shows}.`,
      }));
    }
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: at,
        key,
        message: `unknown key "${key}"`,
        next: 'No such key here; is it misspelt, or one level too deep?',
      }));
    }
    const missing = at.length > 0 && valueAt(input, at) === undefined;
    const message = missing ? `missing key "${String(at.at(-1))}": ${issue.message}` : issue.message;
    const plain = { path: at, key: null, message, next };
    if (issue.code !== 'invalid_union') return [plain];
    const kinds = [WRITTEN_KINDS, TOGETHER_KINDS].find(({ length }) => length === issue.errors.length);
    if (kinds === undefined) {
      const branch = closestOf(issue.errors);
      return branch === null ? [plain] : flatten(branch, input, next, at);
    }
    const value = valueAt(input, at);
    const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    const index = kinds.findIndex((candidate) => keys.includes(candidate));
    const branch = index === -1 ? undefined : issue.errors[index];
    if (branch !== undefined) return flatten(branch, input, next, at);
    return [{ ...plain, message: 'a step without a kind', next: `One of: ${kinds.join(', ')}.` }];
  });
}

function valueAt(input: unknown, at: readonly PropertyKey[]): unknown {
  return at.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

/** The offset of the node at the path or, if it is missing, of its nearest parent; with `key`, of that key in the node. */
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
