import type { StepBody } from '../../scenario/schema/step.ts';
import { clientStateIn } from '../clients.ts';
import type { PlayContext } from '../context.ts';
import { faultsOfIssued, leakedPart } from '../leaks.ts';
import { notCarriedOut, recordOf, type StepRecord } from '../record.ts';
import { mintSetupCode } from '../setup-code.ts';

type BootstrapBody = StepBody<'bootstrap'>;

/** Makes a setup code with the release's own command, as an owner does for a phone, and gives its bootstrap token to the client. */
export function playBootstrap(context: PlayContext, body: BootstrapBody): Promise<StepRecord> {
  return context.runExclusive(() => mintAlone(context, body));
}

async function mintAlone(context: PlayContext, body: BootstrapBody): Promise<StepRecord> {
  const { stage, owner } = context;
  const { command, token: minted } = await mintSetupCode(stage, { owner, limited: body.limited });
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
