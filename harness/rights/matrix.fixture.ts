import type { CallAnswer } from './call-answer.ts';
import { CALLERS } from './callers.ts';
import { expectedOf } from './expected.ts';
import type { CallerState, Matrix, PlayedRow, Row } from './matrix.ts';

/** Rows of every kind of declaration. */
export const ROWS: readonly Row[] = [
  {
    method: 'agents.list',
    given: null,
    found: ['hello', 'table'],
    declared: 'operator.read',
    needs: ['operator.read'],
  },
  {
    method: 'config.set',
    given: null,
    found: ['hello', 'table'],
    declared: 'operator.admin',
    needs: ['operator.admin'],
  },
  { method: 'health', given: null, found: ['hello', 'table'], declared: 'operator.read', needs: ['operator.read'] },
  { method: 'node.event', given: null, found: ['table'], declared: 'node', needs: null },
  { method: 'plugin.run', given: null, found: ['plugin'], declared: null, needs: null },
  {
    method: 'talk.config',
    given: 'includeSecrets',
    found: ['table'],
    declared: 'dynamic',
    needs: ['operator.talk.secrets'],
  },
];

/** The state of every caller on a release with all scopes. */
const STATES: Readonly<Record<string, CallerState>> = Object.fromEntries(
  CALLERS.map(({ id, role, asks }) => [id, { kind: 'admitted', role, holds: [...asks] }]),
);

/** The answer of a gateway that does what it declares, and denies what it does not. */
function rightAnswer(row: Row, role: string, holds: readonly string[]): CallAnswer {
  const expected = expectedOf({ role, holds: [...holds] }, row);
  if (expected === 'may' || (expected === 'unstated' && holds.includes('operator.admin'))) return { kind: 'allowed' };
  if (role === 'node' || row.declared === 'node') return { kind: 'denied-role', role };
  return { kind: 'denied-scope', scope: row.needs?.[0] ?? 'operator.admin' };
}

/** The matrix of a gateway without a fault, with some answers replaced: by row name and caller. */
export function matrixWith(
  over: Readonly<Record<string, Readonly<Record<string, CallAnswer>>>> = {},
  rows: readonly Row[] = ROWS,
): Matrix {
  return {
    version: '2026.9.6',
    callers: STATES,
    effects: [],
    rows: rows.map((row): PlayedRow => {
      const name = row.given === null ? row.method : `${row.method} (${row.given})`;
      const answers = CALLERS.map(({ id, role, asks, admission }): [string, CallAnswer] => {
        const isOver = admission === 'revoked' && row.method !== 'health';
        return [id, isOver ? { kind: 'closed', code: 4001 } : rightAnswer(row, role, asks)];
      });
      return { ...row, answers: { ...Object.fromEntries(answers), ...over[name] } };
    }),
  };
}

export const ALLOWED: CallAnswer = { kind: 'allowed' };
