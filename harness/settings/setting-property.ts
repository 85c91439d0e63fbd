import { z } from 'zod';
import type { Property } from '../properties/property.ts';
import type { Configuration } from './configurations.ts';
import type { ConfigurationSeen, KnockSeen } from './seen-settings.ts';

/** Where what was seen breaks a property: the configuration, the knock (null: none in particular), and what was seen. */
export type Breach = { configuration: string; knock: string | null; seen: string };

/** A configuration with what was seen at it. */
export type PlayedConfiguration = Configuration & { seen: ConfigurationSeen };

/** What was seen, with the configurations that are still part of the settings, and what each knock came to on the plain gateway, by its id. */
export type PlayedSettings = {
  version: string;
  configurations: readonly PlayedConfiguration[];
  plain: ReadonlyMap<string, KnockSeen>;
};

/** A property of how a gateway behaves at its configurations. */
export type SettingProperty = Property & {
  /** Where the property is broken; empty if it holds. */
  breaches(played: PlayedSettings): Breach[];
};

export const settingFindingSchema = z.strictObject({
  property: z.string(),
  statement: z.string(),
  configuration: z.string(),
  knock: z.string().nullable(),
  seen: z.string(),
});
/** A breach of a property on a gateway. */
export type SettingFinding = z.infer<typeof settingFindingSchema>;

/** A configuration, and the knock at it, as one text. */
export function sayWhere({ configuration, knock }: Pick<Breach, 'configuration' | 'knock'>): string {
  return knock === null ? configuration : `${configuration}: ${knock}`;
}
