import { isDeepStrictEqual } from 'node:util';
import { type CheckDeclaration, checksOf, clientOf, controlOf, everyStepOf, placedSteps } from './checks.ts';
import type { Expectation } from './expectation.ts';
import { idOfClientNamedBy, textsIn } from './placeholders.ts';
import { rangeFault } from './range.ts';
import type { Scenario } from './scenario.ts';
import type { Step } from './step.ts';
import type { ValidationIssue } from './yaml-document.ts';

/** Whether `more` has every part of `less`, with equal values. */
function saysAllOf(more: Expectation, less: Expectation): boolean {
  return isDeepStrictEqual({ ...more, ...less }, more);
}

function stepComplaints(scenario: Scenario, step: Step, path: (string | number)[]): ValidationIssue[] {
  const complaints: ValidationIssue[] = [];
  const complain = (at: (string | number)[], message: string, next: string): void => {
    complaints.push({ path: [...path, ...at], message, next });
  };
  const { kind } = step;
  const named: Record<string, unknown> = kind === 'together' ? {} : step.body;
  for (const key of ['as', 'of', 'closed', 'expired', 'overheardBy']) {
    const client = named[key];
    if (typeof client === 'string' && !(client in scenario.clients)) {
      const known = Object.keys(scenario.clients).join(', ') || 'none';
      complain([kind, key], `unknown client "${client}"`, `Declare it under "clients"; declared are: ${known}.`);
    }
  }
  const { deviceOf } = (kind === 'knock' ? step.body.claims : undefined) ?? {};
  if (deviceOf !== undefined && !(deviceOf in scenario.clients)) {
    complain(['knock', 'claims', 'deviceOf'], `unknown client "${deviceOf}"`, 'Declare it under "clients".');
  }
  if (kind === 'call') {
    for (const text of textsIn(step.body.params)) {
      const of = idOfClientNamedBy(text)?.of;
      if (of !== undefined && !(of in scenario.clients)) {
        complain(['call', 'params'], `unknown client "${of}" in "${text}"`, 'Declare it under "clients".');
      }
    }
  }
  if (step.expect !== undefined && step.name === undefined) {
    complain(
      ['expect'],
      'a step that expects something needs a name',
      'Add "name: …": it becomes the id of the check.',
    );
  }
  if (step.symptom !== undefined && step.expect === undefined) {
    complain(['symptom'], 'a symptom without right behaviour', 'Add "expect": the right behaviour of the same step.');
  }
  if (step.symptom !== undefined && scenario.affected === 'none') {
    complain(
      ['symptom'],
      'a symptom in a scenario that affects no release',
      'Name the affected releases under "affected", or remove the symptom.',
    );
  }
  if (step.hardened !== undefined) {
    if (step.expect === undefined) {
      complain(['hardened'], '"hardened" without the right behaviour on other releases', 'Add "expect".');
    }
    const fault = rangeFault(step.hardened.releases);
    if (fault !== null) complain(['hardened', 'releases'], fault.message, fault.next);
    const stricter: Expectation = step.hardened.expect;
    const { refused, status } = stricter;
    const refuses = refused !== undefined || (status !== undefined && status >= 400);
    if (!refuses && (step.expect === undefined || !saysAllOf(stricter, step.expect))) {
      complain(
        ['hardened', 'expect'],
        'hardened without a refusal',
        '"hardened" must expect a refusal, or all parts of "expect" and more: a release that admits more is not hardened.',
      );
    }
  }
  const sides: [string[], Expectation | undefined][] = [
    [['expect'], step.expect],
    [['hardened', 'expect'], step.hardened?.expect],
    [['symptom'], step.symptom],
  ];
  for (const [side, given] of sides) {
    if (given === undefined) continue;
    const says = Object.values(given).some((part) => part !== undefined);
    if (!says) complain(side, 'the expectation is empty', 'Name at least one part that the step must show.');
    if (given.admitted !== undefined && given.refused !== undefined) {
      complain(side, '"admitted" and "refused" in one expectation', 'Keep one of them.');
    }
  }
  return complaints;
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

/**
 * Checks the rules that the schema cannot express. Takes a scenario of valid shape, and the id that its file name implies (null for a
 * file outside of the catalogue). Returns every issue, each with its path in the document; an empty list for a sound scenario.
 */
export function validate(scenario: Scenario, impliedId: string | null): ValidationIssue[] {
  const complaints: ValidationIssue[] = [];
  if (impliedId !== null && scenario.id !== impliedId) {
    complaints.push({
      path: ['id'],
      message: `the id is "${scenario.id}", but the file implies "${impliedId}"`,
      next: 'The id must be folder/file-name: correct the id, or move the file.',
    });
  }
  if (scenario.id.split('/')[0] !== scenario.class) {
    complaints.push({
      path: ['class'],
      message: `the class is "${scenario.class}", but the id begins with "${scenario.id.split('/')[0]}"`,
      next: 'The id must be class/name: correct the class or the id.',
    });
  }
  const ranges: [(string | number)[], string | undefined][] = [
    [['affected'], scenario.affected],
    [['applies'], scenario.applies?.releases],
    ...scenario.workarounds.map(({ releases }, index): [(string | number)[], string | undefined] => [
      ['workarounds', index, 'releases'],
      releases,
    ]),
  ];
  for (const [path, range] of ranges) {
    const fault = range === undefined ? null : rangeFault(range);
    if (fault !== null) complaints.push({ path, ...fault });
  }
  const parts: [Step[], (string | number)[]][] = [
    [scenario.steps, ['steps']],
    [scenario.boundary, ['boundary']],
    ...scenario.workarounds.map((workaround, index): [Step[], (string | number)[]] => [
      workaround.steps,
      ['workarounds', index, 'steps'],
    ]),
  ];
  for (const [steps, base] of parts) {
    for (const { step, path } of placedSteps(steps, base)) complaints.push(...stepComplaints(scenario, step, path));
  }
  for (const name of Object.keys(scenario.clients)) {
    const visits = everyStepOf(scenario).flatMap((step) => (step.kind === 'browser' ? [step.body] : []));
    const places = visits.filter(({ as }) => as === name).map(({ from }) => from === 'loopback');
    if (places.includes(true) && places.includes(false)) {
      complaints.push({
        path: ['clients', name],
        message: `client "${name}" opens a browser on the gateway's machine and on another machine`,
        next: 'A browser profile belongs to one machine: declare one client for each machine.',
      });
    }
  }
  const checks = checksOf(scenario);
  for (const check of checks) {
    const double = checks.find(
      (other) => other !== check && other.id === check.id && checks.indexOf(other) < checks.indexOf(check),
    );
    if (double !== undefined) {
      complaints.push({
        path: [...check.path, 'name'],
        message: `two checks have the name "${check.name}"`,
        next: 'A check id must be unique: rename one of them.',
      });
    }
    if (isLonely(check, checks) || isLonely(hardenedOf(check), checks.map(hardenedOf))) {
      const client = clientOf(check.step) ?? 'this client';
      const side = check.expect.refused === undefined ? ['hardened', 'expect'] : ['expect'];
      complaints.push({
        path: [...check.path, ...side, 'refused'],
        message: 'an expected refusal without a control',
        next: `Add a check in which "${client}", or a client from the same vantage, is admitted; or name such a check with "control".`,
      });
    }
  }
  for (const part of ['steps', 'boundary'] as const) {
    if (!checks.some((check) => check.part === part)) {
      complaints.push({
        path: [part],
        message: `no step under "${part}" has an expectation`,
        next: 'Add "name" and "expect" to one of its steps: a part without a check proves nothing.',
      });
    }
  }
  for (const [index, workaround] of scenario.workarounds.entries()) {
    if (checks.some((check) => check.workaround === workaround)) continue;
    complaints.push({
      path: ['workarounds', index],
      message: `no step of the workaround "${workaround.name}" has an expectation`,
      next: 'Add "name" and "expect" to a step that shows the effect of the workaround.',
    });
  }
  if (scenario.affected !== 'none' && !checks.some((check) => check.step.symptom !== undefined)) {
    complaints.push({
      path: ['affected'],
      message: '"affected" names releases, but no step has a symptom',
      next: 'Add "symptom": exactly what users saw on those releases.',
    });
  }
  return complaints;
}
