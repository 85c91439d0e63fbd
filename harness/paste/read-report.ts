import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { messageOf, UsageError } from '../exit.ts';
import { type Line, linesOf } from './clean-text.ts';

/** The most bytes of a pasted report. The longest issue form that GitHub takes has 65,536 characters. */
export const MOST_BYTES = 1024 * 1024;

const CHUNK_BYTES = 64 * 1024;

/** The name that stands for the standard input. */
export const STANDARD_INPUT = '-';

const STDIN_DESCRIPTOR = 0;

/** The share of control characters, and of characters that could not be decoded, above which a file is taken for binary. */
const MOST_CONTROLS = 0.02;
const MOST_UNDECODED = 0.1;

/**
 * Reads a pasted bug report. `source` is a path, or `-` for the standard input. Gives its lines, cleaned. Reads no more than `MOST_BYTES`
 * and one byte, however long the source is. Throws UsageError for a source that cannot be opened, that is larger, empty or binary.
 */
export function readReport(source: string): Line[] {
  return linesOf(decoded(bytesOf(source), nameOf(source)));
}

const nameOf = (source: string): string => (source === STANDARD_INPUT ? 'the standard input' : source);

function bytesOf(source: string): Buffer {
  if (source === STANDARD_INPUT) return readAtMost(STDIN_DESCRIPTOR, nameOf(source));
  let file: number;
  try {
    file = openSync(source, 'r');
  } catch (error) {
    throw cannotRead(source, error);
  }
  try {
    if (fstatSync(file).isDirectory()) throw new UsageError(`${source} is a folder`, 'Give the file with the report.');
    return readAtMost(file, source);
  } finally {
    closeSync(file);
  }
}

function cannotRead(name: string, error: unknown): UsageError {
  const next = 'Give the path of a text file, or - to paste the report on the standard input.';
  return new UsageError(`${name} cannot be read as a report: ${messageOf(error)}`, next, { cause: error });
}

/** Reads until the end or until the limit is passed. The chunks are read one by one, because an endless source never ends a whole read. */
function readAtMost(file: number, name: string): Buffer {
  const bytes = Buffer.alloc(MOST_BYTES + 1);
  let length = 0;
  while (length < bytes.length) {
    const read = readSome(file, bytes, length, name);
    if (read === 0) return bytes.subarray(0, length);
    length += read;
  }
  throw new UsageError(
    `${name} has more than ${MOST_BYTES} bytes`,
    'Give the report alone: its text, and of a log the minutes around the failure.',
  );
}

function readSome(file: number, bytes: Buffer, at: number, name: string): number {
  for (;;) {
    try {
      return readSync(file, bytes, at, Math.min(CHUNK_BYTES, bytes.length - at), null);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code === 'EOF') return 0; // a closed pipe on Windows
      if (code !== 'EAGAIN') throw cannotRead(name, error);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20); // a terminal that has nothing to give yet
    }
  }
}

/** Decodes bytes by their byte order mark, else as UTF-8, else as Windows-1252. */
function decoded(bytes: Buffer, name: string): string {
  const text = decode(bytes);
  if (text.trim() === '') throw new UsageError(`${name} is empty`, 'Give a file with the text of the report.');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are what is counted
  const controls = count(text, /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/g);
  const undecoded = count(text, /\ufffd/g);
  if (text.includes('\u0000') || controls > text.length * MOST_CONTROLS || undecoded > text.length * MOST_UNDECODED)
    throw new UsageError(
      `${name} is no text, but binary`,
      'Give the text of the report; of a picture or an archive, paste what it shows.',
    );
  return text;
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const text = new TextDecoder('utf-8').decode(bytes);
  // A text that was cut within a character has one character that cannot be decoded; a text in another encoding has many.
  return count(text, /\ufffd/g) > 2 ? new TextDecoder('windows-1252').decode(bytes) : text;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
