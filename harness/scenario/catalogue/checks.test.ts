import { describe, expect, test } from 'vitest';
import { STEP_KINDS, type Step, stepSchema, writtenStep } from '../schema/step.ts';
import { type CheckDeclaration, clientOf, controlOf, onRelease } from './checks.ts';
import { EXAMPLE, EXAMPLE_FILE, exampleWith } from './example.fixture.ts';
import { loadScenario } from './load.ts';

function checkCalled(name: string, checks: readonly CheckDeclaration[]): CheckDeclaration {
  const check = checks.find((candidate) => candidate.name === name);
  if (check === undefined) throw new Error(`no check ${name}`);
  return check;
}

function controlIn(text: string, name: string): string | undefined {
  const { checks } = loadScenario(text, EXAMPLE_FILE);
  return controlOf(checkCalled(name, checks), checks)?.name;
}

test('checks have the order of the file, with part, workaround and path, one for each expectation', () => {
  const { checks } = loadScenario(EXAMPLE, EXAMPLE_FILE);
  expect(checks.map(({ id, part, workaround, path }) => [id, part, workaround?.name ?? null, path.join('.')])).toEqual([
    ['stale-scopes/example/first', 'steps', null, 'steps.0'],
    ['stale-scopes/example/upgrade', 'steps', null, 'steps.1'],
    ['stale-scopes/example/remote', 'boundary', null, 'boundary.0'],
    ['stale-scopes/example/approve.again', 'workarounds', 'approve', 'workarounds.0.steps.1'],
  ]);
});

test('the steps in together come before the together step', () => {
  const held = '[{ approve: { of: agent }, name: yes, expect: { answered: {} } }, { reject: { of: agent } }]';
  const whole = `together: ${held}\n        name: once\n        expect: { successes: 1 }`;
  const { checks } = loadScenario(exampleWith('approve: { of: agent }', whole), EXAMPLE_FILE);
  expect(checks.slice(3, 5).map(({ name, path }) => [name, path.join('.')])).toEqual([
    ['approve.yes', 'workarounds.0.steps.0.together.0'],
    ['approve.once', 'workarounds.0.steps.0'],
  ]);
});

test('on a release that hardened a step, the check expects its refusal; on other releases nothing changes', () => {
  const local = 'expect: { admitted: { scopes: [operator.read] } }';
  const refusal = '{ refused: { at: http, code: 403, cause: proxy-attribution } }';
  const text = exampleWith(
    local,
    `${local}\n    hardened: { releases: ">=2026.8.1", because: why, expect: ${refusal} }`,
  );
  const check = checkCalled('first', loadScenario(text, EXAMPLE_FILE).checks);
  expect(onRelease(check, '2026.7.1')).toBe(check);
  expect(onRelease(check, '2026.8.1')).toEqual({
    ...check,
    expect: { refused: { at: 'http', code: 403, cause: 'proxy-attribution' } },
  });
});

describe('the control of a refusal', () => {
  const stranger = (text: string): string =>
    text
      .replace('as: agent, from: lan', 'as: stranger, from: lan')
      .replace('clients:', 'clients:\n  stranger: { kind: cli }\n  guest: { kind: cli }');
  const guest = `  - knock: { as: guest, from: lan }
    name: guest
    expect: { admitted: { scopes: [] } }
workarounds:`;

  test('the first check that admits the same client', () => {
    expect(controlIn(EXAMPLE, 'remote')).toBe('first');
  });

  test('else one that admits a client from the same vantage', () => {
    expect(controlIn(stranger(exampleWith('workarounds:', guest)), 'remote')).toBe('guest');
  });

  test('the one that is named wins', () => {
    const named = exampleWith('name: remote', 'name: remote\n    control: upgrade');
    expect(controlIn(named, 'remote')).toBe('upgrade');
  });

  test('a name that is no admitting check is no control, even where another would do', () => {
    const { checks } = loadScenario(EXAMPLE, EXAMPLE_FILE);
    const refusal = checkCalled('remote', checks);
    for (const control of ['nobody', 'remote', 'approve.again']) {
      expect(controlOf({ ...refusal, step: { ...refusal.step, control } }, checks)).toBeNull();
    }
  });

  test('a check of a workaround is no control: it does not run on every release', () => {
    const { checks } = loadScenario(EXAMPLE, EXAMPLE_FILE);
    const refusal = checkCalled('remote', checks);
    expect(
      controlOf(
        refusal,
        checks.filter(({ part }) => part !== 'steps'),
      ),
    ).toBeNull();
  });
});

test('each kind of step is known by its key, and can be written back', () => {
  const bodies: Record<(typeof STEP_KINDS)[number], unknown> = {
    knock: { as: 'agent', from: 'lan' },
    call: { as: 'agent', method: 'health' },
    turn: { as: 'agent', tool: 'sessions_list' },
    frames: { send: [{ text: 'hello' }] },
    cli: { run: ['status'], in: 'gateway' },
    approve: { of: 'agent' },
    reject: { of: 'agent' },
    rotate: { of: 'agent' },
    revoke: { of: 'agent' },
    remove: { of: 'agent' },
    bootstrap: { of: 'agent' },
    rows: {},
    files: { in: 'gateway', remove: ['identity'] },
    http: { from: 'loopback', path: '/' },
    browser: { as: 'agent', from: 'lan' },
    restart: {},
    recreate: { home: 'kept' },
    upgrade: {},
    configure: { set: {} },
    wait: { closed: 'agent' },
    together: [{ approve: { of: 'agent' } }, { reject: { of: 'agent' } }],
  };
  const steps: Step[] = Object.entries(bodies).map(([kind, body]) => stepSchema.parse({ [kind]: body }));
  expect(steps.map(({ kind }) => kind)).toEqual(STEP_KINDS);
  expect(steps.map((step) => stepSchema.parse(writtenStep(step)))).toEqual(steps);
  expect(steps.filter((step) => clientOf(step) === 'agent').map(({ kind }) => kind)).toEqual([
    'knock',
    'call',
    'turn',
    'browser',
  ]);
});
