import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { LOG_BYTES, LOG_CHARACTERS, LOG_LINE_CHARACTERS, LOG_LINES } from '../limits.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import { copyOf } from '../text/cut.ts';

/** One line of a log: which it was of those that the engine handed over, and the time that the engine gave it ('' for none). */
export type LogLine = { index: number; text: string; stamp: string };

/** A line as it is read from a stream. */
export type ReadLine = Pick<LogLine, 'text' | 'stamp'>;

/** The log of one gateway, across restarts: kept in memory for reading, and written to a file of its own. */
export type GatewayLog = {
  /** How many lines there are: a mark to read on from. */
  mark(): number;
  /** Lines from a mark on, by the engine's time: what a gateway writes to its two outputs comes by two pipes, and one may be read late. */
  since(mark: number): LogLine[];
  /** The first line from `mark` on for which the test holds, waiting at most `withinMs` for it; null if none came. */
  waitFor(mark: number, test: (text: string) => boolean, withinMs: number): Promise<LogLine | null>;
  /** Calls back on each new line; gives back how to stop. */
  onLine(listener: (line: LogLine) => void): () => void;
  /** The names of secrets that stood in any line so far, each with the first such line. */
  leaks(): ReadonlyMap<string, number>;
  /** Adds one line, for what the harness itself has to say and for logs that are not followed as a stream. */
  add(text: string): void;
  /** Follows a stream of text lines until it ends; `read` makes a line out of a raw one, or null to leave it out. */
  follow(stream: Readable, read: (raw: string) => ReadLine | null): Promise<void>;
  close(): Promise<void>;
};

/** Some releases colour their log even without a terminal. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** The newest lines that are within both limits. */
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

/** An empty journal that writes to `file` (or nowhere), cleared of secrets. */
export function createGatewayLog(file: string | null, secretRegistry: SecretRegistry): GatewayLog {
  const out = file === null ? null : createWriteStream(file, { flags: 'a' });
  out?.on('error', () => {}); // the run goes on without this file; a full disk is told when the reports are written
  const listeners = new Set<(line: LogLine) => void>();
  let lines: LogLine[] = [];
  let characters = 0;
  let count = 0;
  let room = LOG_BYTES;
  const leaks = new Map<string, number>();

  /** Without secrets, and with their leak noted. Before a line is cut, for half a secret may no longer be known as one. */
  const cleared = (text: string): string => {
    const clean = secretRegistry.redact(text);
    if (clean !== text) for (const name of secretRegistry.leaks(text)) if (!leaks.has(name)) leaks.set(name, count);
    return clean;
  };
  const add = (raw: string, stamp: string): void => {
    const whole = raw.replace(COLOURS, '');
    const clean = cleared(whole);
    const line = { index: count, text: copyOf(whole.slice(0, LOG_LINE_CHARACTERS)), stamp: copyOf(stamp) };
    count += 1;
    lines.push(line);
    characters += line.text.length;
    // Now and then, and not with each line: what is left is copied.
    if (lines.length > LOG_LINES * 1.5 || characters > LOG_CHARACTERS * 1.5) {
      lines = newestOf(lines);
      characters = charactersIn(lines);
    }
    put(clean.slice(0, LOG_LINE_CHARACTERS));
    for (const listener of listeners) listener(line);
  };
  const put = (text: string): void => {
    if (out === null || room <= 0) return;
    room -= Buffer.byteLength(text) + 1;
    out.write(room > 0 ? `${text}\n` : `[postern] this file ends here, at its limit of ${LOG_BYTES} bytes\n`);
  };
  const since = (mark: number): LogLine[] => {
    const later = lines.slice(Math.max(0, mark - (count - lines.length)));
    // Lines of our own have no time; they stay behind what was read before them.
    let last = '';
    const order = later.map((line) => {
      if (line.stamp !== '') last = line.stamp;
      return { line, time: last };
    });
    return order.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)).map(({ line }) => line);
  };
  const onLine = (listener: (line: LogLine) => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  return {
    mark: () => count,
    since,
    onLine,
    add: (text) => add(text, ''),
    leaks: () => leaks,
    waitFor(mark, test, withinMs) {
      const there = since(mark).find((line) => test(line.text));
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
      let rest = '';
      const take = (raw: string): void => {
        const line = read(raw);
        if (line !== null) add(line.text, line.stamp);
      };
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => {
        const parts = (rest + chunk).split(/\r?\n/);
        rest = parts.pop() ?? '';
        for (const part of parts) take(part);
        if (rest.length > LOG_LINE_CHARACTERS) rest = cleared(rest).slice(-LOG_LINE_CHARACTERS);
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
    },
    close: () => new Promise((resolve) => (out === null ? resolve() : out.end(() => resolve()))),
  };
}
