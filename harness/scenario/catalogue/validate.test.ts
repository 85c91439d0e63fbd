import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { scenarioSchema } from '../schema/scenario.ts';
import { EXAMPLE, exampleWith } from './example.fixture.ts';
import { validate } from './validate.ts';

/** The complaints about a scenario whose shape is right, one line each: where, and what. */
function complaints(text: string, impliedId = 'stale-scopes/example'): string[] {
  return validate(scenarioSchema.parse(parse(text)), impliedId).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );
}

test('the example has no issue', () => {
  expect(complaints(EXAMPLE)).toEqual([]);
});

describe('identity', () => {
  test('the id and the class must match the path of the file', () => {
    expect(complaints(EXAMPLE, 'bootstrap/example')).toEqual([
      'id: the id is "stale-scopes/example", but the file implies "bootstrap/example"',
    ]);
    expect(complaints(exampleWith('class: stale-scopes', 'class: bootstrap'))).toEqual([
      'class: the class is "bootstrap", but the id begins with "stale-scopes"',
    ]);
  });

  test('two checks with one name are an error', () => {
    expect(complaints(exampleWith('name: upgrade', 'name: first'))).toEqual([
      'steps.1.name: two checks have the name "first"',
    ]);
  });

  test('the same name in a workaround makes another check', () => {
    expect(complaints(exampleWith('name: again', 'name: first'))).toEqual([]);
  });
});

describe('clients', () => {
  test.each<[string, string, string]>([
    ['approve: { of: agent }', 'approve: { of: agnet }', 'workarounds.0.steps.0.approve.of: unknown client "agnet"'],
    [
      'approve: { of: agent }',
      'approve: { as: agnet, of: agent }',
      'workarounds.0.steps.0.approve.as: unknown client "agnet"',
    ],
    ['approve: { of: agent }', 'wait: { closed: agnet }', 'workarounds.0.steps.0.wait.closed: unknown client "agnet"'],
    [
      'approve: { of: agent }',
      'call: { as: agnet, method: health }',
      'workarounds.0.steps.0.call.as: unknown client "agnet"',
    ],
    [
      'approve: { of: agent }',
      'call: { as: agent, method: node.invoke, params: { nodeId: "<device of agnet>" } }',
      'workarounds.0.steps.0.call.params: unknown client "agnet" in "<device of agnet>"',
    ],
  ])('an unknown client is a fault, in place of %s: %#', (piece, replacement, complaint) => {
    expect(complaints(exampleWith(piece, replacement))).toEqual([complaint]);
  });
});

describe('the steps of a together step', () => {
  const together = (held: string): string => exampleWith('approve: { of: agent }', `together: [${held}]`);

  test('are validated, each at its own path', () => {
    expect(complaints(together('{ approve: { of: agnet } }, { reject: { of: agent }, expect: {} }'))).toEqual([
      'workarounds.0.steps.0.together.0.approve.of: unknown client "agnet"',
      'workarounds.0.steps.0.together.1.expect: a step that expects something needs a name',
      'workarounds.0.steps.0.together.1.expect: the expectation is empty',
    ]);
  });

  test('need unique names', () => {
    const named = '{ approve: { of: agent }, name: again, expect: { answered: {} } }';
    expect(complaints(together(`${named}, { reject: { of: agent } }`))).toEqual([
      'workarounds.0.steps.1.name: two checks have the name "approve.again"',
    ]);
  });
});

describe('a part or an expectation that compares nothing is an error', () => {
  test('an empty expectation', () => {
    expect(complaints(exampleWith('expect: { admitted: { scopes: [operator.read] } }', 'expect: {}'))).toEqual([
      'steps.0.expect: the expectation is empty',
    ]);
  });

  test.each(['steps', 'boundary'])('a part of the file without a check: %s', (part) => {
    const silent = `${part}:\n  - restart: {}\n`;
    const text =
      part === 'steps'
        ? EXAMPLE.replace(/^steps:[\s\S]*^boundary:/m, `${silent}boundary:`)
        : EXAMPLE.replace(/^boundary:[\s\S]*^workarounds:/m, `${silent}workarounds:`);
    expect(complaints(text)).toContain(`${part}: no step under "${part}" has an expectation`);
  });
});

describe('symptoms', () => {
  test('a symptom needs right behaviour in the same step', () => {
    const text = exampleWith('    expect: { admitted: { scopes: [operator.write] } }\n    symptom', '    symptom');
    expect(complaints(text)).toEqual([
      'steps.1.symptom: a symptom without right behaviour',
      'affected: "affected" names releases, but no step has a symptom',
    ]);
  });

  test('affected releases need a symptom, and a symptom needs affected releases', () => {
    const symptom = '    symptom: { refused: { code: 1008, cause: pairing-required, reason: scope-upgrade } }\n';
    expect(complaints(exampleWith(symptom, ''))).toEqual([
      'affected: "affected" names releases, but no step has a symptom',
    ]);
    expect(complaints(exampleWith('">=2026.3.31 <2026.8.1"', 'none'))).toEqual([
      'steps.1.symptom: a symptom in a scenario that affects no release',
    ]);
  });

  test('a symptom obeys the same rules as right behaviour', () => {
    expect(
      complaints(
        exampleWith(
          'symptom: { refused: { code: 1008, cause: pairing-required, reason: scope-upgrade } }',
          'symptom: { admitted: { scopes: [] }, refused: { code: 1008, cause: credentials } }',
        ),
      ),
    ).toEqual(['steps.1.symptom: "admitted" and "refused" in one expectation']);
  });
});

