import { z } from 'zod';
import { byText } from '../text/by-text.ts';
import { provenBy } from './call-answer.ts';
import { CALLERS } from './callers.ts';
import { type CallerState, isOverHttp, type Matrix, nameOfRow, type PlayedRow } from './matrix.ts';

const ids = z.array(z.string());

/**
 * How a row differs on the head. `weakened`: callers that may not make the call on the base may do so on the head (`gained`); `lost` has those
 * that no longer may. `tightened`: it has only such. `new`: nobody may make the call on the base; `gained` has who may on the head.
 * `gone`: nobody may any more. `undecided`: the answer to these callers (`gained`) is not known on one of the gateways.
 */
const rowChangeSchema = z.strictObject({
  row: z.string(),
  kind: z.enum(['weakened', 'tightened', 'new', 'gone', 'undecided']),
  gained: ids,
  lost: ids,
  /** What the release's table has, on base and head; null for nothing. */
  declared: z.tuple([z.string().nullable(), z.string().nullable()]),
});
export type RowChange = z.infer<typeof rowChangeSchema>;

/** A comparison of two matrices. `admitted`: callers that only the head admits; `notAdmitted`: those that only the base admits. */
export const rightsComparisonSchema = z.strictObject({
  base: z.string(),
  head: z.string(),
  rows: z.array(rowChangeSchema),
  admitted: ids,
  notAdmitted: ids,
  /** Callers that the head knows and the base does not, because their scope is new. They are not compared. */
  newCallers: ids,
});
export type RightsComparison = z.infer<typeof rightsComparisonSchema>;

/** The order in which changes are shown: the one that matters most first. */
const ORDER: readonly RowChange['kind'][] = ['weakened', 'undecided', 'new', 'tightened', 'gone'];

/** Compares who may call what on two gateways. Callers that both admit are compared call by call. */
export function compareMatrices(base: Matrix, head: Matrix): RightsComparison {
  const only = (one: CallerState['kind'], other: CallerState['kind']): string[] =>
    CALLERS.map(({ id }) => id).filter((id) => base.callers[id]?.kind === one && head.callers[id]?.kind === other);
  const common = only('admitted', 'admitted');
  const [before, after] = [byName(base), byName(head)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort(byText);
  const methods = new Set(head.rows.map(({ method }) => method));
  const rows = names.flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    // A call that the head was not asked for, although it has the method, may be open to anybody.
    if (was !== undefined && was.given !== null && is === undefined && methods.has(was.method))
      return [notCalled(name, was, common)];
    return changesOf(name, was, is, common);
  });
  return {
    base: base.version,
    head: head.version,
    rows: rows.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)),
    admitted: only('refused', 'admitted'),
    notAdmitted: only('admitted', 'refused'),
    newCallers: only('unknown-scope', 'admitted'),
  };
}

const byName = ({ rows }: Matrix): Map<string, PlayedRow> => new Map(rows.map((row) => [nameOfRow(row), row]));

const mayCall = (row: PlayedRow | undefined, id: string): boolean => {
  const answer = row?.answers[id];
  return answer !== undefined && provenBy(answer) === 'may';
};

const isUndecided = (row: PlayedRow | undefined, id: string): boolean => {
  const answer = row?.answers[id];
  return answer !== undefined && provenBy(answer) === 'undecided';
};

/** A call with parameters, or over HTTP, that only the base was asked for: nothing is known of the head. */
function notCalled(row: string, base: PlayedRow, common: readonly string[]): RowChange {
  const gained = common.filter((id) => isPlayed(base, id));
  return { row, kind: 'undecided', gained, lost: [], declared: [base.declared, null] };
}

function changesOf(
  name: string,
  base: PlayedRow | undefined,
  head: PlayedRow | undefined,
  common: readonly string[],
): RowChange[] {
  const change = (kind: RowChange['kind'], gained: string[], lost: string[]): RowChange => ({
    row: name,
    kind,
    gained,
    lost,
    declared: [base?.declared ?? null, head?.declared ?? null],
  });
  const undecided = common.filter(
    (id) => isUndecided(base, id) || isUndecided(head, id) || isUnansweredOverHttp(base, head, id),
  );
  // A call that only callers without the right made on one gateway says nothing about the others.
  const compared = common.filter((id) => !undecided.includes(id) && isPlayed(base, id) && isPlayed(head, id));
  const gained = compared.filter((id) => !mayCall(base, id) && mayCall(head, id));
  const lost = compared.filter((id) => mayCall(base, id) && !mayCall(head, id));
  const open = undecided.length > 0 ? [change('undecided', undecided, [])] : [];
  if (gained.length === 0 && lost.length === 0) return open;
  const isNew = !compared.some((id) => mayCall(base, id)) && !hasEffect(base, head);
  if (isNew) return [...open, change('new', gained, [])];
  if (!compared.some((id) => mayCall(head, id))) return [...open, change('gone', [], lost)];
  return [...open, change(gained.length > 0 ? 'weakened' : 'tightened', gained, lost)];
}

/** Whether a caller called over HTTP on the base and could not on the head, as it was given no device token there. */
function isUnansweredOverHttp(base: PlayedRow | undefined, head: PlayedRow | undefined, id: string): boolean {
  if (base === undefined || head === undefined || !isOverHttp(head)) return false;
  return base.answers[id] !== undefined && head.answers[id] === undefined;
}

/** Whether the caller made the call, or would have if there were such a row. */
const isPlayed = (row: PlayedRow | undefined, id: string): boolean =>
  row === undefined || row.answers[id] !== undefined;

/** Whether only callers without the right made the call, so that nobody may make it on a base that holds. */
function hasEffect(...rows: readonly (PlayedRow | undefined)[]): boolean {
  return rows.some((row) => row !== undefined && row.answers['remote/admin'] === undefined);
}

/** Whether a comparison weakens the boundary: a caller may make a call that it could not make, or is admitted and was not. */
export function isWeakened({ rows, admitted }: RightsComparison): boolean {
  return admitted.length > 0 || rows.some(({ kind }) => kind === 'weakened');
}
