import { z } from 'zod';
import { EXIT, type ExitCode } from '../exit.ts';
import { provenBy } from './call-answer.ts';
import { type CallerFinding, callerFindingSchema } from './caller-property.ts';
import { isWeakened, type RightsComparison, rightsComparisonSchema } from './compare.ts';
import { type Matrix, storedMatrixSchema } from './matrix.ts';

/** The name of this survey: of its command, its reports and its folder of published files. */
export const RIGHTS = 'rights';

/** The version of the form of rights.json. */
const RIGHTS_SCHEMA_VERSION = 1;

/** rights.json: who may call what on one gateway, what is wrong about it, and how it differs from a base. */
export const rightsReportSchema = z.strictObject({
  schemaVersion: z.literal(RIGHTS_SCHEMA_VERSION),
  /** The command line, the seed of the order, and the version of Postern. */
  command: z.string(),
  seed: z.number(),
  postern: z.string(),
  gateway: z.string(),
  /** Seconds from the first knock to the last answer, without image and boot. */
  seconds: z.number(),
  matrix: storedMatrixSchema,
  findings: z.array(callerFindingSchema),
  /** How many findings are left out, because others may read the output. */
  withheld: z.number(),
  comparison: rightsComparisonSchema.nullable(),
  exitCode: z.number(),
});
export type RightsReport = z.infer<typeof rightsReportSchema>;

/** The version that every report of this code has. */
export const THIS_VERSION = { schemaVersion: RIGHTS_SCHEMA_VERSION } as const;

/**
 * The exit code: 4 if the head is weaker than the base, 1 if there are findings, 3 if something is not known (a caller that could not be made,
 * an answer that cannot be compared), else 0.
 */
export function exitCodeOf(
  { callers }: Pick<Matrix, 'callers'>,
  findings: readonly CallerFinding[],
  comparison: RightsComparison | null,
): ExitCode {
  if (comparison !== null && isWeakened(comparison)) return EXIT.weakened;
  if (findings.length > 0) return EXIT.failed;
  const isOpen = comparison?.rows.some(({ kind }) => kind === 'undecided') === true;
  return isOpen || lacksCaller(callers) ? EXIT.environment : EXIT.holds;
}

/** Whether a caller that every release has could not be made, or none of another machine was admitted. */
function lacksCaller(callers: Matrix['callers']): boolean {
  const states = Object.entries(callers);
  const isRemote = ([id, { kind }]: (typeof states)[number]): boolean =>
    id.startsWith('remote/') && kind === 'admitted';
  return states.some(([, { kind }]) => kind === 'not-made') || !states.some(isRemote);
}

/**
 * Whether every caller was made or refused, one of another machine at least was admitted, and every answer says something; a busy machine can
 * make a matrix that is not.
 */
export function isComplete({ callers, rows }: Pick<Matrix, 'callers' | 'rows'>): boolean {
  const answers = rows.flatMap((row) => Object.values(row.answers));
  return !lacksCaller(callers) && answers.length > 0 && answers.every((answer) => provenBy(answer) !== 'undecided');
}
