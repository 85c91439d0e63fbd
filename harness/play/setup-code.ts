import { z } from 'zod';
import { GATEWAY_PORT } from '../gateway/network/proxies.ts';
import { needed, type StageWith } from '../gateway/stage/stage.ts';
import type { CommandResult } from '../scenario/schema/observation.ts';

const printed = z.object({ setupCode: z.string() });
const setupCode = z.object({ bootstrapToken: z.string() });

/**
 * Makes a setup code with the release's own command, as an owner does for a phone. `owner` names who runs the command. Gives the command's
 * result, and the bootstrap token in the code; null if there is none. Throws EnvironmentError if the stage runs no commands.
 */
export async function mintSetupCode(
  stage: StageWith<'command'>,
  { owner, limited }: { owner: string; limited: boolean },
): Promise<{ command: CommandResult; token: string | null }> {
  const argv = ['qr', '--json', '--url', `ws://127.0.0.1:${GATEWAY_PORT}`, ...(limited ? ['--limited'] : [])];
  const command = await needed(stage, 'command')({ argv, place: 'gateway', home: 'gateway', owner, environment: {} });
  return { command, token: mintedIn(command.stdout) };
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
