import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { LOG_BYTES, LOG_CHARACTERS, LOG_LINE_CHARACTERS, LOG_LINES } from '../../limits.ts';
import type { SecretRegistry } from '../../redaction/redactor.ts';
import { copyOf } from '../../text/cut.ts';

/** One line of a log: its index in the order in which lines were read, and the timestamp of the engine ('' if there is none). */
export type LogLine = { index: number; text: string; stamp: string };

/** A line that was read from a stream. */
export type ReadLine = Pick<LogLine, 'text' | 'stamp'>;

/** The log of one gateway across its restarts. It is kept in memory, and written to a file. */
export type GatewayLog = {
  /** The number of lines read so far. Pass it to `since` to get the lines that follow. */
  mark(): number;
  /**
   * The lines after a mark, ordered by the engine's timestamps: a gateway's stdout and stderr come through two pipes, and one of them may
   * be read late.
   */
  since(mark: number): LogLine[];
  /** Waits at most `withinMs` milliseconds for a line after `mark` that passes the test. Returns the first one, or null if none came. */
  waitFor(mark: number, test: (text: string) => boolean, withinMs: number): Promise<LogLine | null>;
  /** Calls the listener for each new line. Returns a function that ends this. */
  onLine(listener: (line: LogLine) => void): () => void;
  /** The names of secrets that occurred in a line so far, each with the index of the first such line. */
  leaks(): ReadonlyMap<string, number>;
  /** Adds one line without a timestamp: a message of the harness, or a line of a log that is not followed as a stream. */
  add(text: string): void;
  /** Adds the lines of a stream until it ends. `read` converts a raw line, or returns null to leave it out. */
  follow(stream: Readable, read: (raw: string) => ReadLine | null): Promise<void>;
  close(): Promise<void>;
};

/** Colour codes: some releases colour their log even without a terminal. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** Creates an empty log. It writes its lines, with the secrets redacted, to `file`; null keeps it in memory only. */
export function createGatewayLog(file: string | null, secretRegistry: SecretRegistry): GatewayLog {
  const inMemory = createLines();
  const onDisk = openLogFile(file);
  const listeners = new Set<(line: LogLine) => void>();
  const leaks = new Map<string, number>();

  /** Redacts the secrets and records their leak. Call it before a line is cut: the redactor may not recognise half a secret. */
  const cleared = (text: string): string => {
    const clean = secretRegistry.redact(text);
    if (clean !== text)
      for (const name of secretRegistry.leaks(text)) if (!leaks.has(name)) leaks.set(name, inMemory.count());
    return clean;
  };
  const add = (raw: string, stamp: string): void => {
    const whole = raw.replace(COLOURS, '');
    const clean = cleared(whole);
    const line = inMemory.add(whole.slice(0, LOG_LINE_CHARACTERS), stamp);
    onDisk.put(clean.slice(0, LOG_LINE_CHARACTERS));
    for (const listener of listeners) listener(line);
  };
  const onLine = (listener: (line: LogLine) => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  return {
    mark: inMemory.count,
    since: inMemory.since,
    onLine,
    add: (text) => add(text, ''),
    leaks: () => leaks,
    waitFor(mark, test, withinMs) {
      const there = inMemory.since(mark).find((line) => test(line.text));
      if (there !== undefined) return Promise.resolve(there);
      return new Promise((resolve) => {
        const done = (line: LogLine | null): void => {
          clearTimeout(timer);
          stop();
          resolve(line);
        };
        const timer = setTimeout(() => done(null), withinMs);
        const stop = onLine((line) => {
          if (test(line.text)) done(line);
        });
      });
    },
    follow(stream, read) {
      const shortened = (rest: string): string => cleared(rest).slice(-LOG_LINE_CHARACTERS);
      return readLines(stream, shortened, (raw) => {
        const line = read(raw);
        if (line !== null) add(line.text, line.stamp);
      });
    },
    close: onDisk.close,
  };
}

/** The lines of a log in memory: all that were added are counted, and the newest are kept. */
type Lines = {
  /** The number of lines that were added. */
  count(): number;
  add(text: string, stamp: string): LogLine;
  /** The kept lines after a mark, as GatewayLog.since gives them. */
  since(mark: number): LogLine[];
};

function createLines(): Lines {
  let lines: LogLine[] = [];
  let characters = 0;
  let count = 0;
  return {
    count: () => count,
    add(text, stamp) {
      const line = { index: count, text: copyOf(text), stamp: copyOf(stamp) };
      count += 1;
      lines.push(line);
      characters += line.text.length;
      // Not for each line, because this copies the lines that stay.
      if (lines.length > LOG_LINES * 1.5 || characters > LOG_CHARACTERS * 1.5) {
        lines = newestOf(lines);
        characters = charactersIn(lines);
      }
      return line;
    },
    since: (mark) => inOrderOfTime(lines.slice(Math.max(0, mark - (count - lines.length)))),
  };
}

/** The lines by their timestamps. Lines of the harness have none: they keep their place after the line that was read before them. */
function inOrderOfTime(lines: readonly LogLine[]): LogLine[] {
  let last = '';
  const order = lines.map((line) => {
    if (line.stamp !== '') last = line.stamp;
    return { line, time: last };
  });
  return order.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)).map(({ line }) => line);
}

/** The newest lines within LOG_LINES and LOG_CHARACTERS. */
function newestOf(lines: readonly LogLine[]): LogLine[] {
  let left = LOG_CHARACTERS;
  const first = lines.findLastIndex(({ text }) => {
    left -= text.length;
    return left < 0;
  });
  return lines.slice(Math.max(first + 1, lines.length - LOG_LINES));
}

function charactersIn(lines: readonly LogLine[]): number {
  return lines.reduce((sum, { text }) => sum + text.length, 0);
}

/** Opens the file of a log, which takes LOG_BYTES at most; with null, `put` does nothing. */
function openLogFile(file: string | null): { put(text: string): void; close(): Promise<void> } {
  const out = file === null ? null : createWriteStream(file, { flags: 'a' });
  out?.on('error', () => {}); // the run continues without this file; a full disk is reported when the reports are written
  let room = LOG_BYTES;
  return {
    put(text) {
      if (out === null || room <= 0) return;
      room -= Buffer.byteLength(text) + 1;
      out.write(room > 0 ? `${text}\n` : `[postern] this file ends here, at its limit of ${LOG_BYTES} bytes\n`);
    },
    close: () => new Promise((resolve) => (out === null ? resolve() : out.end(() => resolve()))),
  };
}

/**
 * Calls `take` with each line of a stream, until the stream ends or fails. Of a line that is longer than LOG_LINE_CHARACTERS and has not
 * ended, it keeps what `shortened` gives.
 */
function readLines(stream: Readable, shortened: (rest: string) => string, take: (raw: string) => void): Promise<void> {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const parts = (rest + chunk).split(/\r?\n/);
    rest = parts.pop() ?? '';
    for (const part of parts) take(part);
    if (rest.length > LOG_LINE_CHARACTERS) rest = shortened(rest);
  });
  return new Promise((resolve) => {
    const end = (): void => {
      if (rest !== '') take(rest);
      rest = '';
      resolve();
    };
    stream.once('end', end);
    stream.once('close', end);
    stream.once('error', end);
  });
}
