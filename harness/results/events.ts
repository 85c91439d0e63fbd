import { appendFileSync, closeSync, openSync } from 'node:fs';
import { UsageError } from '../exit.ts';
import { describeFileError, describeSchemaError, unwritten } from './file-errors.ts';
import { type Redact, redacted } from './redaction.ts';
import { type RunEvent, runEventSchema } from './report.ts';

/** The growing events.ndjson of one run. */
export type EventLog = {
  /** Appends one line and has it on its way to the disk before it returns. Never throws. */
  append(event: RunEvent): void;
  /** Closes the file. Gives what could not be written, in sentences; empty where all is well. */
  close(): string[];
};

/**
 * Opens events.ndjson for one run; a file of that name is added to, never overwritten.
 * Writes are synchronous: the lines before a crash are what explains the crash.
 * After the first write that fails nothing more is written, so the file never holds a torn line in its middle.
 * Throws UsageError where the file cannot be opened.
 */
export function openEventLog(path: string, redact: Redact): EventLog {
  const file = open(path);
  let failure: string | null = null;
  let lost = 0;
  let closed = false;
  let uncleared: string | null = null;

  /** The event on one line; where it cannot be cleared of secrets, one that says so. */
  const lineOf = (event: RunEvent): string => {
    try {
      return JSON.stringify(redacted(runEventSchema, event, redact));
    } catch (error) {
      uncleared ??= `An event (${event.event}) could not be cleared of secrets and was left out of ${path}: ${redact(describeSchemaError(error))}.`;
      const told: RunEvent = { at: event.at, event: 'problem', text: uncleared };
      return JSON.stringify(told);
    }
  };

  return {
    append(event) {
      if (failure !== null || closed) {
        lost += 1;
        return;
      }
      const line = lineOf(event);
      try {
        appendFileSync(file, `${line}\n`);
      } catch (error) {
        failure = unwritten(path, error);
        lost += 1;
      }
    },
    close() {
      if (!closed) {
        closed = true;
        try {
          closeSync(file);
        } catch (error) {
          failure ??= unwritten(path, error);
        }
      }
      return [
        ...(failure === null ? [] : [`${failure} Events lost: ${lost}.`]),
        ...(uncleared === null ? [] : [uncleared]),
      ];
    },
  };
}

function open(path: string): number {
  try {
    return openSync(path, 'a', 0o644);
  } catch (error) {
    const { words, next } = describeFileError(error);
    throw new UsageError(`The event log ${path} cannot be opened: ${words}.`, next, { cause: error });
  }
}
