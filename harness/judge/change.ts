import { isDeepStrictEqual } from 'node:util';
import type { AuditEvent, Observation } from '../scenario/observation.ts';
import { compareAccessLevels, grantedAccessOf } from './access-level.ts';

/** What became of one knock, call or step from the base gateway to the head, worst first. */
export const CHANGES = ['weakened', 'broke', 'unrecorded', 'recovered', 'changed', 'tightened', 'same'] as const;
export type Change = (typeof CHANGES)[number];

/**
 * Events of which each line names the knock that it is about; others may be those of a neighbour. What is written about refusals is
 * held to a sentence of its own: from 2026.5.28 on, one line stands for several of the same complaint, by the clock.
 */
export const OWN_EVENTS: readonly AuditEvent['event'][] = ['access-upgrade', 'metadata-upgrade', 'auto-approved'];

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

/**
 * Whether nothing was learned about the gateway: it hung, broke, was gone or was still starting, or the step could not be carried out.
 */
function isBlind({ outcome, answer, http, notCarriedOut, environmentFailed }: Observation): boolean {
  if (notCarriedOut !== undefined || environmentFailed !== undefined) return true;
  if (outcome?.kind === 'refused') return outcome.cause === 'starting';
  if (outcome !== undefined) return outcome.kind !== 'admitted';
  if (http !== undefined && http.status >= 500) return true;
  return answer?.kind === 'timeout';
}

const SILENT = 'a silent approval';

/** What somebody was given with a knock besides being let in: scopes, a token of its own, an approval without a question. */
function givenIn(observation: Observation): string[] {
  const { outcome, pairing } = observation;
  return [
    ...(grantedAccessOf(observation)?.scopes ?? []),
    ...(outcome?.kind === 'admitted' && outcome.deviceToken ? ['a device token'] : []),
    ...(pairing === 'approved-silently' ? [SILENT] : []),
  ];
}

const missingIn = (some: readonly string[], others: readonly string[]): string[] =>
  some.filter((each) => !others.includes(each));

/** What became of how far somebody was let in, and of what was given; `same` also where neither can be ranked. */
function accessBetween(base: Observation, head: Observation): Change {
  const [before, after] = [grantedAccessOf(base), grantedAccessOf(head)];
  const order = before === null || after === null ? 0 : compareAccessLevels(after.level, before.level);
  if (order === 1) return 'weakened';
  if (order === -1) return 'tightened';
  if (order === null) return 'changed';
  const gained = missingIn(givenIn(head), givenIn(base));
  const lost = missingIn(givenIn(base), givenIn(head));
  // What stands on the record outlasts the session, so fewer scopes now do not make up for it.
  if (gained.includes(SILENT)) return 'weakened';
  if (gained.length > 0) return lost.length > 0 ? 'changed' : 'weakened';
  return lost.length > 0 ? 'tightened' : 'same';
}

/** Whether the base wrote something down about the step that the head does not, a log that was not seen whole included. */
function isUnrecorded(base: Observation, head: Observation): boolean {
  if (base.audit === undefined) return false;
  const written = ({ audit = [] }: Observation): string[] =>
    audit.flatMap(({ event }) => (OWN_EVENTS.includes(event) ? [event] : []));
  return head.audit === undefined || missingIn(written(base), written(head)).length > 0;
}

/**
 * What became of the same step from one gateway to another. From any refusal to any admission is weakened, and so is a secret that is shown
 * and was not. Other changes are weakened or tightened where they can be ranked, and changed where they cannot. A gateway that no longer
 * answers broke, one that answers again recovered, and one that no longer writes down what it wrote is unrecorded.
 */
export function changeBetween(base: Observation, head: Observation): Change {
  if (missingIn(head.leaked ?? [], base.leaked ?? []).length > 0) return 'weakened';
  if (isBlind(base) || isBlind(head)) {
    if (isBlind(base) && isBlind(head)) return 'same';
    return isBlind(head) ? 'broke' : 'recovered';
  }
  const access = accessBetween(base, head);
  if (access !== 'same') return access;
  if (missingIn(base.leaked ?? [], head.leaked ?? []).length > 0) return 'tightened';
  if (!isDeepStrictEqual(decided(base), decided(head))) return 'changed';
  return isUnrecorded(base, head) ? 'unrecorded' : 'same';
}
