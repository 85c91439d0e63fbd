import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Known } from '../compare/compare-reports.ts';
import { readReport } from '../results/read.ts';
import type { Report } from '../results/report.ts';
import { parseJson } from '../text/json.ts';
import type { PlayedGate } from './evidence.ts';
import { playedGate, type Recorded } from './played-gate.ts';

/** The part of comparison.json that says why a gate did not end with 0. */
const reasonsSchema = z.object({
  reasons: z.array(z.object({ text: z.string(), objection: z.enum(['weaker', 'broken', 'untold', 'stale']) })),
});

/** Reads the report folder of a finished gate, or its report.json. Throws UsageError if there is no report, and as `playedGate`. */
export function readGate(given: string, known: Known, today: string): PlayedGate {
  return gateOf(readReport(given), given, known, today);
}

/** The gate with this report, which is that of the folder, or the same with what public output leaves out of that. Throws as `playedGate`. */
export function gateOf(report: Report, given: string, known: Known, today: string): PlayedGate {
  const file = given.endsWith('.json') ? given : path.join(given, 'report.json');
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  return playedGate(report, { reasons: reasonsBeside(file), sha256 }, known, today);
}

/** The reasons that the gate gave when it was played; null if it could not compare its gateways. */
function reasonsBeside(report: string): Recorded['reasons'] {
  const file = path.join(path.dirname(report), 'comparison.json');
  const parsed = reasonsSchema.safeParse(existsSync(file) ? parseJson(readFileSync(file, 'utf8')) : null);
  return parsed.success ? parsed.data.reasons : null;
}
