import { shippedMethods } from '../gateway/image/shipped-methods.ts';
import { orderFor } from '../order.ts';
import type { CallerFinding } from '../rights/caller-property.ts';
import { sayCallers } from '../rights/say-callers.ts';
import { PATIENT_GATEWAY } from '../scenario/schema/scenario.ts';
import type { PreparedSurvey, Survey, SurveyMeans } from '../survey/survey.ts';
import { count } from '../text/format.ts';
import { compareEvents, type EventsComparison } from './compare.ts';
import { renderEvents } from './events-markdown.ts';
import { printEvents } from './events-text.ts';
import { findingsOf, withoutFindings } from './findings.ts';
import { type HeardEvents, heardEventsSchema } from './heard-events.ts';
import { listen } from './listen.ts';
import { EVENT_PROPERTIES } from './properties.ts';
import { writePublishedEvents } from './published.ts';
import { readBase } from './read-base.ts';
import { EVENTS, type EventsReport, exitCodeOf, gapOf, THIS_VERSION } from './report.ts';

/** The survey of which events reach which callers of a gateway: events.json and events.md. */
export const EVENTS_SURVEY: Survey<HeardEvents, HeardEvents, CallerFinding, EventsComparison, EventsReport> = {
  name: EVENTS,
  title: 'Properties of every event that reaches a caller',
  why: 'A client that asks for nothing still hears. Each kind of caller listens while others pair, work and decide.',
  file: 'harness/events/properties.ts',
  properties: EVENT_PROPERTIES,
  prepare,
  readBase,
  judge(head, base) {
    const comparison = base === null ? null : compareEvents(base, head);
    const findings = findingsOf(head);
    return { findings, introduced: [], comparison, exitCode: exitCodeOf(head, findings, comparison) };
  },
  findingsOf,
  violationOf: ({ property, where, callers, seen }) => ({ property, where, by: callers, seen }),
  sayBy: sayCallers,
  withoutFindings,
  changesOf: ({ events }) =>
    events.map(({ event, kind, gained, lost }) => ({
      kind,
      where: event,
      gained: sayCallers(gained),
      lost: sayCallers(lost),
    })),
  report: (basics, heard) => ({ ...THIS_VERSION, ...basics, heard }),
  markdown: renderEvents,
  terminal: printEvents,
  amountOf: ({ events }) => count(events.length, 'event'),
  gapOf,
  publishesGaps: false,
  stored: heardEventsSchema,
  toStored: (heard) => heard,
  fromStored: (heard) => heard,
  write: (root, { seen, ...about }) => writePublishedEvents(root, { ...about, heard: seen }),
};

async function prepare(means: SurveyMeans): Promise<PreparedSurvey<HeardEvents>> {
  const { engine, image, version, secretRegistry, seed, out } = means;
  const shipped = await shippedMethods(engine, image.id);
  return {
    gateway: { ...PATIENT_GATEWAY, model: true },
    routes: [{ from: 'lan', through: 'documented' }],
    work: (stage) =>
      listen({
        ...{ stage, version, secretRegistry, scopes: shipped?.scopes ?? [], order: orderFor(seed, EVENTS) },
        told: (occasion) => out.progress(`openclaw ${version}: ${occasion}`),
      }),
  };
}
