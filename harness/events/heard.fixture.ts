import { CALLERS } from '../rights/callers.ts';
import type { CallerState } from '../rights/matrix.ts';
import { mayHear } from './event-guards.ts';
import type { HeardEvent, HeardEvents } from './heard-events.ts';
import { OCCASIONS } from './occasions.ts';

/** The state of every caller on a release with all scopes. */
const STATES: Readonly<Record<string, CallerState>> = Object.fromEntries(
  CALLERS.map(({ id, role, asks }) => [id, { kind: 'admitted', role, holds: [...asks] }]),
);

/** The callers that may hear an event by the documents; for one that they do not speak of, those with admin. A revoked session hears nothing. */
export function entitledTo(event: string): string[] {
  return CALLERS.filter(({ admission, role, asks }) => {
    if (admission === 'revoked') return false;
    return mayHear(event, { role, holds: asks }) ?? asks.includes('operator.admin');
  })
    .map(({ id }) => id)
    .sort();
}

/** What is heard of a gateway that keeps its promises, with some events replaced. */
export function heardWith(
  over: Readonly<Record<string, Partial<HeardEvent> | null>> = {},
  version = '2026.9.6',
): HeardEvents {
  const names = ['chat', 'cron', 'device.pair.requested', 'exec.approval.requested', 'presence', 'talk.mode'];
  const all = [...new Set([...names, ...Object.keys(over)])].sort();
  return {
    version,
    callers: STATES,
    occasions: OCCASIONS.map(({ id }) => ({ id, happened: true })),
    deaf: [],
    events: all.flatMap((event) => {
      const change = over[event];
      if (change === null) return [];
      const heardBy = entitledTo(event);
      return [{ event, heardBy, contentTo: event === 'chat' ? heardBy : [], secretTo: [], ...change }];
    }),
  };
}
