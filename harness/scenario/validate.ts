import { isDeepStrictEqual } from 'node:util';
import { type CheckDeclaration, checksOf, clientOf, controlOf, everyStepOf, placedSteps } from './checks.ts';
import type { Expectation } from './expectation.ts';
import { idOfClientNamedBy, textsIn } from './placeholders.ts';
import { rangeFault } from './range.ts';
import type { Scenario } from './scenario.ts';
import type { Step } from './step.ts';
import type { ValidationIssue } from './yaml-document.ts';

/** Whether an expectation has every part of another, each the same. */
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
    complain(['symptom'], 'a symptom without right behaviour beside it', 'Add "expect".');
  }
  if (step.symptom !== undefined && scenario.affected === 'none') {
    complain(
      ['symptom'],
      'a symptom in a scenario that affects no release',
      'Name the releases under "affected", or take the symptom out.',
    );
  }
  if (step.hardened !== undefined) {
    if (step.expect === undefined) {
      complain(['hardened'], 'a hardened refusal without what is right elsewhere beside it', 'Add "expect".');
    }
    const fault = rangeFault(step.hardened.range);
    if (fault !== null) complain(['hardened', 'range'], fault.message, fault.next);
    const stricter: Expectation = step.hardened.expect;
    const { refused, status } = stricter;
    const refuses = refused !== undefined || (status !== undefined && status >= 400);
    if (!refuses && (step.expect === undefined || !saysAllOf(stricter, step.expect))) {
      complain(
        ['hardened', 'expect'],
        'hardened without a refusal',
        'Only a refusal, or the same and more, may stand in for "expect": a later release that opens up is no hardening.',
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
    if (!says) complain(side, 'it expects nothing', 'Say at least one thing that must be seen.');
    if (given.admitted !== undefined && given.refused !== undefined) {
      complain(side, 'admitted and refused at once', 'Keep one.');
    }
  }
  return complaints;
}

/** The check as it is on releases that have hardened all they may. */
function hardenedOf(check: CheckDeclaration): CheckDeclaration {
  return { ...check, expect: check.step.hardened?.expect ?? check.expect };
}

/** Whether it is a refusal that nothing among these checks shows to be a decision: there, a gateway that refuses everyone would pass. */
function isLonely(check: CheckDeclaration, among: readonly CheckDeclaration[]): boolean {
  return check.expect.refused !== undefined && controlOf(check, among) === null;
}

/**
 * What a scenario must say beyond its shape. Takes a valid shape, and the id that its file name implies or null where it lies outside of
 * the catalogue; gives every complaint at once.
 */
export function validate(scenario: Scenario, impliedId: string | null): ValidationIssue[] {
  const complaints: ValidationIssue[] = [];
  if (impliedId !== null && scenario.id !== impliedId) {
    complaints.push({
      path: ['id'],
      message: `id "${scenario.id}" in the file of "${impliedId}"`,
      next: 'The id is folder/file-name.',
    });
  }
  if (scenario.id.split('/')[0] !== scenario.class) {
    complaints.push({
      path: ['class'],
      message: `class "${scenario.class}", and an id that begins with "${scenario.id.split('/')[0]}"`,
      next: 'The id is class/name.',
    });
  }
  const ranges: [(string | number)[], string | undefined][] = [
    [['affected'], scenario.affected],
    [['applies'], scenario.applies?.range],
    ...scenario.remedies.map(({ range }, index): [(string | number)[], string | undefined] => [
      ['remedies', index, 'range'],
      range,
    ]),
  ];
  for (const [path, range] of ranges) {
    const fault = range === undefined ? null : rangeFault(range);
    if (fault !== null) complaints.push({ path, ...fault });
  }
  const parts: [Step[], (string | number)[]][] = [
    [scenario.steps, ['steps']],
    [scenario.boundary, ['boundary']],
    ...scenario.remedies.map((remedy, index): [Step[], (string | number)[]] => [
      remedy.steps,
      ['remedies', index, 'steps'],
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
        message: `"${name}" browses on the gateway's machine and on another`,
        next: 'A browser and its profile stay on one machine: declare a client for each.',
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
        message: `a second check called "${check.name}"`,
        next: 'Ids are stable and unique: rename one.',
      });
    }
    if (isLonely(check, checks) || isLonely(hardenedOf(check), checks.map(hardenedOf))) {
      const client = clientOf(check.step) ?? 'this client';
      const side = check.expect.refused === undefined ? ['hardened', 'expect'] : ['expect'];
      complaints.push({
        path: [...check.path, ...side, 'refused'],
        message: 'a refusal without its control',
        next: `Add a knock by "${client}", or one from the same vantage, that is admitted; or name one with "control".`,
      });
    }
  }
  for (const part of ['steps', 'boundary'] as const) {
    if (!checks.some((check) => check.part === part)) {
      complaints.push({
        path: [part],
        message: `no step under "${part}" expects anything`,
        next: 'Add "name" and "expect" to one of them: a part without a check proves nothing.',
      });
    }
  }
  for (const [index, remedy] of scenario.remedies.entries()) {
    if (checks.some((check) => check.remedy === remedy)) continue;
    complaints.push({
      path: ['remedies', index],
      message: `no step of the remedy "${remedy.name}" expects anything`,
      next: 'What it does must be seen: add a step with "expect".',
    });
  }
  if (scenario.affected !== 'none' && !checks.some((check) => check.step.symptom !== undefined)) {
    complaints.push({
      path: ['affected'],
      message: 'releases are affected, but no step has a symptom',
      next: 'Add "symptom": what users saw there.',
    });
  }
  return complaints;
}
