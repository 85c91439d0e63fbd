import { changesChapters, propertiesChapter, withheldLines } from '../survey/survey-markdown.ts';
import { compareSettings } from './compare.ts';
import { SETTING_PROPERTIES } from './properties.ts';
import type { PublishedSettings } from './published.ts';
import { comparisonTable, configurationsTable, plainTable } from './settings-markdown.ts';

/** results/settings.md: what each access setting opens on the published releases, and what changed from one to the next. */
export function renderPublishedSettings(published: readonly PublishedSettings[]): string {
  const all = published.map(({ seen }) => seen);
  const newest = all.at(-1);
  return [
    '# What each access setting opens',
    '',
    'The gateway runs with each value of each access setting alone, and with combinations in which each two values meet. Every kind of client knocks at',
    'each: from the machine of the gateway (`here`), from that of its proxy (`lan`) and from a third one (`elsewhere`). Generated from',
    '`results/settings/*.json`, which `postern settings --publish` writes.',
    '',
    ...withheldLines(published, 'their knocks'),
    ...changesChapters(all, (base, head) => comparisonTable(compareSettings(base, head))),
    ...(newest === undefined
      ? []
      : [
          `## Configurations of ${newest.version}`,
          '',
          ...configurationsTable(newest),
          `## The plain gateway ${newest.version}`,
          '',
          ...plainTable(newest),
        ]),
    ...propertiesChapter('gateway', SETTING_PROPERTIES),
  ].join('\n');
}
