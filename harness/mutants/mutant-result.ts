import type { Change } from '../judge/change.ts';
import { changeBetween } from '../judge/change.ts';
import type { Verdict } from '../judge/verdict.ts';
import type { MutantBuild } from './mutant.ts';
import type { CachedCheck } from './result-cache.ts';

/** What a check shows on a mutant that it does not show on the release itself. */
export type Trip = {
  check: string;
  /**
   * `named`: the mutant says that it must. `follows`: it stands in a scenario with a named one, and what came before it was different.
   * `unrelated`: nobody said that anything would show there. Of a fix, `mended`: it shows right behaviour, and `worse`: it does not.
   */
  role: 'named' | 'follows' | 'unrelated' | 'mended' | 'worse';
  change: Change;
  base: CachedCheck;
  seen: CachedCheck;
};

/**
 * What became of a mutant. A weakened one is `killed` where every check that it names sees it, and nothing unrelated does; a fix has
 * `passed` where all that it names is right at last and nothing is worse. A `known hole` is a weakened one that nobody sees, and that
 * the table says nobody sees. Everything else is a fault: of the suite, of the table, or of the fix.
 */
export type MutantResult = {
  kind:
    | 'killed'
    | 'known hole'
    | 'survived'
    | 'seen in part'
    | 'seen elsewhere'
    | 'passed'
    | 'not mended'
    | 'refused'
    | 'broken';
  trips: Trip[];
  /** Named checks that see nothing. */
  missed: string[];
  /** Why nothing was learned, or why nobody sees it; null otherwise. */
  why: string | null;
};

/** Whether the table says that it would end so. */
export function isAsMeant({ kind }: MutantResult): boolean {
  return kind === 'killed' || kind === 'passed' || kind === 'known hole';
}

/** What right behaviour comes to, on releases that are declared to show it and on others. */
const RIGHT: readonly Verdict[] = ['pass', 'unexpected-pass'];

const scenarioOf = (check: string): string => check.slice(0, check.lastIndexOf('/'));

/** The fate of a gateway of which nothing was learned. */
export function broken(why: string): MutantResult {
  return { kind: 'broken', trips: [], missed: [], why };
}

/**
 * The fate of a mutant, by what the same checks showed on the release itself and on it. A check sees the mutant where its verdict is
 * another, or where what the gateway decided is: known failures of the release itself are on both sides, and see nothing.
 */
export function mutantResultOf(
  { mutant, trips: named }: MutantBuild,
  base: ReadonlyMap<string, CachedCheck>,
  seen: ReadonlyMap<string, CachedCheck>,
): MutantResult {
  const found = [...base.values()].flatMap((before): Omit<Trip, 'role'>[] => {
    const after = seen.get(before.id);
    if (after === undefined) return [];
    const change = changeOf(before, after);
    return change === null ? [] : [{ check: before.id, change, base: before, seen: after }];
  });
  const errors = found.filter((trip) => trip.seen.verdict === 'error');
  if (errors.length > 0) return broken(errors.map((trip) => `${trip.check}: ${trip.seen.seen}`).join('; '));
  if (mutant.fix !== undefined) return fateOfFix(named, found, seen);
  if (mutant.unseen !== undefined && found.length === 0)
    return { kind: 'known hole', trips: [], missed: [], why: mutant.unseen };
  return fateOfWeakened(named, found, mutant.bySome !== undefined);
}

function changeOf(before: CachedCheck, after: CachedCheck): Change | null {
  const change =
    before.observation === null || after.observation === null
      ? 'same'
      : changeBetween(before.observation, after.observation);
  // A line that is missing is seen by the checks that look for it, whose verdict is then another.
  if (change !== 'same' && change !== 'unrecorded') return change;
  return before.verdict === after.verdict ? null : 'changed';
}

function fateOfWeakened(
  named: readonly string[],
  found: readonly Omit<Trip, 'role'>[],
  someAreEnough: boolean,
): MutantResult {
  const scenarios = new Set(named.map(scenarioOf));
  const trips = found.map((trip): Trip => {
    if (named.includes(trip.check)) return { ...trip, role: 'named' };
    return { ...trip, role: scenarios.has(scenarioOf(trip.check)) ? 'follows' : 'unrelated' };
  });
  const unseen = named.filter((check) => !trips.some((trip) => trip.check === check));
  const missed = someAreEnough && unseen.length < named.length ? [] : unseen;
  const unrelated = trips.some(({ role }) => role === 'unrelated');
  const kind =
    trips.length === 0 ? 'survived' : missed.length > 0 ? 'seen in part' : unrelated ? 'seen elsewhere' : 'killed';
  return { kind, trips, missed, why: null };
}

/** On a fix, whatever is right now may be; what was right and is not any more may not. */
function fateOfFix(
  named: readonly string[],
  found: readonly Omit<Trip, 'role'>[],
  seen: ReadonlyMap<string, CachedCheck>,
): MutantResult {
  const isRight = (check: CachedCheck | undefined): boolean => check !== undefined && RIGHT.includes(check.verdict);
  const trips = found.map((trip): Trip => ({ ...trip, role: isRight(trip.seen) ? 'mended' : 'worse' }));
  const missed = named.filter((check) => !isRight(seen.get(check)));
  const isWorse = trips.some(({ role }) => role === 'worse');
  return { kind: missed.length > 0 ? 'not mended' : isWorse ? 'refused' : 'passed', trips, missed, why: null };
}

/** A mutant of one release with its fate. */
export type Result = { mutantBuild: MutantBuild; fate: MutantResult };
