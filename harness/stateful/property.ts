import type { Sources } from '../scenario/documentation.ts';
import { type Action, deviceOf, type KnockAction, type Seen } from './action.ts';
import { DEVICE_OF, type DeviceName } from './devices.ts';
import { describePermissions, exceeding, NONE, type Permissions, withImplied } from './permissions.ts';
import type { Fact, Release } from './releases.ts';
import type { Device, State } from './state.ts';

/** A deed, with what the model knew before it and what was seen of it. */
export type Step = { before: State; action: Action; seen: Seen; release: Release };

/** What should have been, and what was. */
export type Breach = { expected: string; seen: string };

/** What a reviewer reads of a property. */
type About = {
  name: string;
  statement: string;
  /** Where a reviewer looks it up. */
  sources: Sources;
  /** What a release has to know before anything can come up that this is about. */
  needs?: Fact;
};

/** Something that must hold of every deed on every release. */
export type Property = About & {
  /** null where the property is not about this deed, 'holds', or how it is broken. */
  of(step: Step): Breach | 'holds' | null;
};

/** Holds where it does; else gives the breach. */
export const holdsIf = (holds: boolean, breach: () => Breach): Breach | 'holds' => (holds ? 'holds' : breach());

/** Holds where the record of the device that the deed is about names nothing beyond these rights. */
export function givesNoMoreThan(step: Step, name: DeviceName, may: Permissions): Breach | 'holds' {
  return holdsIf(exceeding(step.seen.list[name].rights ?? NONE, may).size === 0, () => ({
    expected: `the record of ${name} to name ${describePermissions(may)} at most`,
    seen: `it names ${describePermissions(step.seen.list[name].rights ?? NONE)}`,
  }));
}

/** A property about knocks alone. */
export function ofKnocks(
  about: About,
  of: (step: Step, knock: KnockAction, device: Device) => Breach | 'holds' | null,
): Property {
  return {
    ...about,
    of: (step) =>
      step.action.kind === 'knock' ? of(step, step.action, step.before.devices[DEVICE_OF[step.action.by]]) : null,
  };
}

/** A property about decisions of these kinds. */
export function ofDecisions(
  kinds: readonly Action['kind'][],
  about: About,
  of: (step: Step, on: DeviceName, device: Device) => Breach | 'holds' | null,
): Property {
  return {
    ...about,
    of(step) {
      const on = deviceOf(step.action);
      return on === null || !kinds.includes(step.action.kind) ? null : of(step, on, step.before.devices[on]);
    },
  };
}

/** How the gateway met a knock, in words. */
export const sayMet = ({ met }: Seen): string => {
  if (met?.kind === 'admitted') return `let in as ${describePermissions(met.rights)}`;
  return met?.kind === 'refused' ? `refused: ${met.cause}` : (met?.text ?? 'nothing');
};

/** Where the same is on the list of a device before and after: its record, or the whole of it. */
function isUnchanged({ before, seen }: Step, name: DeviceName, withRequest: boolean): boolean {
  const [was, is] = [before.devices[name].list, seen.list[name]];
  const sameRights =
    (was.rights === null) === (is.rights === null) &&
    withImplied(was.rights ?? NONE).symmetricDifference(withImplied(is.rights ?? NONE)).size === 0;
  return sameRights && was.platform === is.platform && (!withRequest || was.request?.id === is.request?.id);
}

/** What the list says of a device, in words. */
export const sayEntry = ({ rights, platform, request }: Seen['list'][DeviceName]): string =>
  `${rights === null ? 'not paired' : `paired for ${describePermissions(rights)} on ${platform ?? 'no platform'}`}, ` +
  (request === null ? 'no request' : `a request for ${describePermissions(request.rights)}`);

/** Holds where the list says the same of each of these devices as before: of its record, and of its request where that is asked for. */
export function unchanged(step: Step, names: readonly DeviceName[], withRequest: boolean): Breach | 'holds' {
  const changed = names.find((name) => !isUnchanged(step, name, withRequest));
  return changed === undefined
    ? 'holds'
    : {
        expected: `${changed} as it was: ${sayEntry(step.before.devices[changed].list)}`,
        seen: sayEntry(step.seen.list[changed]),
      };
}
