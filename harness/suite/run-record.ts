import path from 'node:path';
import { EXIT, type ExitCode } from '../exit.ts';
import { createSecretRegistry, type SecretRegistry } from '../redaction/redactor.ts';
import { createProgress, type Progress } from '../report/terminal/terminal.ts';
import { isUnpublished } from '../results/disclosure.ts';
import { openEventLog } from '../results/events.ts';
import { openReportFolder } from '../results/folder.ts';
import type { Redact } from '../results/redaction.ts';
import type { RunEvent } from '../results/report.ts';
import type { Problem } from './build-report.ts';
import type { RunRequest } from './run-request.ts';

/** Where a run records what happens: its report folder with the event log, the progress on the terminal, its problems and its secrets. */
export type RunRecord = {
  id: string;
  /** The report folder. */
  folder: string;
  startedAt: Date;
  /** The day of the start in UTC, as YYYY-MM-DD. */
  today: string;
  secretRegistry: SecretRegistry;
  redact: Redact;
  progress: Progress;
  /** The problems so far, in order. Once the event log is closed, further ones are added here and not by `problem`. */
  problems: Problem[];
  /** Appends an event to the log, and shows it on the terminal. */
  emit(event: RunEvent): void;
  /** Adds a problem outside of checks, with the exit code that it causes, and emits it. Gives the problem. */
  problem(text: string, exitCode: ExitCode): Problem;
  /** Closes the event log. What could not be written to it becomes a problem. */
  closeLog(): void;
};

/**
 * Creates the report folder of a run in `reports`, with an empty event log. Events of checks that public output leaves out, or may leave out once the
 * gateways are compared, are neither logged nor shown then. Throws UsageError if they cannot be created.
 */
export function openRunRecord({
  reports,
  out,
  disclosure,
}: Pick<RunRequest, 'reports' | 'out' | 'disclosure'>): RunRecord {
  const id = newRunId();
  const folder = openReportFolder(reports, id);
  const secretRegistry = createSecretRegistry();
  const redact = (text: string): string => secretRegistry.redact(text);
  const log = openEventLog(path.join(folder, 'events.ndjson'), redact);
  out.clearWith(redact);
  const progress = createProgress(out);
  const startedAt = new Date();
  const problems: Problem[] = [];
  const emit = (event: RunEvent): void => {
    if (disclosure === 'public' && event.event === 'check' && isUnpublished(event.check)) return;
    log.append(event);
    progress.on(event);
  };
  return {
    id,
    folder,
    startedAt,
    today: startedAt.toISOString().slice(0, 10),
    secretRegistry,
    redact,
    progress,
    problems,
    emit,
    problem(text, exitCode) {
      const added = { text, exitCode };
      problems.push(added);
      emit({ at: new Date().toISOString(), event: 'problem', text });
      return added;
    },
    closeLog() {
      for (const text of log.close()) problems.push({ text, exitCode: EXIT.environment });
    },
  };
}

/** A run id that sorts by time and is unique on this machine: date and time in UTC, then the process id in base 36. */
export function newRunId(): string {
  const stamp = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return `${stamp}-${process.pid.toString(36)}`;
}
