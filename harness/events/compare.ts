import { z } from 'zod';
import { CALLERS } from '../rights/callers.ts';
import type { HeardEvent, HeardEvents } from './heard-events.ts';

const ids = z.array(z.string());

/**
 * How an event differs on the head. `weakened`: callers get it that do not on the base (`gained`), or its content, or a secret in it. `tightened`: callers only no longer get
 * it (`lost`). `new` and `gone`: nobody gets it on the base, or on the head. `open`: it is new, and reaches an operator without a scope or a node.
 */
const eventChangeSchema = z.strictObject({
  event: z.string(),
  kind: z.enum(['weakened', 'open', 'undecided', 'new', 'tightened', 'gone']),
  gained: ids,
  lost: ids,
});
export type EventChange = z.infer<typeof eventChangeSchema>;

/** A comparison of the events of two gateways. */
export const eventsComparisonSchema = z.strictObject({
  base: z.string(),
  head: z.string(),
  events: z.array(eventChangeSchema),
});
export type EventsComparison = z.infer<typeof eventsComparisonSchema>;

/** The order in which changes are shown: the one that matters most first. */
const ORDER: readonly EventChange['kind'][] = ['weakened', 'open', 'undecided', 'new', 'tightened', 'gone'];

/** Compares which events reach which callers. Callers that both gateways admit are compared; an occasion that happened on the base alone is not known. */
export function compareEvents(base: HeardEvents, head: HeardEvents): EventsComparison {
  const common = new Set(
    Object.keys(base.callers).filter(
      (id) => base.callers[id]?.kind === 'admitted' && head.callers[id]?.kind === 'admitted',
    ),
  );
  const [before, after] = [base, head].map(({ events }) => new Map(events.map((event) => [event.event, event])));
  if (before === undefined || after === undefined) throw new Error('two gateways are compared');
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changes = names.flatMap((name) => changesOf(name, before.get(name), after.get(name), common));
  const lost = base.occasions.filter(
    ({ id, happened }) => happened && !head.occasions.some((each) => each.id === id && each.happened),
  );
  return {
    base: base.version,
    head: head.version,
    events: [
      ...changes,
      ...lost.map(({ id }): EventChange => ({ event: `the occasion ${id}`, kind: 'undecided', gained: [], lost: [] })),
    ].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)),
  };
}

function changesOf(
  event: string,
  base: HeardEvent | undefined,
  head: HeardEvent | undefined,
  common: ReadonlySet<string>,
): EventChange[] {
  const of = (list: readonly string[] = []): string[] => list.filter((id) => common.has(id));
  const minus = (one: readonly string[], other: readonly string[]): string[] => one.filter((id) => !other.includes(id));
  const [was, is] = [of(base?.heardBy), of(head?.heardBy)];
  const gained = [
    ...new Set([
      ...minus(is, was),
      ...minus(of(head?.contentTo), of(base?.contentTo)),
      ...minus(of(head?.secretTo), of(base?.secretTo)),
    ]),
  ].sort();
  const lost = minus(was, is);
  if (gained.length === 0 && lost.length === 0) return [];
  if (base === undefined)
    return [{ event, kind: gained.some((id) => WITHOUT_SCOPE.has(id)) ? 'open' : 'new', gained, lost }];
  if (head === undefined) return [{ event, kind: 'gone', gained, lost }];
  return [{ event, kind: gained.length > 0 ? 'weakened' : 'tightened', gained, lost }];
}

/** Callers without a scope, and those whose access is over. */
const WITHOUT_SCOPE: ReadonlySet<string> = new Set(
  CALLERS.filter(({ admission, asks }) => asks.length === 0 || admission === 'revoked').map(({ id }) => id),
);
