import { PassThrough } from 'node:stream';
import { type Engine, engineMessage } from '../engine/engine.ts';
import type { GatewayLog } from './gateway-log.ts';

/**
 * Adds the lines of a container's log to `gatewayLog` until the container stops. The engine puts a timestamp before each line and, after
 * a restart, sends the old lines again: lines up to the timestamp `after` are left out. Calls `seen` with the timestamp of each new line.
 * If the log cannot be read, adds one line that says so.
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
      // The container was removed, for example after Ctrl-C. Code that waits for a line of this log reports that it did not come.
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
