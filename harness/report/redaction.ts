import { type Report, reportSchema } from './report.ts';

/** Clears a text of every secret of the run. */
export type Redact = (text: string) => string;

/**
 * A value as JSON, every string in it redacted before it is escaped: a secret with a quote or a backslash in it is
 * no longer itself once it is escaped. Redacted once more as a whole, for secrets in keys.
 */
export function redactedJson(value: unknown, redact: Redact, indent?: number): string {
  return redact(JSON.stringify(value, (_key, each) => (typeof each === 'string' ? redact(each) : each), indent));
}

/**
 * The report with every string redacted, so that no format can cut a secret in two and print half of it.
 * Throws a ZodError where the report does not keep its own schema.
 */
export function redactedReport(report: Report, redact: Redact): Report {
  return reportSchema.parse(JSON.parse(redactedJson(report, redact)));
}
