/** The exit codes of Postern. README.md has the same table. */
export const EXIT = {
  holds: 0,
  failed: 1,
  usage: 2,
  environment: 3,
  weakened: 4,
  stale: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * An error with advice. `message` says what was read, where, and what was expected; `next` says what to do.
 */
abstract class PosternError extends Error {
  abstract readonly exitCode: ExitCode;
  readonly next: string;

  constructor(message: string, next: string, options?: ErrorOptions) {
    super(message, options);
    this.next = next;
    this.name = new.target.name;
  }
}

/** The command line, a configuration, a gateway reference or a scenario could not be read (exit 2). */
export class UsageError extends PosternError {
  readonly exitCode = EXIT.usage;
}

/** The engine, an image, a boot or the disk failed, so nothing is known about the gateway's boundary (exit 3). */
export class EnvironmentError extends PosternError {
  readonly exitCode = EXIT.environment;
}

/** The process received SIGINT (Ctrl-C) or SIGTERM (exit 130). */
export class InterruptedError extends PosternError {
  readonly exitCode = EXIT.interrupted;
}

/** The message of a thrown value of any type. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export type { PosternError };

/** Whether an error is one of Postern's own, with advice. Any other error is a defect of Postern and is printed with its stack. */
export function isPosternError(error: unknown): error is PosternError {
  return error instanceof PosternError;
}
