import { withImplied } from '../scenario/schema/scopes.ts';
import { provenBy } from './call-answer.ts';
import { EVERY_SCOPE, shortScope } from './callers.ts';
import type { PlayedRow } from './matrix.ts';

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
