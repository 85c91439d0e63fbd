import { REPORT_SCHEMA_VERSION, type Report, reportSchema } from '../../results/report.ts';
import { readerSchema } from './reader-schema.ts';

/** The committed JSON Schema of the current version of report.json, as a path below the root. Those of older versions stay beside it. */
export const REPORT_SCHEMA_FILE = `docs/report-${REPORT_SCHEMA_VERSION}.schema.json`;

/** report.json. */
export function renderJson(report: Report): string {
  return renderLines(report);
}

/** JSON with one line for each field, and for each element of a list, so that it is short and can be searched line by line. */
export function renderLines(value: object): string {
  const fields = Object.entries(value).map(([name, value]) => {
    if (!Array.isArray(value) || value.length === 0) return `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    const elements = value.map((element) => JSON.stringify(element));
    return `${JSON.stringify(name)}: [\n${elements.join(',\n')}\n]`;
  });
  return `{\n${fields.join(',\n')}\n}\n`;
}

/** The JSON Schema of report.json for its readers. */
export function reportJsonSchema(): object {
  return readerSchema(reportSchema, {
    title: 'Postern report',
    description: 'One run of Postern: what was tested, what was seen, and what it came to.',
  });
}
