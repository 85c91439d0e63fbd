import type { Command } from 'commander';
import { UsageError } from '../exit.ts';
import { readReport } from '../results/read.ts';
import type { Report } from '../results/report.ts';

/** The stored report of a base, if the options were given. */
export type BaseReportOptions = { baseReport?: string; baseDigest?: string };

/** Adds --base-report, which `what` describes, and --base-digest. */
export function withBaseReport(command: Command, what: string): Command {
  return command
    .option('--base-report <folder>', what)
    .option(
      '--base-digest <sha256>',
      'with --base-report: the SHA-256 that its report.json must have, from the job that made it',
    );
}

/**
 * Reads the report that --base-report names; null without it. Throws UsageError if it cannot be read or has another digest than --base-digest,
 * and for a digest without a report, which would be held against nothing.
 */
export function baseReportOf({ baseReport, baseDigest }: BaseReportOptions): Report | null {
  if (baseReport !== undefined) return readReport(baseReport, baseDigest ?? null);
  if (baseDigest === undefined) return null;
  throw new UsageError(
    '--base-digest is given without --base-report',
    'Give the folder of the report that must have this digest, or leave the digest out.',
  );
}
