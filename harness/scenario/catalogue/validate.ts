import { rangeFault } from '../releases/range.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { Step } from '../schema/step.ts';
import { type CheckDeclaration, checksOf, clientOf, controlOf, everyStepOf, placedSteps } from './checks.ts';
import { stepIssues } from './step-rules.ts';
import type { ValidationIssue } from './yaml-document.ts';

/** A rule about a scenario, with its checks. Gives its issues. */
type ScenarioRule = (scenario: Scenario, checks: readonly CheckDeclaration[]) => ValidationIssue[];

/** The rules about a scenario that the schema cannot express. */
const SCENARIO_RULES: readonly ScenarioRule[] = [
  hasIdOfItsClass,
  namesReadableRanges,
  hasValidSteps,
  opensBrowsersOnOneMachine,
  namesEachCheckOnce,
  controlsEachRefusal,
  checksEachPart,
  checksEachWorkaround,
  hasSymptomIfAffected,
];

/**
 * Checks the rules that the schema cannot express. Takes a scenario of valid shape, and the id that its file name implies (null for a
 * file outside of the catalogue). Returns every issue, each with its path in the document; an empty list for a sound scenario.
 */
export function validate(scenario: Scenario, impliedId: string | null): ValidationIssue[] {
  const checks = checksOf(scenario);
  return [...hasIdOfItsFile(scenario, impliedId), ...SCENARIO_RULES.flatMap((rule) => rule(scenario, checks))];
}

function hasIdOfItsFile({ id }: Scenario, impliedId: string | null): ValidationIssue[] {
  if (impliedId === null || id === impliedId) return [];
  const message = `the id is "${id}", but the file implies "${impliedId}"`;
  return [{ path: ['id'], message, next: 'The id must be folder/file-name: correct the id, or move the file.' }];
}

function hasIdOfItsClass(scenario: Scenario): ValidationIssue[] {
  const [folder] = scenario.id.split('/');
  if (folder === scenario.class) return [];
  const message = `the class is "${scenario.class}", but the id begins with "${folder}"`;
  return [{ path: ['class'], message, next: 'The id must be class/name: correct the class or the id.' }];
}

function namesReadableRanges({ affected, applies, workarounds }: Scenario): ValidationIssue[] {
  const ranges: [(string | number)[], string | undefined][] = [
    [['affected'], affected],
    [['applies'], applies?.releases],
    ...workarounds.map(({ releases }, index): [(string | number)[], string | undefined] => [
      ['workarounds', index, 'releases'],
      releases,
    ]),
  ];
  return ranges.flatMap(([path, range]) => {
    const fault = range === undefined ? null : rangeFault(range);
    return fault === null ? [] : [{ path, ...fault }];
  });
}

function hasValidSteps(scenario: Scenario): ValidationIssue[] {
  const parts: [Step[], (string | number)[]][] = [
    [scenario.steps, ['steps']],
    [scenario.boundary, ['boundary']],
    ...scenario.workarounds.map((workaround, index): [Step[], (string | number)[]] => [
      workaround.steps,
      ['workarounds', index, 'steps'],
    ]),
  ];
  return parts
    .flatMap(([steps, base]) => placedSteps(steps, base))
    .flatMap(({ step, path }) => stepIssues(scenario, step, path));
}

function opensBrowsersOnOneMachine(scenario: Scenario): ValidationIssue[] {
  const visits = everyStepOf(scenario).flatMap((step) => (step.kind === 'browser' ? [step.body] : []));
  return Object.keys(scenario.clients).flatMap((name): ValidationIssue[] => {
    const isLocal = visits.filter(({ as }) => as === name).map(({ from }) => from === 'loopback');
    if (!isLocal.includes(true) || !isLocal.includes(false)) return [];
    const message = `client "${name}" opens a browser on the gateway's machine and on another machine`;
    const next = 'A browser profile belongs to one machine: declare one client for each machine.';
    return [{ path: ['clients', name], message, next }];
  });
}

function namesEachCheckOnce(_scenario: Scenario, checks: readonly CheckDeclaration[]): ValidationIssue[] {
  return checks.flatMap(({ id, name, path }, index): ValidationIssue[] => {
    if (!checks.slice(0, index).some((earlier) => earlier.id === id)) return [];
    const message = `two checks have the name "${name}"`;
    return [{ path: [...path, 'name'], message, next: 'A check id must be unique: rename one of them.' }];
  });
}

function controlsEachRefusal(_scenario: Scenario, checks: readonly CheckDeclaration[]): ValidationIssue[] {
  const hardened = checks.map(hardenedOf);
  return checks.flatMap((check): ValidationIssue[] => {
    if (!isLonely(check, checks) && !isLonely(hardenedOf(check), hardened)) return [];
    const client = clientOf(check.step) ?? 'this client';
    const side = check.expect.refused === undefined ? ['hardened', 'expect'] : ['expect'];
    const next = `Add a check in which "${client}", or a client from the same vantage, is admitted; or name such a check with "control".`;
    return [{ path: [...check.path, ...side, 'refused'], message: 'an expected refusal without a control', next }];
  });
}

function checksEachPart(_scenario: Scenario, checks: readonly CheckDeclaration[]): ValidationIssue[] {
  const parts = ['steps', 'boundary'] as const;
  return parts.flatMap((part): ValidationIssue[] => {
    if (checks.some((check) => check.part === part)) return [];
    const message = `no step under "${part}" has an expectation`;
    const next = 'Add "name" and "expect" to one of its steps: a part without a check proves nothing.';
    return [{ path: [part], message, next }];
  });
}

function checksEachWorkaround({ workarounds }: Scenario, checks: readonly CheckDeclaration[]): ValidationIssue[] {
  return workarounds.flatMap((workaround, index): ValidationIssue[] => {
    if (checks.some((check) => check.workaround === workaround)) return [];
    const message = `no step of the workaround "${workaround.name}" has an expectation`;
    const next = 'Add "name" and "expect" to a step that shows the effect of the workaround.';
    return [{ path: ['workarounds', index], message, next }];
  });
}

function hasSymptomIfAffected({ affected }: Scenario, checks: readonly CheckDeclaration[]): ValidationIssue[] {
  if (affected === 'none' || checks.some((check) => check.step.symptom !== undefined)) return [];
  const message = '"affected" names releases, but no step has a symptom';
  return [{ path: ['affected'], message, next: 'Add "symptom": exactly what users saw on those releases.' }];
}

/** The check with its hardened expectation where it has one: the check on a release in every `hardened` range. */
function hardenedOf(check: CheckDeclaration): CheckDeclaration {
  return { ...check, expect: check.step.hardened?.expect ?? check.expect };
}

/**
 * Whether the check expects a refusal and has no control `among` these checks. A gateway that refuses every client would pass such a check.
 */
function isLonely(check: CheckDeclaration, among: readonly CheckDeclaration[]): boolean {
  return check.expect.refused !== undefined && controlOf(check, among) === null;
}
