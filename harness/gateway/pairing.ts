import { z } from 'zod';
import type { PairingDecision } from '../scenario/observation.ts';

/** A device as `device.pair.list` shows it; fields differ between releases, so what is not needed is let through. */
const names = z.array(z.string()).catch([]);
const pairedSchema = z.looseObject({
  deviceId: z.string(),
  publicKey: z.string().catch(''),
  platform: z.string().optional().catch(undefined),
  deviceFamily: z.string().optional().catch(undefined),
  role: z.string().optional().catch(undefined),
  roles: names,
  scopes: names,
  approvedScopes: names,
  tokens: z.array(z.looseObject({ role: z.string(), scopes: names, revokedAtMs: z.number().optional() })).catch([]),
});
const pendingSchema = z.looseObject({
  requestId: z.string(),
  deviceId: z.string(),
  role: z.string().optional().catch(undefined),
  scopes: names,
});
const listSchema = z.object({ paired: z.array(pairedSchema), pending: z.array(pendingSchema) });

export type PairedDevice = z.infer<typeof pairedSchema>;
export type PendingRequest = z.infer<typeof pendingSchema>;
export type PairingList = z.infer<typeof listSchema>;

/** What the list says of one device. */
export type PairingState = { paired: PairedDevice | null; pending: PendingRequest | null };

/** Reads the payload of `device.pair.list`; null where it has another shape. */
export function readPairingList(payload: unknown): PairingList | null {
  const parsed = listSchema.safeParse(payload);
  return parsed.success ? parsed.data : null;
}

/** One device's part of a list. */
export function stateOf(list: PairingList, deviceId: string): PairingState {
  return {
    paired: list.paired.find((device) => device.deviceId === deviceId) ?? null,
    pending: list.pending.find((request) => request.deviceId === deviceId) ?? null,
  };
}

/** What a paired record lets its device do, and what it pins of it. Times and names are left out: they decide nothing. */
function powersOf(device: PairedDevice): Set<string> {
  return new Set([
    `key ${device.publicKey}`,
    `platform ${device.platform ?? ''}`,
    `family ${device.deviceFamily ?? ''}`,
    ...[device.role ?? '', ...device.roles].filter((role) => role !== '').map((role) => `role ${role}`),
    ...[...device.scopes, ...device.approvedScopes, ...device.tokens.flatMap((token) => token.scopes)].map(
      (scope) => `scope ${scope}`,
    ),
  ]);
}

/**
 * What happened to a device between two readings of the list, while no operator was asked. A record that can do more than
 * before was approved silently, and that counts first: an approval outlives the refusal that may have come with it.
 */
export function decisionBetween(before: PairingState, after: PairingState): PairingDecision {
  if (after.paired !== null) {
    const had = before.paired === null ? new Set<string>() : powersOf(before.paired);
    if ([...powersOf(after.paired)].some((power) => !had.has(power))) return 'approved-silently';
  }
  if (before.paired !== null && after.paired === null) return 'removed';
  if (after.pending !== null) return 'pending';
  if (after.paired !== null) return 'unchanged';
  return before.pending !== null ? 'removed' : 'none';
}
