import { inRangeOrNewest } from '../scenario/releases/range.ts';
import { configurationsOf, PLAIN } from './configurations.ts';
import { SETTING_PROPERTIES } from './properties.ts';
import type { SeenSettings } from './seen-settings.ts';
import type { PlayedConfiguration, PlayedSettings, SettingFinding } from './setting-property.ts';

/** Gives the breaches of all properties that are claimed for the version; one that cannot be read, such as "dev", counts as the newest. */
export function findingsOf(seen: SeenSettings): SettingFinding[] {
  const played = playedOf(seen);
  return SETTING_PROPERTIES.filter(({ releases }) => inRangeOrNewest(seen.version, releases)).flatMap(
    ({ id, statement, breaches }) => breaches(played).map((breach) => ({ property: id, statement, ...breach })),
  );
}

/** Joins what was seen with the configurations. One that is no longer part of the settings is left out. */
function playedOf({ version, configurations }: SeenSettings): PlayedSettings {
  const seenAt = new Map(configurations.map((seen) => [seen.id, seen]));
  return {
    version,
    configurations: configurationsOf(version).flatMap((configuration): PlayedConfiguration[] => {
      const seen = seenAt.get(configuration.id);
      return seen === undefined ? [] : [{ ...configuration, seen }];
    }),
    plain: new Map(seenAt.get(PLAIN)?.knocks.map((knock) => [knock.knock, knock])),
  };
}

/** What was seen without the knocks and the configurations that findings are about, for output that others may read. */
export function withoutFindings(seen: SeenSettings, findings: readonly SettingFinding[]): SeenSettings {
  const named = new Set(findings.map(({ configuration, knock }) => `${configuration}\n${knock ?? ''}`));
  return {
    ...seen,
    configurations: seen.configurations
      .filter(({ id }) => !named.has(`${id}\n`))
      .map((each) => ({ ...each, knocks: each.knocks.filter(({ knock }) => !named.has(`${each.id}\n${knock}`)) })),
  };
}
