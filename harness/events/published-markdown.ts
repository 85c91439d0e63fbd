import { changesChapters, propertiesChapter, withheldLines } from '../survey/survey-markdown.ts';
import { compareEvents } from './compare.ts';
import { comparisonTable, eventsTable, occasionsTable } from './events-markdown.ts';
import { EVENT_PROPERTIES } from './properties.ts';
import type { PublishedEvents } from './published.ts';

/** results/events.md: which event reaches whom on the published releases, and what changed from one to the next. */
export function renderPublishedEvents(published: readonly PublishedEvents[]): string {
  const all = published.map(({ heard }) => heard);
  const newest = all.at(-1);
  return [
    '# Which event reaches whom',
    '',
    'Every kind of caller connects and subscribes to all that a client can subscribe to. Then devices pair, an agent takes a turn, and an operator',
    'decides, renames and sets. The tables have the callers that got an event, and those that got the text in it that only some may read. Generated',
    'from `results/events/*.json`, which `postern events --publish` writes.',
    '',
    ...withheldLines(published, 'their events'),
    ...changesChapters(all, (base, head) => comparisonTable(compareEvents(base, head))),
    ...(newest === undefined
      ? []
      : [
          `## Events on ${newest.version}`,
          '',
          ...eventsTable(newest),
          `## What happens on ${newest.version}`,
          '',
          ...occasionsTable(newest),
        ]),
    ...propertiesChapter('list of events', EVENT_PROPERTIES),
  ].join('\n');
}
