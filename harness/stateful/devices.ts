import type { Permissions } from './permissions.ts';

/** The keys of the model, and the programs that knock with them: two share one key. */
export const DEVICES = ['phone', 'laptop'] as const;
export type DeviceName = (typeof DEVICES)[number];
export const PROGRAMS = ['phone', 'phone-too', 'laptop'] as const;
export type Program = (typeof PROGRAMS)[number];
export const DEVICE_OF: Readonly<Record<Program, DeviceName>> = {
  phone: 'phone',
  'phone-too': 'phone',
  laptop: 'laptop',
};

/** What a program says of the machine that it runs on. */
export type Machine = { platform: string; deviceFamily: string };

/** A request that waits, as the list shows it. */
export type Request = { id: string; rights: Permissions };

/** What the pairing list says of a device. */
export type Entry = {
  /** Everything that its record names: roles, scopes, and scopes of tokens that were not revoked. null: it is not paired. */
  rights: Permissions | null;
  /** Of these, what counts as approved. */
  approved: Permissions;
  platform: string | null;
  request: Request | null;
};

/** The programs that knock with the key of a device. */
export const programsOf = (name: DeviceName): Program[] => PROGRAMS.filter((program) => DEVICE_OF[program] === name);
