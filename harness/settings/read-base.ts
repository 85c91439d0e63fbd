import { readSurveyReport } from '../survey/read-report.ts';
import { SETTINGS_NAME, settingsReportSchema } from './report.ts';
import type { SeenSettings } from './seen-settings.ts';

/** Reads what the report in a folder says of its gateway, to compare with. Gives null, and throws, as `readSurveyReport` does. */
export function readBase(given: string): SeenSettings | null {
  const read = readSurveyReport(given, {
    ...{ name: SETTINGS_NAME, schema: settingsReportSchema, parts: 'knocks' },
  });
  return read?.report.seen ?? null;
}
