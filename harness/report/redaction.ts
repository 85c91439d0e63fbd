import { type Observation, observationSchema } from '../scenario/observation.ts';
import { type Report, reportSchema } from './report.ts';

/** Clears a text of every secret of the run. */
export type Redact = (text: string) => string;

/** The value with every string and every key redacted, however deep. */
function cleared(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((each) => cleared(each, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [redact(key), cleared(each, redact)]));
}

/** An observation as it may be told: sentences about it cut long texts, and half a secret is no longer known as one. */
export function redactedObservation(observation: Observation, redact: Redact): Observation {
  return observationSchema.parse(cleared(observation, redact));
}

/**
 * A value as JSON on one line, redacted before it is escaped: a secret with a quote or a backslash in it is no
 * longer itself once it is escaped.
 */
export function redactedJson(value: unknown, redact: Redact): string {
  return redact(JSON.stringify(cleared(value, redact)));
}

/**
 * The report with every string redacted, so that no format can cut a secret in two and print half of it.
 * Throws a ZodError where the report does not keep its own schema.
 */
export function redactedReport(report: Report, redact: Redact): Report {
  return reportSchema.parse(JSON.parse(redactedJson(report, redact)));
}
