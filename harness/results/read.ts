import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf, UsageError } from '../exit.ts';
import { REPORT_SCHEMA_VERSION, type Report, reportSchema } from './report.ts';
import { joinTranscripts } from './transcripts.ts';

/**
 * Reads a report, given its folder or its report.json, together with the transcripts in the file beside it. Reads version 3, too, which had them in
 * report.json. `digest` is the SHA-256 that report.json must have, in hex; null for any. Throws UsageError if there is no report, if it has another
 * digest or another schema version, or if the file with its transcripts is missing or another one.
 */
export function readReport(given: string, digest: string | null = null): Report {
  const file = given.endsWith('.json') ? given : path.join(given, 'report.json');
  let bytes: Buffer;
  let json: unknown;
  try {
    bytes = readFileSync(file);
    json = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read: ${messageOf(error)}`,
      'Give the folder of a run, or its report.json.',
    );
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (digest !== null && found !== digest.toLowerCase())
    throw new UsageError(
      `${file} has SHA-256 ${found}, and ${digest} was given`,
      'Take the report and the digest from the same run.',
    );
  const report = reportSchema.safeParse(upgraded(json));
  if (report.success) return withTranscriptsBeside(file, report.data);
  const [issue] = report.error.issues;
  throw new UsageError(
    `${file} is not a report of this schema version: ${issue?.path.join('.')}: ${issue?.message}`,
    'Make it again with this version of Postern: `postern run --gateway …`.',
  );
}

/** A report of version 3 as one of the present version; any other value unchanged. */
function upgraded(json: unknown): unknown {
  const isOlder = typeof json === 'object' && json !== null && 'schemaVersion' in json && json.schemaVersion === 3;
  return isOlder ? { ...json, schemaVersion: REPORT_SCHEMA_VERSION, withheld: 0, transcripts: null } : json;
}

function withTranscriptsBeside(file: string, report: Report): Report {
  if (report.transcripts === null) return report;
  const beside = path.join(path.dirname(file), report.transcripts.file);
  if (!existsSync(beside))
    throw new UsageError(`${beside} is missing, which ${file} refers to`, 'Keep the two files of a run together.');
  try {
    return joinTranscripts(report, readFileSync(beside));
  } catch (error) {
    throw new UsageError(
      `${beside} is not the file that ${file} refers to: ${messageOf(error)}`,
      'Keep the two files of a run together, and change neither.',
    );
  }
}
