import { readSurveyReport } from '../survey/read-report.ts';
import type { HeardEvents } from './heard-events.ts';
import { EVENTS, eventsReportSchema } from './report.ts';

/** Reads the events of a report folder, to compare with. Gives null, and throws, as `readSurveyReport` does. */
export function readBase(given: string): HeardEvents | null {
  return readSurveyReport(given, { name: EVENTS, schema: eventsReportSchema, parts: 'events' })?.report.heard ?? null;
}
