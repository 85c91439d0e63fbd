import { readOutcome } from '../judge/outcome.ts';
import type { Cause, CommandResult, Outcome } from '../scenario/observation.ts';

/** What the real command heard from a gateway. `holds`: the call that it made was not denied for want of a scope. */
export type Heard =
  | { kind: 'admitted'; holds: boolean }
  | { kind: 'refused'; code: number; cause: Cause }
  | { kind: 'unread'; why: string };

/** How a command says that its connection was closed before it had an answer, with code and reason, on every release from 2026.2.17. */
const CLOSED = /gateway closed \((\d{4})[^)]*\): ?([^\n"]*)/;

/** What the command reports where a connection was never upgraded: 1006 is on no wire. */
const NEVER_OPENED = 1006;

/** Reads what a run of `openclaw gateway call` says of how it was received, from its exit code and its own words. */
export function heardBy({ exitCode, stdout, stderr }: CommandResult): Heard {
  if (exitCode === 0) return { kind: 'admitted', holds: true };
  const said = `${stderr}\n${stdout}`;
  if (said.includes('missing scope')) return { kind: 'admitted', holds: false };
  const [, code = '', reason = ''] = CLOSED.exec(said) ?? [];
  if (code === '')
    return { kind: 'unread', why: `it ended with ${exitCode} and does not say why: ${said.trim().slice(0, 300)}` };
  const outcome = readOutcome(
    { kind: 'closed', phase: 'awaiting-close', code: Number(code), reason, error: null },
    null,
  );
  return { kind: 'refused', code: Number(code), cause: outcome.kind === 'refused' ? outcome.cause : 'unstated' };
}

/** Whether a command heard what a knock of ours was told: let in with scopes, or without, or refused for the same cause. */
export function agrees(heard: Heard, outcome: Outcome | undefined): boolean {
  switch (heard.kind) {
    case 'admitted':
      return outcome?.kind === 'admitted' && outcome.scopes.length > 0 === heard.holds;
    case 'refused':
      if (outcome?.kind !== 'refused') return false;
      return heard.code === NEVER_OPENED
        ? outcome.at === 'http'
        : outcome.at === 'handshake' && outcome.cause === heard.cause;
    case 'unread':
      return false;
  }
}

/** What a command heard, in words. */
export function sayHeard(heard: Heard): string {
  switch (heard.kind) {
    case 'admitted':
      return heard.holds ? 'let in' : 'let in without a scope';
    case 'refused':
      return `refused with ${heard.code}, ${heard.cause}`;
    case 'unread':
      return heard.why;
  }
}
