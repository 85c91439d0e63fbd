import { randomBytes } from 'node:crypto';
import type { Writable } from 'node:stream';
import type { Redact } from '../../results/redaction.ts';
import { harmless, harmlessPainted } from './terminal-text.ts';

/**
 * The one way to the terminal and to the log of a CI job. Whatever is said is cleared of secrets, and made harmless line by line: it drives
 * neither the terminal nor the runner of the job.
 */
export type Output = {
  /** Whether lines can be redrawn in place. */
  readonly tty: boolean;
  /** Width of the terminal, in characters. */
  readonly columns: number;
  readonly color: boolean;
  /** Lines for people, without their last line end. */
  say(text: string): void;
  /** The same, for errors. */
  complain(text: string): void;
  /** Lines that the harness painted, the colours of its own palette kept. `over` so many lines above, where they can be redrawn. */
  show(lines: readonly string[], over: number): void;
  /** How far a long piece of work is: one line that is redrawn, on a terminal only. */
  progress(text: string): void;
  /** Workflow commands of our own for GitHub Actions, a line each, every value in them escaped. */
  annotate(commands: string): void;
  /** Says what may hold secrets of a stage, to the person who asked to keep it up. */
  reveal(text: string): void;
  /** From now on, what is said is cleared by this, too. */
  clearWith(redact: Redact): void;
  /** Lets the runner of the job obey again; for the end of the process. */
  close(): void;
};

/** Where an output leads to, and what that can do. */
export type Streams = {
  out: Writable;
  err: Writable;
  tty: boolean;
  columns: number;
  color: boolean;
  /** Whether GitHub Actions reads what is written, and obeys what it takes for a command. */
  actions: boolean;
};

const ERASE_LINE_ABOVE = '\u001b[1A\u001b[2K';

/** The output of this process. */
export function processOutput(): Output {
  const { stdout, stderr, env } = process;
  return openOutput({
    out: stdout,
    err: stderr,
    tty: stdout.isTTY,
    columns: stdout.columns ?? 80,
    color: stdout.hasColors?.() ?? false,
    actions: env.GITHUB_ACTIONS === 'true',
  });
}

/** An output to these streams. One that closes ends the output to it and nothing else: never throws. */
export function openOutput({ out, err, tty, columns, color, actions }: Streams): Output {
  const closed = new Set<Writable>();
  for (const stream of [out, err]) stream.on('error', () => closed.add(stream)); // whoever read it is gone
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
  /** Until the token comes again, the runner takes no line for a command. */
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
    close: resume,
  };
}
