import { readSurveyReport } from '../survey/read-report.ts';
import { fromStored, type Matrix } from './matrix.ts';
import { RIGHTS, rightsReportSchema } from './report.ts';

/** Reads the matrix of a report folder, to compare with. Gives null, and throws, as `readSurveyReport` does. */
export function readBase(given: string): Matrix | null {
  const read = readSurveyReport(given, { name: RIGHTS, schema: rightsReportSchema, parts: 'calls' });
  return read === null ? null : fromStored(read.report.matrix);
}
