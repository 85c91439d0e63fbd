import type { RawAnswer } from '../client/raw-request.ts';
import { FOREIGN_ORIGIN } from './dimensions.ts';
import type { Fault } from './played-routes.ts';

/**
 * What is wrong in an answer, whatever its outcome. `method` is what was sent; `leaksIn` gives the names of the secrets in a text, of which no
 * answer may have one.
 */
export function faultsIn(
  answer: RawAnswer,
  method: string,
  leaksIn: (text: string) => readonly string[],
): Omit<Fault, 'request'>[] {
  if (answer.kind === 'closed' || answer.kind === 'timeout') return [];
  const { status, headers, body } = answer;
  const allowed = headers['access-control-allow-origin'];
  const withCredentials = headers['access-control-allow-credentials'] === 'true';
  const extensions = headers['sec-websocket-extensions'];
  const names = new Set([...leaksIn(JSON.stringify(headers)), ...leaksIn(body)]);
  return [
    ...[...names].map((what) => ({ kind: 'secret', what }) as const),
    ...(method === 'TRACE' && status < 300 ? [{ kind: 'trace', what: `${status}` } as const] : []),
    ...(allowed === FOREIGN_ORIGIN || (allowed !== undefined && withCredentials)
      ? [{ kind: 'foreign-origin', what: `access-control-allow-origin: ${allowed}` } as const]
      : []),
    ...(status === 101 && extensions !== undefined ? [{ kind: 'compression', what: extensions } as const] : []),
  ];
}
