import { PAIRING } from '../scenario/documentation.ts';
import { DECISION_PROPERTIES } from './decision-properties.ts';
import { deviceOf } from './deed.ts';
import { DEVICE_OF, DEVICES, PROGRAMS } from './devices.ts';
import { KNOCK_PROPERTIES } from './knock-properties.ts';
import { type Breach, holdsIf, type Property, type Step, unchanged } from './property.ts';

/** What must hold, in the order in which it is told. Where a deed breaks several, the first is the one that is named. */
export const SEQUENCE_PROPERTIES: readonly Property[] = [
  ...KNOCK_PROPERTIES,
  ...DECISION_PROPERTIES,
  {
    name: 'others-are-left-alone',
    statement: 'What is done about one device changes nothing of another.',
    source: PAIRING,
    of(step) {
      const on = deviceOf(step.deed);
      if (on === null) return null;
      const isPairing = step.deed.kind === 'knock' && step.deed.from === 'loopback';
      const others = DEVICES.filter((name) => {
        if (name === on) return false;
        const mayGo = isPairing && step.release.has('retiresSilentPairings') && !step.before.devices[name].byOperator;
        return !(mayGo && step.seen.list[name].rights === null);
      });
      return unchanged(step, others, true);
    },
  },
  {
    name: 'others-stay-connected',
    statement: 'What is done about one device ends the session of no other.',
    source: PAIRING,
    of({ before, deed, seen }) {
      const on = deviceOf(deed);
      const others = PROGRAMS.filter(
        (program) => DEVICE_OF[program] !== on && before.sessions[program]?.settled === true,
      );
      if (on === null || others.length === 0) return null;
      const cut = others.filter((program) => !seen.open.has(program));
      return holdsIf(cut.length === 0, () => ({
        expected: `the session of ${others.join(' and ')} to go on`,
        seen: `that of ${cut.join(' and ')} has ended`,
      }));
    },
  },
  {
    name: 'minting-pairs-nobody',
    statement: 'A setup code that nobody showed changes nothing of the lists.',
    source: `${PAIRING}: setup codes`,
    needs: 'setupCodesAdmit',
    of: (step) => (step.deed.kind === 'mint' ? unchanged(step, DEVICES, true) : null),
  },
  {
    name: 'restart-keeps-the-lists',
    statement: 'A restart changes nothing of the lists.',
    source: PAIRING,
    of: (step) => (step.deed.kind === 'restart' ? unchanged(step, DEVICES, true) : null),
  },
];

/** A property that was held against a deed, with how it is broken; null where it holds. */
export type Ruling = { property: Property; breach: Breach | null };

/** Holds every property that is about this deed against it. */
export function ruleOn(step: Step): Ruling[] {
  return SEQUENCE_PROPERTIES.flatMap((property) => {
    const found = property.of(step);
    return found === null ? [] : [{ property, breach: found === 'holds' ? null : found }];
  });
}