describe('browsers', () => {
  const withSteps = (steps: string): string => exampleWith('steps:\n', `steps:\n${steps}`);

  test('a client uses a browser on one machine only', () => {
    const visit = (from: string): string => `  - browser: { as: agent, from: ${from} }\n`;
    expect(complaints(withSteps(visit('lan') + visit('proxy-lan')))).toEqual([]);
    expect(complaints(withSteps(visit('loopback') + visit('lan')))).toEqual([
      'clients.agent: client "agent" opens a browser on the gateway\'s machine and on another machine',
    ]);
  });

  test('the control of a refused page is a page that is admitted from the same vantage', () => {
    const refused = `  - browser: { as: stranger, from: proxy-lan }
    name: stranger
    expect: { refused: { code: 1008, cause: credentials } }
`;
    const admitted = `  - browser: { as: guest, from: proxy-lan }
    name: guest
    expect: { admitted: { scopes: { atLeast: [operator.read] } } }
`;
    const clients = (text: string): string =>
      text.replace('clients:\n', 'clients:\n  stranger: { kind: control-ui }\n  guest: { kind: control-ui }\n');
    expect(complaints(clients(withSteps(refused + admitted)))).toEqual([]);
    expect(complaints(clients(withSteps(refused)))).toEqual([
      'steps.0.expect.refused: an expected refusal without a control',
    ]);
  });
});

describe('hardened', () => {
  const local = '    expect: { admitted: { scopes: [operator.read] } }\n';
  const withHardened = (hardened: string): string => exampleWith(local, `${local}    hardened: ${hardened}\n`);
  const refusal = 'expect: { refused: { at: http, code: 403, cause: proxy-attribution } }';

  test('a hardened refusal may replace right behaviour, and its control must be admitted there too', () => {
    expect(complaints(withHardened(`{ releases: ">=2026.8.1", because: why, ${refusal} }`))).toEqual([]);
    const text = withHardened(`{ releases: ">=2026.8.1", because: why, ${refusal} }`).replace(
      '    expect: { admitted: { scopes: [operator.write] } }',
      `    expect: { admitted: { scopes: [operator.write] } }\n    hardened: { releases: ">=2026.8.1", because: why, ${refusal} }`,
    );
    expect(complaints(text)).toEqual([
      'steps.0.hardened.expect.refused: an expected refusal without a control',
      'steps.1.hardened.expect.refused: an expected refusal without a control',
      'boundary.0.expect.refused: an expected refusal without a control',
    ]);
  });

  test('an HTTP status of 400 or more is hardened, and a lower one is not', () => {
    const page = (status: number): string =>
      exampleWith(
        'boundary:\n',
        `boundary:\n  - http: { from: lan, path: / }\n    name: page\n    expect: { status: 200 }\n    hardened: { releases: ">=2026.8.1", because: why, expect: { status: ${status} } }\n`,
      );
    expect(complaints(page(403))).toEqual([]);
    expect(complaints(page(302))).toEqual(['boundary.0.hardened.expect: hardened without a refusal']);
  });

  test('an expectation with all parts and more is hardened too, and one with other parts is not', () => {
    const restart = (hardened: string): string =>
      exampleWith(
        'boundary:\n',
        `  - restart: {}\n    name: restart\n    expect: { ready: true }\n    hardened: { releases: ">=2026.9.6", because: why, expect: ${hardened} }\nboundary:\n`,
      );
    expect(complaints(restart('{ ready: true, refusals: [{ code: 1013, cause: starting }] }'))).toEqual([]);
    expect(complaints(restart('{ exited: { log: { contains: doctor } } }'))).toEqual([
      'steps.2.hardened.expect: hardened without a refusal',
    ]);
  });

  test('an expectation that admits more is not hardened', () => {
    expect(
      complaints(
        withHardened('{ releases: latest, because: why, expect: { admitted: { scopes: [operator.admin] } } }'),
      ),
    ).toEqual([
      'steps.0.hardened.releases: "latest" is no range of releases',
      'steps.0.hardened.expect: hardened without a refusal',
    ]);
  });

  test('"hardened" needs "expect" in the same step', () => {
    expect(
      complaints(
        exampleWith(
          'approve: { of: agent }',
          `approve: { of: agent }\n        hardened: { releases: none, because: why, expect: { answered: {} } }`,
        ),
      ),
    ).toEqual([
      'workarounds.0.steps.0.hardened: "hardened" without the right behaviour on other releases',
      'workarounds.0.steps.0.hardened.expect: hardened without a refusal',
    ]);
  });
});

test('ranges', () => {
  expect(complaints(exampleWith('clients:', 'applies: { releases: latest, because: why }\nclients:'))).toEqual([
    'applies: "latest" is no range of releases',
  ]);
  expect(complaints(exampleWith('outcome: helps', 'outcome: helps\n    releases: latest'))).toEqual([
    'workarounds.0.releases: "latest" is no range of releases',
  ]);
});

test('a workaround without a check is an error', () => {
  const text = exampleWith('        name: again\n        expect: { admitted: { scopes: [operator.write] } }\n', '');
  expect(complaints(text)).toEqual(['workarounds.0: no step of the workaround "approve" has an expectation']);
});
