import { withImplied } from '../scenario/schema/scopes.ts';
import { provenBy } from './call-answer.ts';
import { EVERY_SCOPE, shortScope } from './callers.ts';
import { isOverHttp, type PlayedRow } from './matrix.ts';

/**
 * Whether a row shows who may make a call at the least: callers with the right made it, with any credential. Over HTTP only device tokens are
 * shown, and a call that only callers without the right make says nothing about the others.
 */
export const showsLeastCallers = (row: PlayedRow): boolean =>
  row.answers['remote/admin'] !== undefined && !isOverHttp(row);

/**
 * Who may make a call, in short: the least scopes that suffice alone for a remote operator, without their common prefix; `node`; `any
 * operator` if no scope is needed; `anyone` if nodes may, too; `nobody`.
 */
export function leastCallersOf({ answers }: PlayedRow): string[] {
  const may = (name: string): boolean => {
    const answer = answers[`remote/${name}`];
    return answer !== undefined && provenBy(answer) === 'may';
  };
  const node = may('node');
  if (may('none')) return [node ? 'anyone' : 'any operator'];
  const sufficient = EVERY_SCOPE.filter((scope) => may(shortScope(scope)));
  const least = sufficient.filter(
    (scope) => !sufficient.some((other) => other !== scope && withImplied([scope]).includes(other)),
  );
  const found = [...least.map(shortScope), ...(node ? ['node'] : [])];
  return found.length > 0 ? found : ['nobody'];
}
