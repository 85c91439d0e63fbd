import { isDeepStrictEqual } from 'node:util';
import type { Change } from '../report/comparison.ts';
import type { Observation } from '../scenario/observation.ts';
import { DEGREES, type Openness, opennessOf } from './openness.ts';

/** The parts of an observation that a gateway decides. Ids, texts and times differ from run to run and decide nothing. */
function decided({ outcome, pairing, answer, command, tool, rows, http, exited, succeeded }: Observation): unknown {
  const refusal = outcome?.kind === 'refused' ? { at: outcome.at, code: outcome.code, cause: outcome.cause } : null;
  const admission = outcome?.kind === 'admitted' ? { role: outcome.role, scopes: [...outcome.scopes].sort() } : null;
  return {
    outcome: outcome?.kind,
    refusal,
    admission,
    pairing,
    answer: answer?.kind === 'closed' ? { closed: answer.code } : answer?.kind,
    exit: command?.exitCode,
    tool: tool?.name,
    rows,
    status: http?.status,
    exited: exited !== undefined,
    succeeded,
  };
}

/** Whether nothing was learned about the gateway: it hung, broke or was gone, or the step could not be carried out. */
function isBlind({ outcome, answer, notCarriedOut, environmentFailed }: Observation): boolean {
  if (notCarriedOut !== undefined || environmentFailed !== undefined) return true;
  if (outcome !== undefined) return outcome.kind !== 'admitted' && outcome.kind !== 'refused';
  return answer?.kind === 'timeout';
}

function moreOpen(base: Openness, head: Openness): Change {
  const rank = (openness: Openness): number => DEGREES.indexOf(openness.degree);
  if (rank(head) !== rank(base)) return rank(head) < rank(base) ? 'weakened' : 'tightened';
  const gained = head.scopes.filter((scope) => !base.scopes.includes(scope));
  const lost = base.scopes.filter((scope) => !head.scopes.includes(scope));
  if (gained.length > 0) return lost.length > 0 ? 'changed' : 'weakened';
  return lost.length > 0 ? 'tightened' : 'same';
}

/**
 * What became of the same step from one gateway to another. Only what can be ranked is weakened or tightened: everything else that
 * differs is changed. A gateway that no longer answers broke, and one that answers again recovered.
 */
export function changeBetween(base: Observation, head: Observation): Change {
  if (isBlind(base) || isBlind(head)) {
    if (isBlind(base) && isBlind(head)) return 'same';
    return isBlind(head) ? 'broke' : 'recovered';
  }
  const [before, after] = [opennessOf(base), opennessOf(head)];
  const ranked = before === null || after === null ? 'same' : moreOpen(before, after);
  if (ranked !== 'same') return ranked;
  return isDeepStrictEqual(decided(base), decided(head)) ? 'same' : 'changed';
}
