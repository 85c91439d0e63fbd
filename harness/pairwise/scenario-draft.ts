import { stringify } from 'yaml';
import { saySources } from '../properties/documentation.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import { type Step, type StepOf, writtenStep } from '../scenario/schema/step.ts';
import { cellScenarioOf, PROBES, shortIdOf } from './cell.ts';
import type { Violation } from './fuzz.ts';

/** A scenario as YAML text; `id` is its path below `scenarios/`, without the extension. */
export type Draft = { id: string; text: string };

const HEAD = `# yaml-language-server: $schema=../scenario.schema.json
# A draft, made from a knock that violates a property. Read SECURITY.md before you show it to another person: the violation may be
# unpublished. Put the report, or the advisory, under "reported" before you commit it.
`;

/** The observation, written as a symptom. */
function symptomOf({ outcome, pairing }: Observation): NonNullable<StepOf<'knock'>['symptom']> {
  const list = pairing === undefined ? {} : { pairing };
  if (outcome?.kind === 'admitted') return { admitted: { role: outcome.role, scopes: [...outcome.scopes] }, ...list };
  if (outcome?.kind === 'refused' && outcome.cause !== 'unstated')
    return { refused: { at: outcome.at, code: outcome.code, cause: outcome.cause }, ...list };
  return list;
}

/** The control: a client with another key that waits, and is admitted once it is approved. A gateway that refuses every client fails it. */
const CONTROL: Step[] = [
  {
    kind: 'knock',
    body: { as: 'stranger', from: 'lan' },
    name: 'stranger-waits',
    expect: { refused: { at: 'handshake', code: 1008, cause: 'pairing-required' }, pairing: 'pending' },
  },
  { kind: 'approve', body: { of: 'stranger', request: 'current' } },
  {
    kind: 'knock',
    body: { as: 'stranger', from: 'lan' },
    name: 'stranger-is-in',
    expect: { admitted: { scopes: ['operator.read'] }, pairing: 'unchanged' },
  },
];

/**
 * Writes a violation that fuzzing found on a release as a scenario that loads: the steps before it, the probe that violates the property with
 * its observation as the symptom, and a control. null if the right behaviour is not a refusal, because then a person must write what it is.
 */
export function draftOf({ probe, property, breach }: Violation, version: string): Draft | null {
  if (property.instead === null) return null;
  const { scenario, before } = cellScenarioOf(probe.cell, probe.free);
  const earlierProbes = PROBES.indexOf(breach.probe);
  const steps = scenario.steps.slice(0, before + earlierProbes + 1).map((step, index): Step => {
    // The last step is the probe that violates the property; every probe is a knock.
    if (index < before + earlierProbes || step.kind !== 'knock') return { ...step, name: undefined };
    return {
      ...step,
      name: 'what-breaks-it',
      because: property.statement,
      control: 'stranger-is-in',
      expect: { refused: { at: 'handshake', code: 1008, cause: property.instead ?? 'pairing-required' } },
      symptom: symptomOf(breach.record.observation),
    };
  });
  const id = `identity/found-${shortIdOf(probe.cell)}`;
  const draft = {
    id,
    title: property.statement,
    why: `Found by fuzzing, and shrunk to a minimal knock. The property is taken from: ${saySources(property.sources)}`,
    class: 'identity',
    level: 'must',
    blocker: true,
    reported: ['openclaw/openclaw#0'],
    affected: `=${version}`,
    clients: { ...scenario.clients, stranger: { kind: 'cli', scopes: ['operator.read'] } },
    steps: steps.map(writtenStep),
    boundary: CONTROL.map(writtenStep),
  };
  return { id, text: `${HEAD}${stringify(draft, { lineWidth: 140 })}` };
}
