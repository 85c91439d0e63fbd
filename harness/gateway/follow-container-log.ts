import { PassThrough } from 'node:stream';
import { type Engine, engineMessage } from './engine.ts';
import type { GatewayLog } from './gateway-log.ts';

/**
 * Hands the log of a container to a journal until the container stops. The engine stamps each line and, after a restart,
 * tells the old ones again: lines up to `after` are left out, and each stamp is passed on.
 */
export async function followLog(
  docker: Engine['docker'],
  id: string,
  gatewayLog: GatewayLog,
  after: string,
  seen: (stamp: string) => void,
): Promise<void> {
  const options = { follow: true, stdout: true, stderr: true, timestamps: true } as const;
  const raw = await docker
    .getContainer(id)
    .logs(options)
    .catch((error: unknown) => {
      // Its container is gone, as after Ctrl-C. Whoever needs a line of it will miss it, and say so.
      gatewayLog.add(`[postern] this log cannot be followed: ${engineMessage(error)}`);
      return null;
    });
  if (raw === null) return;
  const text = new PassThrough();
  docker.modem.demuxStream(raw, text, text);
  raw.once('end', () => text.end());
  raw.once('close', () => text.end());
  await gatewayLog.follow(text, (line) => {
    const cut = line.indexOf(' ');
    const stamp = line.slice(0, cut);
    if (stamp <= after) return null;
    seen(stamp);
    return { text: line.slice(cut + 1), stamp };
  });
}
