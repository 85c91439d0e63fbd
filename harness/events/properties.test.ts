import { expect, test } from 'vitest';
import { findingsOf, withoutFindings } from './findings.ts';
import { entitledTo, heardWith } from './heard.fixture.ts';
import type { HeardEvents } from './heard-events.ts';

/** The findings as lines: property, event and callers. */
const linesOf = (heard: HeardEvents): string[] =>
  findingsOf(heard).map(({ property, where, callers }) => `${property}: ${where}: ${callers.join(', ')}`);

test('a gateway that keeps its promises has no findings', () => {
  expect(linesOf(heardWith())).toEqual([]);
});

const also = (event: string, ...ids: string[]): string[] => [...entitledTo(event), ...ids];

test.each<[title: string, heard: HeardEvents, finding: string]>([
  [
    'a secret in an event is found, whoever gets it',
    heardWith({ 'talk.mode': { secretTo: ['remote/admin'] } }),
    'no-secret-in-an-event: talk.mode: remote/admin',
  ],
  [
    'content that reaches a node is found, also of an event that the documents do not name',
    heardWith({ cron: { contentTo: ['remote/node', 'remote/read'] } }),
    'content-needs-a-scope: cron: remote/node',
  ],
  [
    'a pairing request that reaches an operator who may only read is found',
    heardWith({ 'device.pair.requested': { heardBy: also('device.pair.requested', 'remote/read') } }),
    'an-event-needs-its-scope: device.pair.requested: remote/read',
  ],
  [
    'an approval that reaches one who may only handle pairing is found',
    heardWith({ 'exec.approval.requested': { heardBy: also('exec.approval.requested', 'remote/pairing') } }),
    'an-event-needs-its-scope: exec.approval.requested: remote/pairing',
  ],
  [
    'a command for a node that reaches an operator is found',
    heardWith({ 'node.invoke.request': { heardBy: ['remote/admin', 'remote/node'] } }),
    'an-event-needs-its-scope: node.invoke.request: remote/admin',
  ],
  [
    'a session that hears on after its token was revoked is found',
    heardWith({ chat: { heardBy: also('chat', 'remote/revoked') } }),
    'a-revoked-session-hears-nothing: chat: remote/revoked',
  ],
])('%s', (_, heard, finding) => {
  expect(linesOf(heard)).toEqual([finding]);
});

test('output that others may read has no event that a finding is about', () => {
  const heard = heardWith({ cron: { contentTo: ['remote/node'] } });
  expect(withoutFindings(heard, findingsOf(heard)).events.map(({ event }) => event)).not.toContain('cron');
});
