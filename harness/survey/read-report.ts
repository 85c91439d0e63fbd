import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { UsageError } from '../exit.ts';
import { parseJson } from '../text/json.ts';

/**
 * Reads the report of a survey from its folder, to compare with. `name` is that of the survey, `parts` what findings are left out with ("calls").
 * Gives null if `given` is no folder with such a report, so that it is the reference of a gateway. Throws UsageError for a report that does not match the
 * schema, or from which something was left out.
 */
export function readSurveyReport<Report extends { withheld: number }>(
  given: string,
  { name, schema, parts }: { name: string; schema: z.ZodType<Report>; parts: string },
): { file: string; report: Report } | null {
  const file = path.join(given, `${name}.json`);
  if (!existsSync(given) || !statSync(given).isDirectory() || !existsSync(file)) return null;
  const parsed = schema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!parsed.success)
    throw new UsageError(`${file} is not a report of this version: ${z.prettifyError(parsed.error)}`, makeAgain(name));
  if (parsed.data.withheld > 0)
    throw new UsageError(
      `${file} lacks the ${parts} of ${parsed.data.withheld} findings, which were left out because others may read it`,
      'Make the base again with `--disclosure full`, where only maintainers can read it.',
    );
  return { file, report: parsed.data };
}

/** The hint to make the report of a survey again. */
export function makeAgain(name: string): string {
  return `Make it again: \`postern ${name} --gateway …\`.`;
}
