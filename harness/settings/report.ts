import { z } from 'zod';
import { EXIT, type ExitCode } from '../exit.ts';
import { type SettingsComparison, settingsComparisonSchema } from './compare.ts';
import { auditedOf, configurationsOf } from './configurations.ts';
import { type SeenSettings, seenSettingsSchema } from './seen-settings.ts';
import { type SettingFinding, settingFindingSchema } from './setting-property.ts';

/** The name of this survey: of its command, its reports and its folder of published files. */
export const SETTINGS_NAME = 'settings';

/** The version of the form of settings.json. */
const SETTINGS_SCHEMA_VERSION = 1;

/** settings.json: how one gateway behaves at every configuration of its access settings, what is wrong about it, and how it differs from a base. */
export const settingsReportSchema = z.strictObject({
  schemaVersion: z.literal(SETTINGS_SCHEMA_VERSION),
  /** The command line, the seed of the order, and the version of Postern. */
  command: z.string(),
  seed: z.number(),
  postern: z.string(),
  gateway: z.string(),
  /** Seconds from the first knock to the last answer, without image and boot. */
  seconds: z.number(),
  seen: seenSettingsSchema,
  findings: z.array(settingFindingSchema),
  /** How many findings are left out, because others may read the output. */
  withheld: z.number(),
  comparison: settingsComparisonSchema.nullable(),
  exitCode: z.number(),
});
export type SettingsReport = z.infer<typeof settingsReportSchema>;

/** The version that every report of this code has. */
export const THIS_VERSION = { schemaVersion: SETTINGS_SCHEMA_VERSION } as const;

/** The exit code: 4 if the head is weaker than the base, 1 if there are findings, 3 if something is not known, else 0. */
export function exitCodeOf(
  seen: SeenSettings,
  findings: readonly SettingFinding[],
  comparison: SettingsComparison | null,
): ExitCode {
  const has = (kind: string): boolean => comparison?.settings.some((change) => change.kind === kind) === true;
  if (has('weakened')) return EXIT.weakened;
  if (findings.length > 0) return EXIT.failed;
  return has('undecided') || gapOf(seen) !== null ? EXIT.environment : EXIT.holds;
}

/** What is not known of a gateway with its settings, as a clause; null if everything is. */
export function gapOf({ version, configurations }: SeenSettings): string | null {
  const played = configurationsOf(version);
  const unsafe = new Set(played.flatMap((each) => (each.unsafe === null ? [] : [each.id])));
  const audited = auditedOf(played, version);
  for (const { id, runs, hangs = false, why, knocks, warnings } of configurations) {
    if (hangs) return `the gateway neither started nor exited with ${id}, so nobody knows whether it listens: ${why}`;
    if (!runs && !unsafe.has(id)) return `the gateway did not start with ${id}: ${why}`;
    if (runs && warnings === null && audited.has(id)) return `the security audit gave no answer with ${id}`;
    const open = knocks.find(({ reached }) => reached === 'undecided');
    if (open !== undefined) return `the knock ${open.knock} at ${id} ended with ${open.said}`;
  }
  return null;
}
