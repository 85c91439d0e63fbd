import { COMMAND_TOOK_TOO_LONG, needed } from '../../gateway/stage/stage.ts';
import { COMMAND_SECONDS } from '../../limits.ts';
import { idNamedBy } from '../../scenario/schema/placeholders.ts';
import type { StepBody } from '../../scenario/schema/step.ts';
import { copyOf } from '../../text/cut.ts';
import type { PlayContext } from '../context.ts';
import { idOf } from '../fill-placeholders.ts';
import { notCarriedOut, recordOf, type StepRecord } from '../record.ts';

/**
 * Tokens in the output of commands: `devices rotate` up to 2026.4 and `nodes approve` up to 2026.7 print the token that the gateway issues.
 * Values of fewer than 20 characters are no tokens; the redactor would remove them from ordinary words.
 */
const PRINTED_TOKEN = /"?\b\w*token"?\s*[:=]\s*"?([\w.~+=-]{20,})/gi;

/** Gives the tokens in the output of a command, be it JSON or text. */
export function tokensIn(text: string): string[] {
  return [...text.matchAll(PRINTED_TOKEN)].flatMap(([, token]) => (token === undefined ? [] : [copyOf(token)]));
}

type CliBody = StepBody<'cli'>;

/** Runs the release's own command, with each placeholder in its arguments replaced by the id. */
export function playCli(context: PlayContext, body: CliBody): Promise<StepRecord> {
  return context.runExclusive(() => runAlone(context, body));
}

async function runAlone(context: PlayContext, body: CliBody): Promise<StepRecord> {
  const { stage, owner } = context;
  const argv: string[] = [];
  for (const word of body.run) {
    const what = body.of === undefined ? null : idNamedBy(word);
    const id = what === null ? word : await idOf(context, what, body.of ?? '');
    if (id === null) return notCarriedOut(`"${body.of}" has nothing to put in place of ${word}`);
    argv.push(id);
  }
  const secret = body.token ? ['--token', stage.token] : [];
  const command = await needed(
    stage,
    'command',
  )({
    argv: [...argv, ...secret],
    place: body.in,
    home: body.home,
    owner,
    environment: Object.fromEntries(
      Object.entries(body.environment).map(([key, value]) => [key, value === '<token>' ? stage.token : value]),
    ),
  });
  for (const token of tokensIn(`${command.stdout}\n${command.stderr}`))
    context.secretRegistry.learn('token from a command', token);
  // A command that the harness ended proves nothing: its exit code must not count as a refusal.
  if (command.exitCode === COMMAND_TOOK_TOO_LONG) {
    return notCarriedOut(`\`${command.argv.slice(0, 3).join(' ')}\` had not ended after ${COMMAND_SECONDS} s`);
  }
  return recordOf({ command }, body.in === 'peer' ? 'lan' : 'loopback');
}
