import { markdownTable } from '../report/markdown/markdown-table.ts';
import { code, prose } from '../report/markdown/markdown-text.ts';
import { findingRows } from '../rights/caller-property.ts';
import { sayCallers } from '../rights/say-callers.ts';
import { comparisonChapter, findingsChapter } from '../survey/survey-markdown.ts';
import type { EventChange, EventsComparison } from './compare.ts';
import type { HeardEvents } from './heard-events.ts';
import { OCCASIONS } from './occasions.ts';
import type { EventsReport } from './report.ts';

/** Which callers get which event, and its content. */
export function eventsTable({ events }: Pick<HeardEvents, 'events'>): string[] {
  return markdownTable(
    ['event', 'reaches', 'with its content'],
    events.map(({ event, heardBy, contentTo }) => [
      code(event),
      prose(sayCallers(heardBy)),
      prose(sayCallers(contentTo)),
    ]),
  );
}

/** What was made to happen, and whether the gateway did it. */
export function occasionsTable({ occasions }: Pick<HeardEvents, 'occasions'>): string[] {
  return markdownTable(
    ['what happens', 'on this gateway'],
    occasions.map(({ id, happened }) => [
      prose(OCCASIONS.find((occasion) => occasion.id === id)?.what ?? id),
      happened ? 'yes' : 'the gateway does not do it',
    ]),
  );
}

const TITLES: Readonly<Record<EventChange['kind'], string>> = {
  weakened: 'more callers get',
  open: 'new, and reaches callers without a scope',
  undecided: 'not known on the head',
  new: 'new',
  tightened: 'fewer callers get',
  gone: 'gone',
};

/** The differences of a comparison as a table. */
export function comparisonTable({ events }: EventsComparison): string[] {
  return markdownTable(
    ['change', 'event', 'get it now', 'get it no longer'],
    events.map(({ event, kind, gained, lost }) => [
      TITLES[kind],
      code(event),
      prose(sayCallers(gained)),
      prose(sayCallers(lost)),
    ]),
  );
}

/** events.md: the report of one gateway, to read. */
export function renderEvents({ heard, findings, withheld, comparison }: EventsReport): string {
  return [
    `# Which event reaches whom: openclaw ${prose(heard.version)}`,
    '',
    ...findingsChapter(['property', 'event', 'callers', 'seen'], findingRows(findings), { withheld, parts: 'events' }),
    ...(comparison === null ? [] : comparisonChapter(comparison, comparisonTable(comparison))),
    '## Events',
    '',
    ...eventsTable(heard),
    '## What happened',
    '',
    ...occasionsTable(heard),
  ].join('\n');
}
