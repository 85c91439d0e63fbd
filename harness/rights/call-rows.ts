import { randomBytes } from 'node:crypto';
import { atMost } from '../at-most.ts';
import type { CallEnd } from '../client/connection.ts';
import { CALLS_IN_FLIGHT, RIGHTS_CALL_MS, RIGHTS_LATER_CALL_MS } from '../limits.ts';
import { type CallAnswer, readCallEnd } from './call-answer.ts';
import type { MadeCaller } from './make-caller.ts';
import { nameOfRow } from './matrix.ts';
import { refusedBy } from './methods-with-effect.ts';
import type { About } from './parameter-row.ts';
import type { RowToPlay } from './rows.ts';

/** Gives parameters that no method takes: those that this one refuses, or one key, which is new each time, so that no gateway recognises it. */
export function paramsThatNoMethodTakes(method: string): object {
  return refusedBy(method) ?? { [`k${randomBytes(6).toString('hex')}`]: true };
}

/**
 * The method that every release answers to every role. Gateways close a session at its eleventh denial for the role in a row (2026.4.1 and
 * 2026.9.6), and an answer to this one ends the row.
 */
const FOR_EVERY_ROLE = 'health';

/**
 * Makes the calls of some rows as one caller, several at the same time, and gives the answers by the names of the rows. Calls that waited when
 * the session ended are made once more, one after the other, so that the end is the answer to the call that caused it. Does not throw.
 */
export async function callRows(
  made: MadeCaller,
  rows: readonly RowToPlay[],
  about: About,
): Promise<Record<string, CallAnswer>> {
  const answers: Record<string, CallAnswer> = {};
  const session = openSession(made);
  const cut: RowToPlay[] = [];
  const call = ({ row, own }: RowToPlay): Promise<Ended> =>
    session.call(row.method, own?.params(about) ?? paramsThatNoMethodTakes(row.method));
  await atMost(CALLS_IN_FLIGHT, rows, async (each) => {
    const { answer, isLast } = await call(each);
    if (answer.kind === 'closed' && !isLast) cut.push(each);
    else answers[nameOfRow(each.row)] = decided(made, answer);
    if (made.caller.role === 'node') await session.call(FOR_EVERY_ROLE, {});
  });
  for (const each of cut) answers[nameOfRow(each.row)] = decided(made, (await call(each)).answer);
  await session.close();
  return answers;
}

/**
 * What an answer decides about a caller. The end of a session is a decision about a caller whose access was revoked, and about nobody else: 2026.4.20
 * closes sessions with 1008 that are slow to read while it is busy. In the published matrices, only the sessions of revoked callers end.
 */
function decided({ caller }: MadeCaller, answer: CallAnswer): CallAnswer {
  return answer.kind === 'closed' && caller.admission !== 'revoked' ? { kind: 'broke', how: 'lost' } : answer;
}

/** The answer to a call. `isLast`: the gateway does not admit the caller again, so that further calls have the same answer. */
type Ended = { answer: CallAnswer; isLast: boolean };

/** The session of a caller, which is opened again when it has ended. */
function openSession(made: MadeCaller) {
  let opening = made.open();
  let withinMs = RIGHTS_CALL_MS;
  /** How the session ended that the gateway did not admit again. */
  let end: CallEnd | null = null;

  const current = async () => {
    const mine = opening;
    const connection = await mine;
    if (connection?.isOpen() !== false) return connection;
    if (opening === mine) {
      const { code, reason } = await connection.ended;
      end = { kind: 'closed', code, reason };
      opening = made.open();
    }
    return opening;
  };

  return {
    async call(method: string, params: object): Promise<Ended> {
      const connection = await current();
      if (connection === null) return { answer: readCallEnd(end ?? NOT_ADMITTED), isLast: true };
      const noted = made.unreadable();
      const ended = await connection.call(method, params, withinMs);
      if (ended.kind !== 'timeout') return { answer: readCallEnd(ended), isLast: false };
      withinMs = RIGHTS_LATER_CALL_MS;
      const text = made.unreadable();
      const isUnread = text !== null && text !== noted;
      return { answer: isUnread ? { kind: 'unreadable', text } : readCallEnd(ended), isLast: false };
    },
    async close(): Promise<void> {
      await (await opening)?.close();
    },
  };
}

/** A caller that was admitted before, and is not admitted again. */
const NOT_ADMITTED: CallEnd = { kind: 'closed', code: 1008, reason: '' };
