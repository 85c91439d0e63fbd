import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import { deviceOf } from './action.ts';
import { DECISION_PROPERTIES } from './decision-properties.ts';
import { DEVICE_OF, DEVICES, PROGRAMS } from './devices.ts';
import { KNOCK_PROPERTIES } from './knock-properties.ts';
import { type Breach, holdsIf, type SequenceProperty, type Step, unchanged } from './property.ts';
import { releasesWith } from './releases.ts';

/** Every property of a sequence, in the order of the report. If an action breaks several, the search reports the first. */
export const SEQUENCE_PROPERTIES: readonly SequenceProperty[] = [
  ...KNOCK_PROPERTIES,
  ...DECISION_PROPERTIES,
  {
    id: 'others-are-left-alone',
    statement: 'An operation on one device changes no record and no request of another device.',
    sources: [
      quoted(
        'docs/cli/devices.md',
        'Remove one paired device entry.',
        'The page says so of removal. It does not speak of other operations.',
      ),
    ],
    releases: EVERY_RELEASE,
    rule(step) {
      const on = deviceOf(step.action);
      if (on === null) return null;
      const isPairing = step.action.kind === 'knock' && step.action.from === 'loopback';
      const others = DEVICES.filter((name) => {
        if (name === on) return false;
        const mayGo =
          isPairing && step.release.has('silent-pairings-are-retired') && !step.before.devices[name].byOperator;
        return !(mayGo && step.seen.list[name].rights === null);
      });
      return unchanged(step, others, true);
    },
  },
  {
    id: 'others-stay-connected',
    statement: 'An operation on one device ends no session of another device.',
    sources: [
      quoted(
        'docs/gateway/pairing.md',
        "invalidates/disconnects that device's node-role sessions",
        'The page says whose sessions end. It does not say that others go on.',
      ),
    ],
    releases: EVERY_RELEASE,
    rule({ before, action, seen }) {
      const on = deviceOf(action);
      const others = PROGRAMS.filter(
        (program) => DEVICE_OF[program] !== on && before.sessions[program]?.settled === true,
      );
      if (on === null || others.length === 0) return null;
      const cut = others.filter((program) => !seen.open.has(program));
      return holdsIf(cut.length === 0, () => ({
        expected: `the session of ${others.join(' and ')} to stay open`,
        seen: `the session of ${cut.join(' and ')} has ended`,
      }));
    },
  },
  {
    id: 'minting-pairs-nobody',
    statement: 'Issuing a setup code changes no pairing record and no request.',
    sources: [
      quoted(
        'docs/gateway/pairing.md',
        'The bootstrap token and resulting device credential are separate',
        'The page keeps the code and the pairing apart. It does not say that issuing one changes nothing.',
      ),
    ],
    releases: releasesWith('setup-codes'),
    rule: (step) => (step.action.kind === 'mint' ? unchanged(step, DEVICES, true) : null),
  },
  {
    id: 'restart-keeps-the-lists',
    statement: 'A restart of the gateway changes no pairing record and no request.',
    sources: [
      quoted(
        'docs/gateway/pairing.md',
        'Pairing state lives on the paired device records in the shared SQLite',
        'The page says where the state lies. It does not speak of restarts.',
      ),
    ],
    releases: EVERY_RELEASE,
    rule: (step) => (step.action.kind === 'restart' ? unchanged(step, DEVICES, true) : null),
  },
];

/** A property that applied to an action; `breach` is null if it held. */
export type Ruling = { property: SequenceProperty; breach: Breach | null };

/** Checks every property that applies to this step. */
export function ruleOn(step: Step): Ruling[] {
  return SEQUENCE_PROPERTIES.flatMap((property) => {
    const found = property.rule(step);
    return found === null ? [] : [{ property, breach: found === 'holds' ? null : found }];
  });
}
