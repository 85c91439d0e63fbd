import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import { NOTHING_LEAKS } from '../properties/shared.ts';
import type { Breach, CallerProperty } from '../rights/caller-property.ts';
import { CALLERS } from '../rights/callers.ts';
import { mayHear } from './event-guards.ts';
import type { HeardEvent, HeardEvents } from './heard-events.ts';

const PAGE = 'docs/gateway/protocol/presence.md';

const IS_OVER: ReadonlySet<string> = new Set(
  CALLERS.filter(({ admission }) => admission === 'revoked').map(({ id }) => id),
);

/** One breach for each event that some of these callers must not have got. */
function breachesWhere(
  { callers, events }: HeardEvents,
  gotBy: (event: HeardEvent) => readonly string[],
  isBreach: (event: string, caller: { id: string; role: string; holds: readonly string[] }) => boolean,
  seen: string,
): Breach[] {
  return events.flatMap((event) => {
    const wrong = gotBy(event).filter((id) => {
      const state = callers[id];
      return state?.kind === 'admitted' && isBreach(event.event, { id, ...state });
    });
    return wrong.length === 0 ? [] : [{ where: event.event, callers: wrong, seen }];
  });
}

/** The properties of events; the breach that is worst comes first. */
export const EVENT_PROPERTIES: readonly CallerProperty<HeardEvents>[] = [
  {
    id: 'no-secret-in-an-event',
    statement: 'No event shows a secret to a client.',
    sources: NOTHING_LEAKS.sources,
    releases: EVERY_RELEASE,
    breaches: (heard) =>
      breachesWhere(
        heard,
        ({ secretTo }) => secretTo,
        () => true,
        'got a secret',
      ),
  },
  {
    id: 'content-needs-a-scope',
    statement: 'An operator without a scope, and a node, get no event with the content of sessions, approvals or jobs.',
    sources: [quoted(PAGE, 'do not passively receive session content')],
    releases: EVERY_RELEASE,
    breaches: (heard) =>
      breachesWhere(
        heard,
        ({ contentTo }) => contentTo,
        (event, { role, holds }) => (role === 'node' || holds.length === 0) && mayHear(event, { role, holds }) !== true,
        'got its content',
      ),
  },
  {
    id: 'an-event-needs-its-scope',
    statement: 'A caller gets an event only with the scope or the role that the documents name for it.',
    sources: [quoted(PAGE, 'Server-pushed broadcast events are scope-gated')],
    releases: EVERY_RELEASE,
    breaches: (heard) =>
      breachesWhere(
        heard,
        ({ heardBy }) => heardBy,
        (event, { id, role, holds }) => !IS_OVER.has(id) && mayHear(event, { role, holds }) === false,
        'got it',
      ),
  },
  {
    id: 'a-revoked-session-hears-nothing',
    statement: 'After the device token of a connected client is revoked, its session gets no event about others.',
    sources: [
      quoted(
        'docs/cli/devices.md',
        'Revoke a device token for a role.',
        'The page names the operation. It does not say what becomes of a session that is open.',
      ),
    ],
    releases: EVERY_RELEASE,
    breaches: (heard) =>
      breachesWhere(
        heard,
        ({ heardBy }) => heardBy,
        (event, { id, ...caller }) => IS_OVER.has(id) && mayHear(event, { ...caller, holds: [] }) !== true,
        'got it',
      ),
  },
];
