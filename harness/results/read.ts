import { readFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf, UsageError } from '../exit.ts';
import { type Report, reportSchema } from './report.ts';

/** Reads a report, given its folder or its report.json. Throws UsageError if there is none, or if it has another schema version. */
export function readReport(given: string): Report {
  const file = given.endsWith('.json') ? given : path.join(given, 'report.json');
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read: ${messageOf(error)}`,
      'Give the folder of a run, or its report.json.',
    );
  }
  const report = reportSchema.safeParse(json);
  if (report.success) return report.data;
  const [issue] = report.error.issues;
  throw new UsageError(
    `${file} is not a report of this schema version: ${issue?.path.join('.')}: ${issue?.message}`,
    'Make it again with this checkout: `postern run --gateway …`.',
  );
}
