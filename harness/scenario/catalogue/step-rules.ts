import { isDeepStrictEqual } from 'node:util';
import { rangeFault } from '../releases/range.ts';
import type { Expectation } from '../schema/expectation.ts';
import { idOfClientNamedBy, textsIn } from '../schema/placeholders.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { Step } from '../schema/step.ts';
import type { ValidationIssue } from './yaml-document.ts';

/** A rule about one step of a scenario. Gives its issues; each path begins at the step. */
type StepRule = (step: Step, scenario: Scenario) => ValidationIssue[];

/** The rules about one step that the schema cannot express. */
const STEP_RULES: readonly StepRule[] = [
  namesDeclaredClients,
  namesDeclaredDeviceOf,
  namesDeclaredClientsInParams,
  isNamedIfItExpects,
  hasSymptomOnlyBesideExpect,
  hasSymptomOnlyIfAffected,
  isHardenedOnlyBesideExpect,
  isHardenedInRange,
  isHardenedByRefusal,
  expectsSomething,
  expectsOneOutcome,
];

/** The issues of one step, in the order of the rules. `path` is that of the step in the document. */
export function stepIssues(scenario: Scenario, step: Step, path: (string | number)[]): ValidationIssue[] {
  return STEP_RULES.flatMap((rule) => rule(step, scenario)).map((issue) => ({
    ...issue,
    path: [...path, ...issue.path],
  }));
}

/** The keys of a step that name a client. */
const CLIENT_KEYS = ['as', 'of', 'closed', 'expired', 'overheardBy'] as const;

function namesDeclaredClients({ kind, body }: Step, { clients }: Scenario): ValidationIssue[] {
  const named: Record<string, unknown> = kind === 'together' ? {} : { ...body };
  return CLIENT_KEYS.flatMap((key): ValidationIssue[] => {
    const client = named[key];
    if (typeof client !== 'string' || client in clients) return [];
    const known = Object.keys(clients).join(', ') || 'none';
    const next = `Declare it under "clients"; declared are: ${known}.`;
    return [{ path: [kind, key], message: `unknown client "${client}"`, next }];
  });
}

function namesDeclaredDeviceOf(step: Step, { clients }: Scenario): ValidationIssue[] {
  const { deviceOf } = (step.kind === 'knock' ? step.body.claims : undefined) ?? {};
  if (deviceOf === undefined || deviceOf in clients) return [];
  const path = ['knock', 'claims', 'deviceOf'];
  return [{ path, message: `unknown client "${deviceOf}"`, next: 'Declare it under "clients".' }];
}

function namesDeclaredClientsInParams(step: Step, { clients }: Scenario): ValidationIssue[] {
  if (step.kind !== 'call') return [];
  return textsIn(step.body.params).flatMap((text): ValidationIssue[] => {
    const of = idOfClientNamedBy(text)?.of;
    if (of === undefined || of in clients) return [];
    const message = `unknown client "${of}" in "${text}"`;
    return [{ path: ['call', 'params'], message, next: 'Declare it under "clients".' }];
  });
}

function isNamedIfItExpects({ expect, name }: Step): ValidationIssue[] {
  if (expect === undefined || name !== undefined) return [];
  const message = 'a step that expects something needs a name';
  return [{ path: ['expect'], message, next: 'Add "name: …": it becomes the id of the check.' }];
}

function hasSymptomOnlyBesideExpect({ symptom, expect }: Step): ValidationIssue[] {
  if (symptom === undefined || expect !== undefined) return [];
  const message = 'a symptom without right behaviour';
  return [{ path: ['symptom'], message, next: 'Add "expect": the right behaviour of the same step.' }];
}

function hasSymptomOnlyIfAffected({ symptom }: Step, { affected }: Scenario): ValidationIssue[] {
  if (symptom === undefined || affected !== 'none') return [];
  const message = 'a symptom in a scenario that affects no release';
  return [{ path: ['symptom'], message, next: 'Name the affected releases under "affected", or remove the symptom.' }];
}

function isHardenedOnlyBesideExpect({ hardened, expect }: Step): ValidationIssue[] {
  if (hardened === undefined || expect !== undefined) return [];
  const message = '"hardened" without the right behaviour on other releases';
  return [{ path: ['hardened'], message, next: 'Add "expect".' }];
}

function isHardenedInRange({ hardened }: Step): ValidationIssue[] {
  const fault = hardened === undefined ? null : rangeFault(hardened.releases);
  return fault === null ? [] : [{ path: ['hardened', 'releases'], ...fault }];
}

function isHardenedByRefusal({ hardened, expect }: Step): ValidationIssue[] {
  if (hardened === undefined) return [];
  const stricter: Expectation = hardened.expect;
  const { refused, status } = stricter;
  const refuses = refused !== undefined || (status !== undefined && status >= 400);
  if (refuses || (expect !== undefined && saysAllOf(stricter, expect))) return [];
  const next =
    '"hardened" must expect a refusal, or all parts of "expect" and more: a release that admits more is not hardened.';
  return [{ path: ['hardened', 'expect'], message: 'hardened without a refusal', next }];
}

function expectsSomething(step: Step): ValidationIssue[] {
  return expectationsOf(step).flatMap(({ path, expectation }): ValidationIssue[] => {
    if (Object.values(expectation).some((part) => part !== undefined)) return [];
    const next = 'Name at least one part that the step must show.';
    return [{ path, message: 'the expectation is empty', next }];
  });
}

function expectsOneOutcome(step: Step): ValidationIssue[] {
  return expectationsOf(step).flatMap(({ path, expectation: { admitted, refused } }): ValidationIssue[] => {
    if (admitted === undefined || refused === undefined) return [];
    return [{ path, message: '"admitted" and "refused" in one expectation', next: 'Keep one of them.' }];
  });
}

/** The expectations of a step, each with its path in the step. */
function expectationsOf({ expect, hardened, symptom }: Step): { path: string[]; expectation: Expectation }[] {
  const sides: [string[], Expectation | undefined][] = [
    [['expect'], expect],
    [['hardened', 'expect'], hardened?.expect],
    [['symptom'], symptom],
  ];
  return sides.flatMap(([path, expectation]) => (expectation === undefined ? [] : [{ path, expectation }]));
}

/** Whether `more` has every part of `less`, with equal values. */
function saysAllOf(more: Expectation, less: Expectation): boolean {
  return isDeepStrictEqual({ ...more, ...less }, more);
}
