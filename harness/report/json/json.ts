import { z } from 'zod';
import { REPORT_SCHEMA_VERSION, type Report, reportSchema } from '../../results/report.ts';

/** The committed JSON Schema of the current version of report.json, as a path below the root. Those of older versions stay beside it. */
export const REPORT_SCHEMA_FILE = `docs/report-${REPORT_SCHEMA_VERSION}.schema.json`;

/** report.json: JSON with one line for each field, and for each element of a list, so that it is short and can be searched line by line. */
export function renderJson(report: Report): string {
  const fields = Object.entries(report).map(([name, value]) => {
    if (!Array.isArray(value) || value.length === 0) return `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    const elements = value.map((element) => JSON.stringify(element));
    return `${JSON.stringify(name)}: [\n${elements.join(',\n')}\n]`;
  });
  return `{\n${fields.join(',\n')}\n}\n`;
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
