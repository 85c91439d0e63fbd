import { expect, test } from 'vitest';
import { compareEvents } from './compare.ts';
import { renderEvents } from './events-markdown.ts';
import { printEvents } from './events-text.ts';
import { findingsOf } from './findings.ts';
import { entitledTo, heardWith } from './heard.fixture.ts';
import type { HeardEvents } from './heard-events.ts';
import { type EventsReport, eventsReportSchema, exitCodeOf, gapOf } from './report.ts';

const SOUND = heardWith();
const OPEN = heardWith({ chat: { heardBy: [...entitledTo('chat'), 'remote/none'] } });
const LACKING: HeardEvents = { ...SOUND, callers: { ...SOUND.callers, 'remote/none': { kind: 'not-made', why: '' } } };
const SILENT: HeardEvents = { ...SOUND, occasions: SOUND.occasions.map((each) => ({ ...each, happened: false })) };
const DEAF: HeardEvents = { ...SOUND, deaf: ['remote/read'] };
const MUTE: HeardEvents = { ...SOUND, events: [] };

test.each<[title: string, head: HeardEvents, base: HeardEvents | null, exitCode: number]>([
  ['a gateway without findings', SOUND, null, 0],
  ['a gateway like its base', SOUND, SOUND, 0],
  ['a gateway with a finding', OPEN, null, 1],
  ['a gateway that tells a caller more than its base', OPEN, SOUND, 4],
  ['a gateway that tells fewer callers than its base', SOUND, OPEN, 0],
  ['a gateway on which less happens than on its base', SILENT, SOUND, 3],
  ['a caller that could not be made', LACKING, null, 3],
  ['a gateway that ends the sessions of its listeners', DEAF, null, 3],
  ['a gateway that tells nobody anything, and whose base does', MUTE, SOUND, 3],
])('the exit code of %s', (_, head, base, exitCode) => {
  expect(exitCodeOf(head, findingsOf(head), base === null ? null : compareEvents(base, head))).toBe(exitCode);
});

test('what was heard is whole if each caller was made or refused, and something happened', () => {
  expect([SOUND, LACKING, SILENT, DEAF, MUTE].map(gapOf)).toEqual([
    null,
    'the caller remote/none could not be made',
    'nothing that the callers listen for happened',
    'the caller remote/read got no answer to a call, so nobody knows what it heard',
    'no caller heard anything of what happened',
  ]);
});

const REPORT: EventsReport = {
  schemaVersion: 1,
  ...{ command: 'postern events', seed: 7, postern: '0.1.0', gateway: './it.tgz', seconds: 14.6, heard: OPEN },
  ...{ findings: findingsOf(OPEN), withheld: 0, comparison: compareEvents(SOUND, OPEN), exitCode: 4 },
};

test('a report is read as it was written', () => {
  expect(eventsReportSchema.parse(JSON.parse(JSON.stringify(REPORT)))).toEqual(REPORT);
});

test('page and terminal say who gets what, which property that breaks, and what the base does', () => {
  expect(renderEvents(REPORT)).toContain('| more callers get | <code>chat</code> | remote/none |  |');
  const text = printEvents(REPORT);
  expect(text).toMatch(/^openclaw 2026\.9\.6: 6 events to \d+ callers in 15 s, seed 7$/m);
  expect(text).toContain('  an-event-needs-its-scope: chat: got it (remote/none)');
  expect(text).toContain('  weakened   chat\n             now  remote/none');
});
