import { z } from 'zod';
import type { CallEnd } from '../client/connection.ts';
import { cutTo } from '../text/cut.ts';

/**
 * How a gateway answered one call.
 * - `allowed`: the call is past the authorisation; what became of it there does not matter.
 * - `denied-scope`: the caller lacks the scope that the answer names. `denied-role`: its role may not call this.
 * - `denied-person`: the scope suffices only for a person who is signed in.
 * - `unknown`: past the authorisation, and there is no such method.
 * - `closed`: the gateway ended the session of a revoked caller, or does not admit it again, with a close code.
 * - `not-admitted`: over HTTP, the gateway lets the caller call nothing, with this status.
 * - `broke`: no answer in time, an exception in the gateway's code, or a connection that was lost.
 * - `unreadable`: an answer of another form, which proves neither that the call is allowed nor that it is denied; also a denial that brings
 *   more than its reason.
 */
export const callAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('allowed') }),
  z.strictObject({ kind: z.literal('denied-scope'), scope: z.string() }),
  z.strictObject({ kind: z.literal('denied-role'), role: z.string() }),
  z.strictObject({ kind: z.literal('denied-person') }),
  z.strictObject({ kind: z.literal('unknown') }),
  z.strictObject({ kind: z.literal('closed'), code: z.number() }),
  z.strictObject({ kind: z.literal('not-admitted'), status: z.number() }),
  z.strictObject({ kind: z.literal('broke'), how: z.enum(['timeout', 'exception', 'lost']) }),
  z.strictObject({ kind: z.literal('unreadable'), text: z.string() }),
]);
export type CallAnswer = z.infer<typeof callAnswerSchema>;

/** Error codes that the gateway gives only to calls past the authorisation, unless the message is one of a denial. */
const PAST_AUTHORISATION = [
  'INVALID_REQUEST',
  'UNAVAILABLE',
  'NOT_FOUND',
  'NOT_LINKED',
  'APPROVAL_NOT_FOUND',
  'AGENT_TIMEOUT',
];

/** Messages of an exception that the gateway's code did not expect, as V8 writes them. */
const EXCEPTION =
  /\b(?:TypeError|ReferenceError|RangeError)\b|Cannot (?:read|set) propert|is not (?:a function|iterable)/;

/** Close codes of a gateway that goes away, or whose connection was lost: 1006 is no close frame, 1012 a restart. */
const LOST = [1006, 1012];

/** How many characters of an answer that cannot be read are kept. */
const KEPT_ANSWER = 160;

/**
 * Reads how a call ended. Sources of codes and messages: `authorizeGatewayMethod` and `ErrorCodes` in the packages of 2026.4.1 and 2026.9.6.
 * A denial is read by its structured details, which 2026.9.6 gives, and else by its message.
 */
export function readCallEnd(end: CallEnd): CallAnswer {
  switch (end.kind) {
    case 'answered':
      return { kind: 'allowed' };
    case 'timeout':
      return { kind: 'broke', how: 'timeout' };
    case 'closed':
      return LOST.includes(end.code) ? { kind: 'broke', how: 'lost' } : { kind: 'closed', code: end.code };
    case 'denied':
      return readError(end.error);
  }
}

/** The details of a denial, as JSON, in characters. Those of 2026.9.6 name a scope, a method and a role, in less than 200. */
const DENIAL_CHARACTERS = 1_024;

type ErrorShape = Extract<CallEnd, { kind: 'denied' }>['error'];

function readError(error: ErrorShape): CallAnswer {
  const answer = readReason(error);
  const details = JSON.stringify(error.details);
  return provenBy(answer) === 'may-not' && details.length > DENIAL_CHARACTERS
    ? { kind: 'unreadable', text: `a denial with ${details.length} characters of details` }
    : answer;
}

function readReason({ code, message, details }: ErrorShape): CallAnswer {
  const scope = /^missing scope:? *([\w.]+)/i.exec(message)?.[1];
  if (details.code === 'MISSING_SCOPE' && typeof details.missingScope === 'string')
    return { kind: 'denied-scope', scope: details.missingScope };
  if (scope !== undefined) return { kind: 'denied-scope', scope };
  const role = /^unauthorized role:? *([\w-]+)/i.exec(message)?.[1];
  if (role !== undefined) return { kind: 'denied-role', role };
  if (/^session-scoped access requires/i.test(message)) return { kind: 'denied-person' };
  if (/^unknown method\b/i.test(message)) return { kind: 'unknown' };
  if (!PAST_AUTHORISATION.includes(code))
    return { kind: 'unreadable', text: cutTo(`${code}: ${message}`, KEPT_ANSWER) };
  return EXCEPTION.test(message) ? { kind: 'broke', how: 'exception' } : { kind: 'allowed' };
}

/** What an answer proves about the call: it may be made, it may not, or neither is known. */
export function provenBy(answer: CallAnswer): 'may' | 'may-not' | 'undecided' {
  switch (answer.kind) {
    case 'allowed':
      return 'may';
    case 'broke':
      // An exception comes from the method's own code, which runs after the authorisation.
      return answer.how === 'exception' ? 'may' : 'undecided';
    case 'denied-scope':
    case 'denied-role':
    case 'denied-person':
    case 'unknown':
    case 'closed':
    case 'not-admitted':
      return 'may-not';
    case 'unreadable':
      return 'undecided';
  }
}

/** An answer in words. */
export function sayAnswer(answer: CallAnswer): string {
  switch (answer.kind) {
    case 'allowed':
      return 'allowed';
    case 'denied-scope':
      return `denied: needs ${answer.scope}`;
    case 'denied-role':
      return `denied: not for the role ${answer.role}`;
    case 'denied-person':
      return 'denied: only for a person who is signed in';
    case 'unknown':
      return 'no such method';
    case 'closed':
      return `closed with ${answer.code}`;
    case 'not-admitted':
      return `not admitted: HTTP ${answer.status}`;
    case 'broke':
      return {
        timeout: 'no answer in time',
        exception: 'an exception in the gateway',
        lost: 'the connection was lost',
      }[answer.how];
    case 'unreadable':
      return `cannot be read: ${answer.text}`;
  }
}
