import { UsageError } from '../exit.ts';
import {
  type Chunk,
  type Code,
  callsNamed,
  conditionsWritten,
  functionsNamed,
  type NamedFunction,
  type Place,
  propertyOf,
  readCode,
  textOf,
  valuesNamed,
} from './ast.ts';

/** Limits of a search: `in` is the name of the enclosing function, `source` the path of the original source file. Default: all code. */
type Within = { in?: string; source?: string };

/**
 * One change of a package's code. The target is given by names, never by line numbers. `with` is JavaScript, and may use every name that
 * is in scope at the target.
 */
export type Edit = Within &
  (
    | { /** Replaces the body of this function. */ body: string; with: string }
    | { /** Inserts statements at the start of the body of this function. */ start: string; with: string }
    | {
        /** Replaces an argument of a call of this name, or one property of the argument. */
        call: string;
        /** The index of the argument; the first is 0. */
        argument: number;
        property?: string;
        /** Selects, of several calls, the one whose source contains this text. */
        saying?: string;
        with: string;
      }
    | { /** Replaces the condition with this source text. */ condition: string; with: string }
    | { /** Replaces the initial value of this constant. */ constant: string; with: string }
  );

/** The target of an edit, in words for an error message. */
function sayEdit(edit: Edit): string {
  const where = [
    ...(edit.in === undefined ? [] : [`in the function "${edit.in}"`]),
    ...(edit.source === undefined ? [] : [`out of ${edit.source}`]),
  ];
  return [sayTarget(edit), ...where].join(' ');
}

function sayTarget(edit: Edit): string {
  if ('body' in edit) return `the function "${edit.body}"`;
  if ('start' in edit) return `the function "${edit.start}"`;
  if ('condition' in edit) return `the condition (${edit.condition})`;
  if ('constant' in edit) return `the constant "${edit.constant}"`;
  const part = edit.property === undefined ? '' : `, with the property "${edit.property}"`;
  const saying = edit.saying === undefined ? '' : ` that says "${edit.saying}"`;
  return `a call of "${edit.call}"${saying} with an argument ${edit.argument + 1}${part}`;
}

/** A range of a chunk (offsets) with its replacement. */
type Span = { code: Code; start: number; end: number; text: string };

/** Texts that every chunk with the target contains, so that other chunks need not be parsed. */
function wordsOf(edit: Edit): string[] {
  return [edit.in ?? '', edit.source ?? '', targetOf(edit)];
}

/** The name of the target; empty for a condition, whose white space may differ in the chunk. */
function targetOf(edit: Edit): string {
  if ('body' in edit) return edit.body;
  if ('start' in edit) return edit.start;
  if ('constant' in edit) return edit.constant;
  return 'call' in edit ? edit.call : '';
}

function spansIn(place: Place, edit: Edit): Span[] {
  const { code } = place;
  const instead = ({ node }: Place): Span => ({ code, start: node.start, end: node.end, text: edit.with });
  if ('body' in edit) {
    const block = ({ body }: NamedFunction): Span => ({ ...instead({ code, node: body }), text: `{ ${edit.with} }` });
    return functionsNamed(place, edit.body).map(block);
  }
  if ('start' in edit)
    return functionsNamed(place, edit.start)
      .filter(({ body }) => body.type === 'BlockStatement')
      .map(({ body }) => ({ code, start: body.start + 1, end: body.start + 1, text: ` ${edit.with} ` }));
  if ('condition' in edit) return conditionsWritten(place, edit.condition).map(instead);
  if ('constant' in edit) return valuesNamed(place, edit.constant).map(instead);
  return callsNamed(place, edit.call)
    .filter((call) => edit.saying === undefined || textOf(call).includes(edit.saying))
    .flatMap((call) => {
      const node = call.arguments[edit.argument];
      if (node === undefined) return [];
      if (edit.property === undefined) return [instead({ code, node })];
      const property = propertyOf({ code, node }, edit.property);
      // A shorthand property has no separate value, so the edit writes name and value.
      return property === null ? [] : [{ ...instead(property), text: `${edit.property}: ${edit.with}` }];
    });
}

/** The places of one chunk in which an edit searches, limited by its `source` and `in`. */
function placesFor(code: Code, edit: Edit): { places: Place[]; isThere(at: number): boolean } {
  const isThere = (at: number): boolean =>
    edit.source === undefined ||
    code.sources.some(({ file, start, end }) => file === edit.source && start <= at && at < end);
  const whole = { code, node: code.tree };
  const places =
    edit.in === undefined ? [whole] : functionsNamed(whole, edit.in).filter(({ node }) => isThere(node.start));
  return { places, isThere };
}

/** Creates a function that parses a chunk, each chunk once only. */
export function createReader(): (chunk: Chunk) => Code {
  const read = new Map<Chunk, Code>();
  return (chunk) => {
    const code = read.get(chunk) ?? readCode(chunk);
    read.set(chunk, code);
    return code;
  };
}

function findSpan(chunks: readonly Chunk[], edit: Edit, about: string, read: (chunk: Chunk) => Code): Span {
  const words = wordsOf(edit);
  const spans = chunks
    .filter(({ text }) => words.every((word) => text.includes(word)))
    .flatMap((chunk) => {
      const { places, isThere } = placesFor(read(chunk), edit);
      return places.flatMap((place) => spansIn(place, edit)).filter(({ start }) => isThere(start));
    });
  const [span, ...others] = spans;
  if (span !== undefined && others.length === 0) return span;
  const found =
    span === undefined
      ? `is in none of its ${chunks.length} chunks`
      : `is there ${spans.length} times, in ${[...new Set(spans.map(({ code }) => code.chunk.path))].join(', ')}`;
  throw new UsageError(
    `${about} looks for ${sayEdit(edit)}, which ${found}`,
    span === undefined
      ? 'The release makes this decision in other code. Find that code, and correct the edit in harness/mutants.'
      : 'Limit the edit in harness/mutants to one place: `in` names the enclosing function, `source` the original source file.',
  );
}

/**
 * Applies edits. Returns only the changed chunks, with their new text, in the order of `chunks`. `about` names the mutant and the release
 * for error messages. Throws UsageError if an edit does not find exactly one target, or if a changed chunk is not JavaScript: a mutant that
 * does not apply proves nothing.
 */
export function patched(
  chunks: readonly Chunk[],
  edits: readonly Edit[],
  about: string,
  read: (chunk: Chunk) => Code = createReader(),
): Chunk[] {
  const spans = edits.map((edit) => findSpan(chunks, edit, about, read));
  return chunks.flatMap((chunk) => {
    const own = spans.filter(({ code }) => code.chunk === chunk).sort((a, b) => b.start - a.start);
    if (own.length === 0) return [];
    const text = own.reduce((rest, { start, end, text }) => rest.slice(0, start) + text + rest.slice(end), chunk.text);
    return [proved({ path: chunk.path, text }, about)];
  });
}

function proved(chunk: Chunk, about: string): Chunk {
  try {
    readCode(chunk);
    return chunk;
  } catch (error) {
    throw new UsageError(
      `${about} makes ${chunk.path} invalid JavaScript: ${error instanceof Error ? error.message : error}`,
      'Correct the replacement in harness/mutants: it must be valid JavaScript at its target.',
      { cause: error },
    );
  }
}
