import type { Change } from '../judge/change.ts';
import { changeBetween } from '../judge/change.ts';
import type { Verdict } from '../judge/verdict.ts';
import type { MutantBuild } from './mutant.ts';
import type { CachedCheck } from './result-cache.ts';

/** A check whose result on a mutant differs from its result on the unchanged release. */
export type NoticedCheck = {
  check: string;
  /**
   * `named`: the mutant names the check. `follows`: the check is in a scenario with a named one, so earlier steps were different.
   * `unrelated`: the check is in a scenario without a named one. For a fix, `mended`: the check shows right behaviour; `worse`: it does not.
   */
  role: 'named' | 'follows' | 'unrelated' | 'mended' | 'worse';
  change: Change;
  base: CachedCheck;
  seen: CachedCheck;
};

/**
 * The result of a mutant. A weakened gateway is `killed` if every named check notices it, and no unrelated one does. A fix has `passed` if
 * every named check shows right behaviour, and no check is worse. A `known hole` is a weakened gateway that no check notices, and that has
 * `unseen` in the table. Every other result is a fault: of the suite, of the table, or of the fix.
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
  noticed: NoticedCheck[];
  /** Ids of the named checks that do not notice the mutant. */
  missed: string[];
  /** Why the mutant could not be played, or why no check notices it; null otherwise. */
  why: string | null;
};

/** Whether the result is the intended one: killed, passed, or a known hole. */
export function isIntended({ kind }: MutantResult): boolean {
  return kind === 'killed' || kind === 'passed' || kind === 'known hole';
}

/** The verdicts of right behaviour: on releases where it is expected, and on affected ones. */
const RIGHT: readonly Verdict[] = ['pass', 'unexpected-pass'];

const scenarioOf = (check: string): string => check.slice(0, check.lastIndexOf('/'));

/** The result of a mutant that could not be played; `why` is the reason. */
export function broken(why: string): MutantResult {
  return { kind: 'broken', noticed: [], missed: [], why };
}

/**
 * The result of a mutant, from the results of the same checks on the unchanged release (`base`) and on the mutant (`seen`), by check id. A
 * check notices the mutant if its verdict differs, or if the decision of the gateway differs. A known failure of the release is on both
 * sides, so it notices nothing.
 */
export function mutantResultOf(
  { mutant, expectedKills: named }: MutantBuild,
  base: ReadonlyMap<string, CachedCheck>,
  seen: ReadonlyMap<string, CachedCheck>,
): MutantResult {
  const found = [...base.values()].flatMap((before): Omit<NoticedCheck, 'role'>[] => {
    const after = seen.get(before.id);
    if (after === undefined) return [];
    const change = changeOf(before, after);
    return change === null ? [] : [{ check: before.id, change, base: before, seen: after }];
  });
  const errors = found.filter((notice) => notice.seen.verdict === 'error');
  if (errors.length > 0) return broken(errors.map((notice) => `${notice.check}: ${notice.seen.seen}`).join('; '));
  if (mutant.fix !== undefined) return fateOfFix(named, found, seen);
  if (mutant.unseen !== undefined && found.length === 0)
    return { kind: 'known hole', noticed: [], missed: [], why: mutant.unseen };
  return fateOfWeakened(named, found, mutant.bySome !== undefined);
}

function changeOf(before: CachedCheck, after: CachedCheck): Change | null {
  const change =
    before.observation === null || after.observation === null
      ? 'same'
      : changeBetween(before.observation, after.observation);
  // A missing log line counts only for the checks that expect it; their verdict differs.
  if (change !== 'same' && change !== 'unrecorded') return change;
  return before.verdict === after.verdict ? null : 'changed';
}

function fateOfWeakened(
  named: readonly string[],
  found: readonly Omit<NoticedCheck, 'role'>[],
  someAreEnough: boolean,
): MutantResult {
  const scenarios = new Set(named.map(scenarioOf));
  const noticed = found.map((notice): NoticedCheck => {
    if (named.includes(notice.check)) return { ...notice, role: 'named' };
    return { ...notice, role: scenarios.has(scenarioOf(notice.check)) ? 'follows' : 'unrelated' };
  });
  const unseen = named.filter((check) => !noticed.some((notice) => notice.check === check));
  const missed = someAreEnough && unseen.length < named.length ? [] : unseen;
  const unrelated = noticed.some(({ role }) => role === 'unrelated');
  const kind =
    noticed.length === 0 ? 'survived' : missed.length > 0 ? 'seen in part' : unrelated ? 'seen elsewhere' : 'killed';
  return { kind, noticed, missed, why: null };
}

/** The result of a fix: every named check must be right, and no check that differs may be wrong. */
function fateOfFix(
  named: readonly string[],
  found: readonly Omit<NoticedCheck, 'role'>[],
  seen: ReadonlyMap<string, CachedCheck>,
): MutantResult {
  const isRight = (check: CachedCheck | undefined): boolean => check !== undefined && RIGHT.includes(check.verdict);
  const noticed = found.map((notice): NoticedCheck => ({ ...notice, role: isRight(notice.seen) ? 'mended' : 'worse' }));
  const missed = named.filter((check) => !isRight(seen.get(check)));
  const isWorse = noticed.some(({ role }) => role === 'worse');
  return { kind: missed.length > 0 ? 'not mended' : isWorse ? 'refused' : 'passed', noticed, missed, why: null };
}

/** A mutant of one release with its result. */
export type Result = { mutantBuild: MutantBuild; fate: MutantResult };
