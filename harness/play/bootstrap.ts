import { z } from 'zod';
import type { Step } from '../scenario/step.ts';
import { playerIn } from './cast.ts';
import { notCarriedOut, type StepRecord, showing } from './record.ts';
import type { Scene } from './scene.ts';

type BootstrapBody = Extract<Step, { bootstrap: unknown }>['bootstrap'];

const printed = z.object({ setupCode: z.string() });
const setupCode = z.object({ bootstrapToken: z.string() });

/** Mints a setup code with the real command, as an owner does for a phone, and hands its token to the client. */
export async function playBootstrap(scene: Scene, body: BootstrapBody): Promise<StepRecord> {
  const { stage, vault } = scene;
  const argv = ['qr', '--json', '--url', 'ws://127.0.0.1:18789', ...(body.limited ? ['--limited'] : [])];
  const command = await stage.command(argv, 'gateway', 'gateway', scene.loaded.scenario.id);
  const token = tokenIn(command.stdout);
  if (token !== null) {
    vault.learn('bootstrap token', token);
    playerIn(scene.cast, body.of).bootstrapToken = token;
  }
  if (command.exitCode === 0 && token === null) {
    return notCarriedOut('`openclaw qr --json` printed no setup code with a bootstrap token');
  }
  return showing({ command });
}

function tokenIn(stdout: string): string | null {
  const begin = stdout.indexOf('{');
  if (begin === -1) return null;
  try {
    const { setupCode: code } = printed.parse(JSON.parse(stdout.slice(begin)));
    return setupCode.parse(JSON.parse(Buffer.from(code, 'base64url').toString('utf8'))).bootstrapToken;
  } catch {
    return null;
  }
}
