import { z } from 'zod';
import type { Step } from '../scenario/step.ts';
import { playerIn } from './cast.ts';
import { notCarriedOut, type StepRecord, showing } from './record.ts';
import type { Scene } from './scene.ts';

type BootstrapBody = Extract<Step, { bootstrap: unknown }>['bootstrap'];

const printed = z.object({ setupCode: z.string() });
const setupCode = z.object({ bootstrapToken: z.string() });

/** Mints a setup code with the real command, as an owner does for a phone, and hands its token to the client. */
export function playBootstrap(scene: Scene, body: BootstrapBody): Promise<StepRecord> {
  return scene.alone(() => mintAlone(scene, body));
}

async function mintAlone(scene: Scene, body: BootstrapBody): Promise<StepRecord> {
  const { stage, vault, owner } = scene;
  const argv = ['qr', '--json', '--url', 'ws://127.0.0.1:18789', ...(body.limited ? ['--limited'] : [])];
  const command = await stage.command({ argv, place: 'gateway', home: 'gateway', owner, environment: {} });
  const minted = mintedIn(command.stdout);
  if (minted !== null) {
    vault.learn('bootstrap token', minted.token);
    // The code is the token in another spelling.
    vault.learn('setup code', minted.code);
    for (const name of [body.of, ...(body.overheardBy === undefined ? [] : [body.overheardBy])]) {
      playerIn(scene.cast, name).bootstrapToken = minted.token;
    }
  }
  if (command.exitCode === 0 && minted === null) {
    return notCarriedOut('`openclaw qr --json` printed no setup code with a bootstrap token');
  }
  return showing({ command });
}

function mintedIn(stdout: string): { code: string; token: string } | null {
  const begin = stdout.indexOf('{');
  if (begin === -1) return null;
  try {
    const { setupCode: code } = printed.parse(JSON.parse(stdout.slice(begin)));
    const { bootstrapToken } = setupCode.parse(JSON.parse(Buffer.from(code, 'base64url').toString('utf8')));
    return { code, token: bootstrapToken };
  } catch {
    return null;
  }
}
