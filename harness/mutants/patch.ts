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

/** Where to look: in the function of a name, and in what came out of one source file. Everywhere unless given. */
type Within = { in?: string; source?: string };

/**
 * One change of a package's code, by names and never by lines. `with` is JavaScript, and may use every name that can be seen from
 * there.
 */
export type Edit = Within &
  (
    | { /** The body of this function is replaced. */ body: string; with: string }
    | { /** Statements are put before the body of this function. */ start: string; with: string }
    | {
        /** An argument of a call of this name is replaced, or one property of it. */
        call: string;
        /** Which argument; the first is 0. */
        argument: number;
        property?: string;
        /** Of several calls, the one whose arguments hold this text. */
        saying?: string;
        with: string;
      }
    | { /** A condition that is written so is replaced. */ condition: string; with: string }
    | { /** The value of this constant is replaced. */ constant: string; with: string }
  );

/** What an edit looks for, in words. */
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

/** A piece of a chunk that is to become another text. */
type Span = { code: Code; start: number; end: number; text: string };

/** What stands in the text of every chunk that can hold the target: there is no need to parse the others. */
function wordsOf(edit: Edit): string[] {
  return [edit.in ?? '', edit.source ?? '', targetOf(edit)];
}

/** A condition may be written with other white space. */
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
      // Its name may be all that is written of it.
      return property === null ? [] : [{ ...instead(property), text: `${edit.property}: ${edit.with}` }];
    });
}

/** The places in which an edit looks, in one chunk: what came out of its source file, then the function of that name there. */
function placesFor(code: Code, edit: Edit): { places: Place[]; isThere(at: number): boolean } {
  const isThere = (at: number): boolean =>
    edit.source === undefined ||
    code.sources.some(({ file, start, end }) => file === edit.source && start <= at && at < end);
  const whole = { code, node: code.tree };
  const places =
    edit.in === undefined ? [whole] : functionsNamed(whole, edit.in).filter(({ node }) => isThere(node.start));
  return { places, isThere };
}

/** Gives back what reads chunks with the parser, each no more than once. */
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
      ? 'This release decides that elsewhere. Find out where, and say so in harness/mutants.'
      : 'Say which one is meant: `in` names the function around it, `source` the file it came out of.',
  );
}

/**
 * The chunks that edits change, as they are afterwards, in the order of the chunks. `about` names the mutant and the release for
 * messages. Each edit must find exactly one place, and what comes out must be JavaScript: throws UsageError that says what was looked
 * for, where, and what to do, for a mutant that no longer applies proves nothing.
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
      `${about} makes ${chunk.path} unreadable: ${error instanceof Error ? error.message : error}`,
      'Mend the replacement in harness/mutants: it must be JavaScript at the place where it is put.',
      { cause: error },
    );
  }
}
