import { z } from 'zod';
import { type Report, reportSchema } from '../../results/report.ts';

/** report.json: JSON with one line for each field, and for each element of a list, so that it is short and can be searched line by line. */
export function renderJson(report: Report): string {
  const fields = Object.entries(report).map(([name, value]) => {
    if (!Array.isArray(value) || value.length === 0) return `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    const elements = value.map((element) => JSON.stringify(element));
    return `${JSON.stringify(name)}: [\n${elements.join(',\n')}\n]`;
  });
  return `{\n${fields.join(',\n')}\n}\n`;
}

/** The JSON Schema of report.json, draft 7, as committed in report.schema.json. */
export function reportJsonSchema(): object {
  return {
    ...z.toJSONSchema(reportSchema, { target: 'draft-7' }),
    title: 'Postern report',
    description: 'One run of Postern: what was tested, what was seen, and what it came to.',
  };
}
