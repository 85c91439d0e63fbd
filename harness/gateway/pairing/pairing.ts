import { z } from 'zod';
import type { PairingDecision } from '../../scenario/schema/observation.ts';

/** A device in the answer of `device.pair.list`. Fields differ between releases, so the schema ignores those that Postern does not use. */
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

/** The entries of one device in the pairing list: its record and its waiting request, each null if there is none. */
export type PairingState = { paired: PairedDevice | null; pending: PendingRequest | null };

/** Parses the payload of `device.pair.list`; null if it has another shape. */
export function readPairingList(payload: unknown): PairingList | null {
  const parsed = listSchema.safeParse(payload);
  return parsed.success ? parsed.data : null;
}

/** Finds the entries of one device in the pairing list. */
export function stateOf(list: PairingList, deviceId: string): PairingState {
  return {
    paired: list.paired.find((device) => device.deviceId === deviceId) ?? null,
    pending: list.pending.find((request) => request.deviceId === deviceId) ?? null,
  };
}

/** The entries of one device in words, one line each, for reports; empty if the list has none. */
export function describeState({ paired, pending }: PairingState): string[] {
  const words = (label: string, texts: readonly string[]): string => `${label} ${texts.join(', ') || 'none'}`;
  const approved =
    paired === null
      ? []
      : [
          [
            'approved',
            words(
              'roles',
              [...new Set([paired.role ?? '', ...paired.roles])].filter((role) => role !== ''),
            ),
            words('scopes', [...new Set([...paired.scopes, ...paired.approvedScopes])]),
            words('device tokens', paired.tokens.map(describeToken)),
            words(
              'platform',
              [paired.platform, paired.deviceFamily].flatMap((text) => text ?? []),
            ),
          ].join('; '),
        ];
  const waiting =
    pending === null
      ? []
      : [`waits for approval; ${words('role', [pending.role ?? ''])}; ${words('scopes', pending.scopes)}`];
  return [...approved, ...waiting];
}

function describeToken({ role, scopes, revokedAtMs }: PairedDevice['tokens'][number]): string {
  return `${role} (${scopes.join(' ') || 'no scopes'}${revokedAtMs === undefined ? '' : ', revoked'})`;
}

/**
 * The access that a paired record gives its device (roles and scopes), and the metadata that it pins (key, platform, family), as a set of
 * words. Times and names are left out, because no decision of the gateway depends on them.
 */
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
 * The pairing decision about a device between two readings of the pairing list, while no operator decided anything. A record with more
 * access or other metadata than before was approved silently. That result takes precedence: a silent approval stays in effect even
 * if the knock that caused it was refused.
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
