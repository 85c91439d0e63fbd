import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { UsageError } from '../exit.ts';
import { parseJson } from '../text/json.ts';
import { fromStored, type Matrix } from './matrix.ts';
import { RIGHTS_JSON, rightsReportSchema } from './report.ts';

/**
 * Reads the matrix of a report folder, to compare with. Gives null if `given` is no folder with a report, so that it is the reference of a
 * gateway. Throws UsageError for a report that cannot be read, or from which something was left out.
 */
export function readBase(given: string): Matrix | null {
  const file = path.join(given, RIGHTS_JSON);
  if (!existsSync(given) || !statSync(given).isDirectory() || !existsSync(file)) return null;
  const report = rightsReportSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!report.success)
    throw new UsageError(
      `${file} is not a report of this version: ${z.prettifyError(report.error)}`,
      'Make it again: `postern rights --gateway …`.',
    );
  if (report.data.withheld > 0)
    throw new UsageError(
      `${file} lacks the calls of ${report.data.withheld} findings, which were left out because others may read it`,
      'Make the base again with `--disclosure full`, where only maintainers can read it.',
    );
  return fromStored(report.data.matrix);
}
