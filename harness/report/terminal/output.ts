import { randomBytes } from 'node:crypto';
import type { Writable } from 'node:stream';
import type { Redact } from '../../results/redaction.ts';
import { harmless, harmlessPainted } from './terminal-text.ts';

/**
 * The only output to the terminal and to the log of a CI job. Every text is redacted and made harmless line by line, so that it can control
 * neither the terminal nor the runner of the job.
 */
export type Output = {
  /** Whether lines can be redrawn in place. */
  readonly tty: boolean;
  /** Width of the terminal, in characters. */
  readonly columns: number;
  readonly color: boolean;
  /** Prints lines on stdout; a line feed is added at the end. */
  say(text: string): void;
  /** Prints lines on stderr, for errors. */
  complain(text: string): void;
  /** Prints lines with the colours of the harness. On a terminal it first erases the `over` lines above. */
  show(lines: readonly string[], over: number): void;
  /** Prints the progress of long work: one line that is redrawn, on a terminal only. */
  progress(text: string): void;
  /** Prints workflow commands of Postern for GitHub Actions, one per line. The caller must escape every value in them. */
  annotate(commands: string): void;
  /** Prints lines without redaction: the token of a stage, for the user who asked to keep it up. */
  reveal(text: string): void;
  /** Adds a redactor that all later texts go through. */
  clearWith(redact: Redact): void;
  /** Resolves when everything that was printed has left the process, or its reader has ended: `process.exit` drops what a pipe has not taken. */
  drained(): Promise<void>;
  /** Allows workflow commands again. Call it at the end of the process. */
  close(): void;
};

/** The streams of an output, and their abilities. */
export type Streams = {
  out: Writable;
  err: Writable;
  tty: boolean;
  columns: number;
  color: boolean;
  /** Whether GitHub Actions reads the output and executes workflow commands in it. */
  actions: boolean;
};

const ERASE_LINE_ABOVE = '\u001b[1A\u001b[2K';

/** The output of this process. */
export function processOutput(): Output {
  return outputTo(process.stdout);
}

/** An output of this process whose every text goes to stderr, for progress beside an answer on stdout. */
export function stderrOutput(): Output {
  return outputTo(process.stderr);
}

/** An output whose texts go to `out`, and its errors to stderr. */
function outputTo(out: NodeJS.WriteStream): Output {
  return openOutput({
    out,
    err: process.stderr,
    tty: out.isTTY,
    columns: out.columns ?? 80,
    color: out.hasColors?.() ?? false,
    actions: process.env.GITHUB_ACTIONS === 'true',
  });
}

/** Creates an output to these streams. If a stream closes, later text to it is dropped. Never throws. */
export function openOutput({ out, err, tty, columns, color, actions }: Streams): Output {
  const closed = new Set<Writable>();
  for (const stream of [out, err]) stream.on('error', () => closed.add(stream)); // the reader of the pipe has ended
  const clearings: Redact[] = [];
  let stopped: string | null = null;

  const write = (stream: Writable, text: string): void => {
    if (closed.has(stream) || text === '') return;
    try {
      stream.write(text);
    } catch {
      closed.add(stream);
    }
  };
  /** Makes the runner ignore workflow commands until it reads the token again. */
  const stop = (): void => {
    if (!actions || stopped !== null) return;
    stopped = randomBytes(16).toString('hex');
    write(out, `::stop-commands::${stopped}\n`);
  };
  const resume = (): void => {
    if (stopped !== null) write(out, `::${stopped}::\n`);
    stopped = null;
  };
  const put = (stream: Writable, text: string): void => {
    stop();
    write(stream, text);
  };
  const clear = (text: string): string => clearings.reduce((clean, redact) => redact(clean), text);
  const lines = (text: string): string => `${text.replace(/\n$/, '')}\n`;

  return {
    tty,
    columns,
    color,
    say: (text) => put(out, lines(harmless(clear(text)))),
    complain: (text) => put(err, lines(harmless(clear(text)))),
    show(painted, over) {
      const text = painted.map((line) => `${harmlessPainted(clear(line))}\n`).join('');
      put(out, `${tty ? ERASE_LINE_ABOVE.repeat(over) : ''}${text}`);
    },
    progress(text) {
      if (tty) put(err, `\r${harmless(clear(text))}`);
    },
    annotate(commands) {
      resume();
      write(out, commands);
      stop();
    },
    reveal: (text) => put(out, lines(harmless(text))),
    clearWith(redact) {
      clearings.push(redact);
    },
    async drained() {
      const isLeft = (stream: Writable): Promise<void> =>
        new Promise((resolve) => {
          if (closed.has(stream) || stream.destroyed) return resolve();
          stream.once('close', resolve).once('error', () => resolve());
          stream.write('', () => resolve());
        });
      await Promise.all([out, err].map(isLeft));
    },
    close: resume,
  };
}
