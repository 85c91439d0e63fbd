import { isDeepStrictEqual } from 'node:util';
import { type AuditEvent, isShown, type Observation } from '../scenario/schema/observation.ts';
import { compareAccessLevels, grantedAccessOf } from './access-level.ts';

/** How the observation of one knock, call or other step changed from the base to the head, worst first. */
export const CHANGES = ['weakened', 'broke', 'unrecorded', 'recovered', 'changed', 'tightened', 'same'] as const;
export type Change = (typeof CHANGES)[number];

/**
 * Audit events whose lines each name the knock that they are about. Lines of other events may be about a knock that was made at the same time.
 * Lines about refusals are not compared here, and have a property of their own: from 2026.5.28 on, a gateway merges equal refusals within a
 * period of time into one line.
 */
export const OWN_EVENTS: readonly AuditEvent['event'][] = ['access-upgrade', 'metadata-upgrade', 'auto-approved'];

/** The parts of an observation that the gateway decides. Ids, texts and times are left out: they differ from run to run. */
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

/** Whether the observation has no decision of the gateway: it hung, crashed, was gone or was starting, or the step was not carried out. */
function isBlind(observation: Observation): boolean {
  if (!isShown(observation)) return true;
  const { outcome, answer, http } = observation;
  if (outcome?.kind === 'refused') return outcome.cause === 'starting';
  if (outcome !== undefined) return outcome.kind !== 'admitted';
  if (http !== undefined && http.status >= 500) return true;
  return answer?.kind === 'timeout';
}

const SILENT = 'a silent approval';

/** What the gateway gave the client in addition to the admission: scopes, a device token, a silent approval. */
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

/** How the access level, and what the gateway gave in addition, changed from base to head; `same` also if neither observation has an access level. */
function accessBetween(base: Observation, head: Observation): Change {
  const [before, after] = [grantedAccessOf(base), grantedAccessOf(head)];
  const order = before === null || after === null ? 0 : compareAccessLevels(after.level, before.level);
  if (order === 1) return 'weakened';
  if (order === -1) return 'tightened';
  if (order === null) return 'changed';
  const gained = missingIn(givenIn(head), givenIn(base));
  const lost = missingIn(givenIn(base), givenIn(head));
  // A silent approval stays on the pairing list after the session, so fewer scopes in this session do not outweigh it.
  if (gained.includes(SILENT)) return 'weakened';
  if (gained.length > 0) return lost.length > 0 ? 'changed' : 'weakened';
  return lost.length > 0 ? 'tightened' : 'same';
}

/** Whether the base logged an event about the step that the head did not log, or whose log on the head was not read whole. */
function isUnrecorded(base: Observation, head: Observation): boolean {
  if (base.audit === undefined) return false;
  const written = ({ audit = [] }: Observation): string[] =>
    audit.flatMap(({ event }) => (OWN_EVENTS.includes(event) ? [event] : []));
  return head.audit === undefined || missingIn(written(base), written(head)).length > 0;
}

/**
 * Compares the observations of the same step on the base and on the head. Pure.
 * `weakened`: the head admits a client that the base refuses, shows a secret that the base does not show, or gives more access in another way.
 * `tightened`: the head gives less access. `changed`: the decisions differ, and neither gives more access.
 * `broke`: the base decided and the head did not. `recovered`: the head decided and the base did not.
 * `unrecorded`: the decisions are the same, and the head did not log an event that the base logged.
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
