import { z } from 'zod';
import { CHANNELS, RULED_OUTCOMES } from '../results/release-outcomes.ts';
import { BASELINE_NAMES } from '../scenario/releases/upgrade-baselines.ts';
import { CLASSES } from '../scenario/schema/scenario.ts';
import { words } from '../scenario/schema/text-schemas.ts';

/** The class of the decision table, which has no folder. */
export const TABLE_CLASS = 'boundary';

const holds = z.array(z.enum(CHANNELS)).describe('The channels whose candidates it holds; empty to note it only.');
const owner = words.describe('The person to ask.');

const baselineSchema = z.strictObject({
  name: z.enum(BASELINE_NAMES),
  holds: holds.describe('The channels whose candidates are held as long as they were not compared with it.'),
  owner,
  reason: words,
});

const ruleSchema = z.strictObject({
  outcome: z.enum(RULED_OUTCOMES),
  classes: z
    .array(z.enum([...CLASSES, TABLE_CLASS]))
    .min(1)
    .optional()
    .describe('Only what a scenario of these classes shows; "boundary" is the decision table.'),
  checks: z.array(words).min(1).optional().describe('Only these checks.'),
  holds,
  owner,
  reason: words,
});
export type Rule = z.infer<typeof ruleSchema>;

const waiverSchema = z.strictObject({
  outcome: z.enum(RULED_OUTCOMES),
  of: words.describe('The id of the reason, as release.json has it: a check, a finding or an entry.'),
  candidates: words.describe('The candidates that it counts for, as a range of releases.'),
  reason: words,
  link: words.describe('The issue, pull request or decision.'),
  owner,
  expires: z.iso.date('a date such as 2027-03-31').describe('The last day on which it counts.'),
});
export type Waiver = z.infer<typeof waiverSchema>;

/** scenarios/release-policy.yaml: what holds a candidate. */
export const policySchema = z.strictObject({
  expiringDays: z.int().min(0).describe('An entry of a list is expiring if it ends within this number of days.'),
  baselines: z.array(baselineSchema),
  rules: z.array(ruleSchema).describe('The first rule that fits decides.'),
  waivers: z.array(waiverSchema),
});
export type Policy = z.infer<typeof policySchema>;
