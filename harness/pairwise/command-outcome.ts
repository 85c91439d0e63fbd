import { z } from 'zod';
import { readOutcome } from '../client/outcome.ts';
import type { HandshakeEnd } from '../client/transcript.ts';
import type { Cause, CommandResult, Outcome } from '../scenario/observation.ts';

/**
 * What the real command heard from a gateway. `holds`: the call that it made was not denied for want of a scope. `cause` is null where the
 * command does not pass it on.
 */
export type CommandOutcome =
  | { kind: 'admitted'; holds: boolean }
  | { kind: 'refused'; at: 'http' | 'handshake'; cause: Cause | null }
  | { kind: 'unread'; why: string };

/** How a command says that its connection was closed before it had an answer, with code and reason: 2026.2 to 2026.4, and later ones in JSON. */
const CLOSED = /gateway closed \((\d{4})[^:\n]*\): ?([^\n"]*)/;
/** What it reports where a connection was never upgraded: 1006 is on no wire. */
const NEVER_OPENED = '1006';

/** How 2026.9 prints, with --json, what a gateway answered: the error of the response itself. */
const answeredShape = z.object({
  error: z.object({
    type: z.literal('gateway_request_error'),
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).default({}),
  }),
});
/** What a command writes down of the error that a gateway answered with, where it prints no code of it. 2026.9 puts it in words of its own. */
const ANSWERED = /GatewayClientRequestError: (?:device (?=pairing required))?([^\n"]+)/;
/** How 2026.9 tells of an HTTP answer in the place of an upgrade, status and body. */
const UPGRADE = /gateway rejected websocket upgrade \(HTTP (\d{3})\)(?:: )?(.*)/;

/** Reads what a run of `openclaw gateway call --json` says of how it was received, from its exit code and its own words. */
export function outcomeOfCommand({ exitCode, stdout, stderr }: CommandResult): CommandOutcome {
  if (exitCode === 0) return { kind: 'admitted', holds: true };
  const said = `${stderr}\n${stdout}`;
  if (said.includes('missing scope')) return { kind: 'admitted', holds: false };
  const end = endIn(stdout, said);
  if (end === null)
    return { kind: 'unread', why: `it ended with ${exitCode} and does not say why: ${said.trim().slice(0, 300)}` };
  if (end === 'never opened') return { kind: 'refused', at: 'http', cause: null };
  const outcome = readOutcome(end, null);
  if (outcome.kind === 'refused') return { kind: 'refused', at: outcome.at, cause: outcome.cause };
  return { kind: 'unread', why: `it met a gateway that is no more or not yet one: ${said.trim().slice(0, 300)}` };
}

/** How the handshake of a command ended by what it printed; null where it does not say. */
function endIn(stdout: string, said: string): HandshakeEnd | 'never opened' | null {
  const answered = answeredShape.safeParse(jsonIn(stdout)).data?.error;
  const [, status, body = ''] = UPGRADE.exec(answered?.message ?? said) ?? [];
  if (status !== undefined) return { kind: 'http', status: Number(status), headers: {}, body };
  const closed = { kind: 'closed', phase: 'awaiting-close', code: 1008 } as const;
  if (answered?.code !== undefined) {
    const { code, message, details } = answered;
    return { ...closed, reason: '', error: { code, message, details } };
  }
  const [, code, reason = ''] = CLOSED.exec(said) ?? [];
  const [, words] = ANSWERED.exec(said) ?? [];
  if (code === undefined) return words === undefined ? null : { ...closed, reason: words, error: null };
  if (code === NEVER_OPENED) return 'never opened';
  return { ...closed, code: Number(code), reason, error: null };
}

/** The JSON that a command printed, after whatever else it said; null for none. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.slice(text.indexOf('{')));
  } catch {
    return null;
  }
}

/** Whether a command heard what a knock of ours was told: let in with scopes, or without, or refused in the same place for the same cause. */
export function agrees(heard: CommandOutcome, outcome: Outcome | undefined): boolean {
  switch (heard.kind) {
    case 'admitted':
      return outcome?.kind === 'admitted' && outcome.scopes.length > 0 === heard.holds;
    case 'refused':
      if (outcome?.kind !== 'refused' || outcome.at !== heard.at) return false;
      return heard.cause === null || outcome.cause === heard.cause;
    case 'unread':
      return false;
  }
}

/** What a command heard, in words. */
export function describeCommandOutcome(heard: CommandOutcome): string {
  switch (heard.kind) {
    case 'admitted':
      return heard.holds ? 'let in' : 'let in without a scope';
    case 'refused':
      return `refused${heard.at === 'http' ? ' by HTTP' : ''}, ${heard.cause ?? 'no cause given'}`;
    case 'unread':
      return heard.why;
  }
}

/** Whether the gateway gave its own command more than a knock of ours: it let the command in, or gave it scopes, and not us. */
export function isGivenMore(heard: CommandOutcome, outcome: Outcome | undefined): boolean {
  if (heard.kind !== 'admitted') return false;
  if (outcome?.kind === 'refused') return true;
  return heard.holds && outcome?.kind === 'admitted' && outcome.scopes.length === 0;
}
