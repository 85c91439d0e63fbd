import type { Permissions } from './permissions.ts';

/** The devices of the model, each with one key, and the programs that knock with these keys: two programs share one key. */
export const DEVICES = ['phone', 'laptop'] as const;
export type DeviceName = (typeof DEVICES)[number];
export const PROGRAMS = ['phone', 'phone-too', 'laptop'] as const;
export type Program = (typeof PROGRAMS)[number];
export const DEVICE_OF: Readonly<Record<Program, DeviceName>> = {
  phone: 'phone',
  'phone-too': 'phone',
  laptop: 'laptop',
};

/** The machine that a program reports in its connect params. */
export type Machine = { platform: string; deviceFamily: string };

/** A pending request, as the pairing list shows it. */
export type Request = { id: string; rights: Permissions };

/** The entry of a device in the pairing list. */
export type Entry = {
  /** Every role and scope that its record names, with those of tokens that are not revoked. null: not paired. */
  rights: Permissions | null;
  /** The part of `rights` that is approved. */
  approved: Permissions;
  platform: string | null;
  request: Request | null;
};

/** The programs that knock with the key of a device. */
export const programsOf = (name: DeviceName): Program[] => PROGRAMS.filter((program) => DEVICE_OF[program] === name);
