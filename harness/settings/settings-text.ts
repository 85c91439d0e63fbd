import { differenceLines, findingLines } from '../survey/survey-text.ts';
import { count } from '../text/format.ts';
import type { SettingsReport } from './report.ts';
import { sayWhere } from './setting-property.ts';

/** The result of `postern settings` for a terminal: how much was played, the findings, and the comparison. */
export function printSettings({ seen, seconds, seed, findings, withheld, comparison }: SettingsReport): string {
  const { version, configurations } = seen;
  const knocks = configurations.reduce((sum, each) => sum + each.knocks.length, 0);
  const refused = configurations.filter(({ runs }) => !runs);
  return [
    `openclaw ${version}: ${count(knocks, 'knock')} at ${count(configurations.length, 'configuration')} in ${Math.round(seconds)} s, seed ${seed}`,
    ...refused.map(({ id, why }) => `  does not start with ${id}: ${why}`),
    ...findingLines(
      findings.map(({ property, seen: what, ...where }) => `${property}: ${sayWhere(where)}: ${what}`),
      withheld,
    ),
    ...(comparison === null
      ? []
      : differenceLines(
          comparison,
          comparison.settings.map(({ kind, was, is, ...where }) => [
            `  ${kind.padEnd(9)}  ${sayWhere(where)}`,
            ...(was === '' ? [] : [`             was  ${was}`]),
            ...(is === '' ? [] : [`             is   ${is}`]),
          ]),
        )),
  ].join('\n');
}
