import { z } from 'zod';
import { GATEWAY_PORT } from '../../gateway/network/proxies.ts';
import { needed } from '../../gateway/stage/stage.ts';
import type { StepBody } from '../../scenario/schema/step.ts';
import { clientStateIn } from '../clients.ts';
import type { PlayContext } from '../context.ts';
import { faultsOfIssued, leakedPart } from '../leaks.ts';
import { notCarriedOut, recordOf, type StepRecord } from '../record.ts';

type BootstrapBody = StepBody<'bootstrap'>;

const printed = z.object({ setupCode: z.string() });
const setupCode = z.object({ bootstrapToken: z.string() });

/** Makes a setup code with the release's own command, as an owner does for a phone, and gives its bootstrap token to the client. */
export function playBootstrap(context: PlayContext, body: BootstrapBody): Promise<StepRecord> {
  return context.runExclusive(() => mintAlone(context, body));
}

async function mintAlone(context: PlayContext, body: BootstrapBody): Promise<StepRecord> {
  const { stage, owner } = context;
  const argv = ['qr', '--json', '--url', `ws://127.0.0.1:${GATEWAY_PORT}`, ...(body.limited ? ['--limited'] : [])];
  const command = await needed(stage, 'command')({ argv, place: 'gateway', home: 'gateway', owner, environment: {} });
  const minted = mintedIn(command.stdout);
  // The setup code contains the token in base64url; the redactor finds that form too.
  const leaked = minted === null ? [] : faultsOfIssued(context, body.of, 'bootstrap token', minted);
  if (minted !== null) {
    for (const name of [body.of, ...(body.overheardBy === undefined ? [] : [body.overheardBy])]) {
      clientStateIn(context.clientStates, name).bootstrapToken = minted;
    }
  }
  if (command.exitCode === 0 && minted === null) {
    return notCarriedOut('`openclaw qr --json` printed no setup code with a bootstrap token');
  }
  return recordOf({ command, ...leakedPart(leaked) });
}

/** Gives the bootstrap token in the setup code that the command printed as JSON; null if there is none. */
function mintedIn(stdout: string): string | null {
  const begin = stdout.indexOf('{');
  if (begin === -1) return null;
  try {
    const { setupCode: code } = printed.parse(JSON.parse(stdout.slice(begin)));
    return setupCode.parse(JSON.parse(Buffer.from(code, 'base64url').toString('utf8'))).bootstrapToken;
  } catch {
    return null;
  }
}
