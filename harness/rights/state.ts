import { createHash } from 'node:crypto';
import { z } from 'zod';
import { EnvironmentError } from '../exit.ts';
import type { Operator } from '../gateway/pairing/operator.ts';
import { decisionBetween, describeState, type PairingList, stateOf } from '../gateway/pairing/pairing.ts';
import type { Effect } from './matrix.ts';

/** The state of a gateway that calls can change, as the operator reads it. A part that the release does not answer is null. */
type GatewayState = {
  pairing: PairingList;
  configHash: string | null;
  /** The keys of the sessions. */
  sessions: readonly string[] | null;
  /** The ids of the jobs. */
  jobs: readonly string[] | null;
  speech: boolean | null;
};

const configShape = z.object({ hash: z.string() });
const sessionsShape = z.object({ sessions: z.array(z.object({ key: z.string() })) });
const jobsShape = z.object({ jobs: z.array(z.object({ id: z.string() })) });
const speechShape = z.object({ enabled: z.boolean() });

/** Reads the state. Throws EnvironmentError if the gateway gives no answer about a part of it: what is not known cannot be compared. */
export async function readState(operator: Operator): Promise<GatewayState> {
  const read = async <T>(method: string, shape: z.ZodType<T>): Promise<T | null> => {
    const end = await operator.call(method, {});
    switch (end.kind) {
      case 'answered':
        return shape.safeParse(end.payload).data ?? null;
      case 'denied':
        return null;
      case 'closed':
      case 'timeout':
        throw new EnvironmentError(
          `the gateway did not answer ${method}, which shows its state: ${end.kind}`,
          'Read the log of the stage. On a busy machine, play again alone, or with POSTERN_PATIENCE=2.',
        );
    }
  };
  const pairing = await operator.list();
  const [config, sessions, jobs, speech] = await Promise.all([
    read('config.get', configShape),
    read('sessions.list', sessionsShape),
    read('cron.list', jobsShape),
    read('tts.status', speechShape),
  ]);
  return {
    pairing,
    configHash: config?.hash ?? null,
    sessions: sessions?.sessions.map(({ key }) => key).sort() ?? null,
    jobs: jobs?.jobs.map(({ id }) => id).sort() ?? null,
    speech: speech?.enabled ?? null,
  };
}

/** Devices of which a change of their entry counts (`kept`), and of which no change does (`ignored`). Of others, only more rights count. */
type Devices = { kept: ReadonlySet<string>; ignored: ReadonlySet<string> };

/**
 * What differs between two states. Releases since 2026.7 forget devices that they paired silently, and pair them again at their next knock:
 * give those as `ignored`.
 */
export function effectsBetween(before: GatewayState, after: GatewayState, devices: Devices): Effect[] {
  const parts = ['configHash', 'sessions', 'jobs', 'speech'] as const;
  const others = parts.flatMap((part): Effect[] => {
    const [was, is] = [JSON.stringify(before[part]), JSON.stringify(after[part])];
    return was === is ? [] : [{ part, before: was, after: is }];
  });
  return [...pairingEffects(before.pairing, after.pairing, devices), ...others];
}

function pairingEffects(before: PairingList, after: PairingList, { kept, ignored }: Devices): Effect[] {
  const rows = [before, after].flatMap(({ paired, pending }) => [...paired, ...pending]);
  const ids = [...new Set(rows.map(({ deviceId }) => deviceId))].filter((id) => !ignored.has(id));
  return ids.flatMap((deviceId): Effect[] => {
    const [was, is] = [stateOf(before, deviceId), stateOf(after, deviceId)];
    const [told, tells] = [describeState(was).join('; '), describeState(is).join('; ')];
    const decision = decisionBetween(was, is);
    const grew = decision === 'approved-silently' || (decision === 'pending' && was.pending === null);
    if (!grew && !(kept.has(deviceId) && told !== tells)) return [];
    return [{ part: `pairing of device ${shortId(deviceId)}`, before: told || 'nothing', after: tells || 'nothing' }];
  });
}

/** A device id in a few characters that do not lead back to it. */
const shortId = (deviceId: string): string => createHash('sha256').update(deviceId).digest('hex').slice(0, 8);
