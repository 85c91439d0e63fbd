import { appendFileSync, closeSync, openSync } from 'node:fs';
import { UsageError } from '../exit.ts';
import { describeFileError, describeSchemaError, describeWriteError } from './file-errors.ts';
import { type Redact, redacted } from './redaction.ts';
import { type RunEvent, runEventSchema } from './report.ts';

/** The open events.ndjson of one run. */
export type EventLog = {
  /** Appends one line with a synchronous write. Never throws. */
  append(event: RunEvent): void;
  /** Closes the file. Gives one text for each problem with writing or redacting; empty without problems. */
  close(): string[];
};

/**
 * Opens events.ndjson for one run, and appends to an existing file.
 * Writes are synchronous, because the lines before a crash explain the crash.
 * After the first failed write nothing more is written, so that the file has no incomplete line in its middle.
 * Throws UsageError if the file cannot be opened.
 */
export function openEventLog(path: string, redact: Redact): EventLog {
  const file = open(path);
  let failure: string | null = null;
  let lost = 0;
  let closed = false;
  let uncleared: string | null = null;

  /** The redacted event as one line of JSON; if it cannot be redacted, a `problem` event in its place. */
  const lineOf = (event: RunEvent): string => {
    try {
      return JSON.stringify(redacted(runEventSchema, event, redact));
    } catch (error) {
      uncleared ??= `An event (${event.event}) could not be cleared of secrets and was left out of ${path}: ${redact(describeSchemaError(error))}.`;
      const problem: RunEvent = { at: event.at, event: 'problem', text: uncleared };
      return JSON.stringify(problem);
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
        failure = describeWriteError(path, error);
        lost += 1;
      }
    },
    close() {
      if (!closed) {
        closed = true;
        try {
          closeSync(file);
        } catch (error) {
          failure ??= describeWriteError(path, error);
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
