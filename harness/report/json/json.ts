import { z } from 'zod';
import { type Report, reportSchema } from '../../results/report.ts';

/** report.json: the whole run, as indented JSON. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** The JSON Schema of report.json, draft 7, as committed in report.schema.json. */
export function reportJsonSchema(): object {
  return {
    ...z.toJSONSchema(reportSchema, { target: 'draft-7' }),
    title: 'Postern report',
    description: 'One run of Postern: what was tested, what was seen, and what it came to.',
  };
}
