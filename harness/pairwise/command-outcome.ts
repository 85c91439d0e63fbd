import { z } from 'zod';
import { readOutcome } from '../client/outcome.ts';
import type { HandshakeEnd } from '../client/transcript.ts';
import type { Cause, CommandResult, Outcome } from '../scenario/schema/observation.ts';

/**
 * What the gateway did with the release's own command, read from its output. `holds`: the gateway did not deny the command's call for a missing
 * scope. `cause` is null if the command does not print it. `unread`: the output does not say what the gateway did.
 */
export type CommandOutcome =
  | { kind: 'admitted'; holds: boolean }
  | { kind: 'refused'; at: 'http' | 'handshake'; cause: Cause | null }
  | { kind: 'unread'; why: string };

/** How a command prints that its connection was closed before an answer, with code and reason: 2026.2 to 2026.4 as text, later releases in JSON. */
const CLOSED = /gateway closed \((\d{4})[^:\n]*\): ?([^\n"]*)/;
/** The code that a command prints if its connection was never upgraded. No gateway sends 1006. */
const NEVER_OPENED = '1006';

/** How 2026.9 prints a gateway's answer with --json: the error of the response itself. */
const answeredShape = z.object({
  error: z.object({
    type: z.literal('gateway_request_error'),
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).default({}),
  }),
});
/** How a command prints the error of a gateway's answer if it prints no code of it. 2026.9 has its own words for some of them. */
const ANSWERED = /GatewayClientRequestError: (?:device (?=pairing required))?([^\n"]+)/;
/** How 2026.9 prints an HTTP answer in place of an upgrade, with status and body. */
const UPGRADE = /gateway rejected websocket upgrade \(HTTP (\d{3})\)(?:: )?(.*)/;

/** Reads what the gateway did with `openclaw gateway call --json` or `cron list --json`, from the command's exit code and output. */
export function outcomeOfCommand({ exitCode, stdout, stderr }: CommandResult): CommandOutcome {
  if (exitCode === 0) return { kind: 'admitted', holds: true };
  const said = `${stderr}\n${stdout}`;
  if (said.includes('missing scope')) return { kind: 'admitted', holds: false };
  const end = endIn(stdout, said);
  if (end === null)
    return {
      kind: 'unread',
      why: `it ended with exit code ${exitCode} and does not say why: ${said.trim().slice(0, 300)}`,
    };
  if (end === 'never opened') return { kind: 'refused', at: 'http', cause: null };
  const outcome = readOutcome(end, null);
  if (outcome.kind === 'refused') return { kind: 'refused', at: outcome.at, cause: outcome.cause };
  return { kind: 'unread', why: `the gateway was gone or still starting: ${said.trim().slice(0, 300)}` };
}

/** How the handshake of a command ended, by its output; null if the output does not say so. */
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

/** The JSON that a command printed, after any other text; null for none. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.slice(text.indexOf('{')));
  } catch {
    return null;
  }
}

/** Whether the command and a knock of the harness got the same answer: admitted with or without scopes, or refused at the same point for the same cause. */
export function isSameOutcome(heard: CommandOutcome, outcome: Outcome | undefined): boolean {
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

/** The outcome of a command, in words. */
export function describeCommandOutcome(heard: CommandOutcome): string {
  switch (heard.kind) {
    case 'admitted':
      return heard.holds ? 'admitted' : 'admitted without a scope';
    case 'refused':
      return `refused${heard.at === 'http' ? ' by HTTP' : ''}, ${heard.cause ?? 'no cause given'}`;
    case 'unread':
      return heard.why;
  }
}

/** Whether the gateway gave its own command more access than a knock of the harness: it admitted, or gave scopes to, only the command. */
export function isCommandGivenMore(heard: CommandOutcome, outcome: Outcome | undefined): boolean {
  if (heard.kind !== 'admitted') return false;
  if (outcome?.kind === 'refused') return true;
  return heard.holds && outcome?.kind === 'admitted' && outcome.scopes.length === 0;
}
