import type { Property } from '../properties/property.ts';
import { type Action, deviceOf, type KnockAction, type Seen } from './action.ts';
import { DEVICE_OF, type DeviceName } from './devices.ts';
import { describePermissions, exceeding, NONE, type Permissions, withImplied } from './permissions.ts';
import type { Release } from './releases.ts';
import type { Device, State } from './state.ts';

/** An action, the state of the model before it, and its observation. */
export type Step = { before: State; action: Action; seen: Seen; release: Release };

/** How a property is broken: the expected behaviour and the observed one, in words. */
export type Breach = { expected: string; seen: string };

/** A statement that must hold for every action. */
export type SequenceProperty = Property & {
  /** null if the property does not apply to the action; else 'holds', or how it is broken. */
  rule(step: Step): Breach | 'holds' | null;
};

/** 'holds' if `holds` is true; else the breach. */
export const holdsIf = (holds: boolean, breach: () => Breach): Breach | 'holds' => (holds ? 'holds' : breach());

/** 'holds' if the pairing record of the device after the action names nothing beyond the permissions `may`. */
export function givesNoMoreThan(step: Step, name: DeviceName, may: Permissions): Breach | 'holds' {
  return holdsIf(exceeding(step.seen.list[name].rights ?? NONE, may).size === 0, () => ({
    expected: `the record of ${name} to name ${describePermissions(may)} at most`,
    seen: `it names ${describePermissions(step.seen.list[name].rights ?? NONE)}`,
  }));
}

/** A property that applies to knocks only. */
export function ofKnocks(
  stated: Property,
  rule: (step: Step, knock: KnockAction, device: Device) => Breach | 'holds' | null,
): SequenceProperty {
  return {
    ...stated,
    rule: (step) =>
      step.action.kind === 'knock' ? rule(step, step.action, step.before.devices[DEVICE_OF[step.action.by]]) : null,
  };
}

/** A property that applies to decisions of these kinds only. */
export function ofDecisions(
  kinds: readonly Action['kind'][],
  stated: Property,
  rule: (step: Step, on: DeviceName, device: Device) => Breach | 'holds' | null,
): SequenceProperty {
  return {
    ...stated,
    rule(step) {
      const on = deviceOf(step.action);
      return on === null || !kinds.includes(step.action.kind) ? null : rule(step, on, step.before.devices[on]);
    },
  };
}

/** The outcome of a knock, in words. */
export const describeKnockOutcome = ({ met }: Seen): string => {
  if (met?.kind === 'admitted') return `admitted as ${describePermissions(met.rights)}`;
  return met?.kind === 'refused' ? `refused: ${met.cause}` : (met?.text ?? 'nothing');
};

/** Whether the pairing list has the same record of a device before and after the step and, if `withRequest`, the same request id. */
function isUnchanged({ before, seen }: Step, name: DeviceName, withRequest: boolean): boolean {
  const [was, is] = [before.devices[name].list, seen.list[name]];
  const sameRights =
    (was.rights === null) === (is.rights === null) &&
    withImplied(was.rights ?? NONE).symmetricDifference(withImplied(is.rights ?? NONE)).size === 0;
  return sameRights && was.platform === is.platform && (!withRequest || was.request?.id === is.request?.id);
}

/** The entry of a device in the pairing list, in words. */
export const describeEntry = ({ rights, platform, request }: Seen['list'][DeviceName]): string =>
  `${rights === null ? 'not paired' : `paired for ${describePermissions(rights)} on ${platform ?? 'no platform'}`}, ` +
  (request === null ? 'no request' : `a request for ${describePermissions(request.rights)}`);

/** 'holds' if the pairing list has the same record of each of these devices as before and, if `withRequest`, the same request. */
export function unchanged(step: Step, names: readonly DeviceName[], withRequest: boolean): Breach | 'holds' {
  const changed = names.find((name) => !isUnchanged(step, name, withRequest));
  return changed === undefined
    ? 'holds'
    : {
        expected: `${changed} unchanged: ${describeEntry(step.before.devices[changed].list)}`,
        seen: describeEntry(step.seen.list[changed]),
      };
}
