import type { Accepted } from '../compare/accepted-weakenings.ts';
import { type Deviation, describeDeviation, staleDeviations } from '../judge/deviation.ts';
import { inRange } from '../scenario/releases/range.ts';
import { type Occurrence, occurrence, type PlayedGate } from './evidence.ts';
import type { Waiver } from './policy-schema.ts';

/** The lists of what is tolerated, beside the release policy. */
export type Tolerated = { deviations: readonly Deviation[]; accepted: readonly Accepted[] };

/** The days between which an entry ends soon, both included, as YYYY-MM-DD. */
export type Days = { today: string; soon: string };

/** The day that comes `days` after `today`, both as YYYY-MM-DD. */
export function dayAfter(today: string, days: number): string {
  const date = new Date(`${today}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

const nameOf = ({ check, releases }: Deviation): string => `deviation of ${check} on ${releases}`;

const isExpiring = ({ expires }: { expires: string }, { today, soon }: Days): boolean =>
  expires >= today && expires <= soon;

/** Entries of deviations.yaml and accepted.yaml that no longer count for the gates, and those for the candidate that soon will not. Pure. */
export function listOccurrences(
  gates: readonly PlayedGate[],
  { deviations, accepted }: Tolerated,
  candidate: string,
  days: Days,
): Occurrence[] {
  const results = gates.flatMap(({ base, candidate: { checks } }) => [...base.checks, ...checks]);
  const stale = deviations.flatMap((entry) =>
    staleDeviations([entry], results, days.today).map(({ text }) => ofEntry('entry-stale', nameOf(entry), text)),
  );
  const unused = gates.flatMap(({ compared }) =>
    compared.stale.map((text) => ({ ...ofEntry('entry-stale', text, text), against: [compared.base.version] })),
  );
  const ending = [
    ...deviations.filter(({ releases }) => inRange(candidate, releases)).map((entry) => ({ id: nameOf(entry), entry })),
    ...accepted
      .filter(({ head }) => inRange(candidate, head))
      .map((entry) => ({ id: `weakening accepted for ${entry.check ?? JSON.stringify(entry.cells)}`, entry })),
  ].filter(({ entry }) => isExpiring(entry, days));
  return [
    ...stale,
    ...unused,
    ...ending.map(({ id, entry }) => ofEntry('entry-expiring', id, describeDeviation(entry))),
  ];
}

/**
 * Waivers for the candidate that have expired, that let nothing through, or that expire soon. `seen` has what was seen of the candidate. Pure.
 */
export function waiverOccurrences(
  waivers: readonly Waiver[],
  seen: readonly Pick<Occurrence, 'outcome' | 'id'>[],
  candidate: string,
  days: Days,
): Occurrence[] {
  return waivers
    .filter(({ candidates }) => inRange(candidate, candidates))
    .flatMap((waiver) => {
      const { outcome, of, owner, link, expires } = waiver;
      const id = `waiver of ${outcome} for ${of}`;
      if (expires < days.today)
        return [ofEntry('entry-stale', id, `it expired on ${expires}: ask ${owner}, see ${link}`)];
      if (!seen.some((each) => each.outcome === outcome && each.id === of))
        return [ofEntry('waiver-unused', id, 'it let nothing through; remove it, or narrow its candidates')];
      return isExpiring(waiver, days) ? [ofEntry('entry-expiring', id, describeDeviation(waiver))] : [];
    });
}

function ofEntry(outcome: 'entry-stale' | 'entry-expiring' | 'waiver-unused', id: string, text: string): Occurrence {
  return occurrence({ outcome, id, text });
}
