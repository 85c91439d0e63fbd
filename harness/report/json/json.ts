import { z } from 'zod';
import { REPORT_SCHEMA_VERSION, type Report, reportSchema } from '../../results/report.ts';

/** The committed JSON Schema of the current version of report.json, as a path below the root. Those of older versions stay beside it. */
export const REPORT_SCHEMA_FILE = `docs/report-${REPORT_SCHEMA_VERSION}.schema.json`;

/** report.json: the whole run, as indented JSON. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** The JSON Schema of report.json for its readers, draft 7: it allows fields that it does not know, because a version may gain some. */
export function reportJsonSchema(): object {
  return {
    ...z.toJSONSchema(reportSchema, {
      target: 'draft-7',
      override({ jsonSchema }) {
        if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      },
    }),
    title: 'Postern report',
    description: 'One run of Postern: what was tested, what was seen, and what it came to.',
  };
}
