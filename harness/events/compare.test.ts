import { expect, test } from 'vitest';
import { compareEvents, type EventChange } from './compare.ts';
import { entitledTo, heardWith } from './heard.fixture.ts';
import type { HeardEvents } from './heard-events.ts';

const changes = (base: HeardEvents, head: HeardEvents): EventChange[] => compareEvents(base, head).events;

test('a gateway that is compared with itself has no difference', () => {
  expect(compareEvents(heardWith(), heardWith())).toEqual({ base: '2026.9.6', head: '2026.9.6', events: [] });
});

test('an event that reaches a further caller is weaker, whoever no longer gets it', () => {
  const heardBy = ['remote/none', ...entitledTo('cron').filter((id) => id !== 'remote/admin')];
  expect(changes(heardWith(), heardWith({ cron: { heardBy } }))).toEqual([
    { event: 'cron', kind: 'weakened', gained: ['remote/none'], lost: ['remote/admin'] },
  ]);
});

test('content that reaches a further caller is weaker, although it heard the event before', () => {
  expect(changes(heardWith(), heardWith({ presence: { contentTo: ['remote/none'] } }))).toEqual([
    { event: 'presence', kind: 'weakened', gained: ['remote/none'], lost: [] },
  ]);
});

test('an event that fewer callers get is tightened, and one that nobody gets is gone', () => {
  const head = heardWith({ cron: { heardBy: [] }, 'talk.mode': null });
  expect(changes(heardWith(), head).map(({ event, kind }) => [event, kind])).toEqual([
    ['cron', 'tightened'],
    ['talk.mode', 'gone'],
  ]);
});

test('a new event is new, and open if it reaches a caller without a scope', () => {
  const head = heardWith({ task: {}, 'task.log': { heardBy: ['remote/node'] } });
  expect(changes(heardWith(), head).map(({ event, kind }) => [event, kind])).toEqual([
    ['task.log', 'open'],
    ['task', 'new'],
  ]);
});

test('what happened on the base alone is not known on the head', () => {
  const head = { ...heardWith(), occasions: heardWith().occasions.slice(1) };
  expect(changes(heardWith(), head)).toEqual([
    { event: 'the occasion a-device-asks-and-is-approved', kind: 'undecided', gained: [], lost: [] },
  ]);
});

test('a caller that only one of the two admits is not compared', () => {
  const base = {
    ...heardWith(),
    callers: { ...heardWith().callers, 'remote/none': { kind: 'refused' as const, why: '' } },
  };
  expect(changes(base, heardWith({ cron: { heardBy: ['remote/none', ...entitledTo('cron')] } }))).toEqual([]);
});
