import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT, isPosternError, messageOf as messageOfThrown } from '../../exit.ts';
import { TOGETHER_KINDS } from '../schema/step.ts';
import { WRITTEN_KINDS } from '../schema/written-scenario.ts';
import { EXAMPLE, EXAMPLE_FILE, exampleWith } from './example.fixture.ts';
import { loadGiven, loadScenario, loadScenarios, loadScenariosWith, ScenarioError } from './load.ts';

function messageOf(text: string, file = EXAMPLE_FILE): string {
  try {
    loadScenario(text, file);
  } catch (error) {
    if (error instanceof ScenarioError) return error.message;
    throw error;
  }
  throw new Error('the scenario was loaded without a fault');
}

test('a good file gives its checks, each with the place of its step', () => {
  const { scenario, file, checks } = loadScenario(EXAMPLE, EXAMPLE_FILE);
  expect([scenario.id, file]).toEqual(['stale-scopes/example', EXAMPLE_FILE]);
  expect(checks.map(({ id, place }) => `${place.line}:${place.column} ${id}`)).toEqual([
    '12:5 stale-scopes/example/first',
    '15:5 stale-scopes/example/upgrade',
    '20:5 stale-scopes/example/remote',
    '29:9 stale-scopes/example/approve.again',
  ]);
});

describe('a fault is shown with file, line, column, the line itself and what to do', () => {
  const SCHEMA = 'See scenarios/scenario.schema.json.';

  test.each<[string, string, string, string]>([
    [
      'broken YAML',
      'reported: [openclaw/openclaw#67799]',
      'reported: [openclaw/openclaw#67799',
      `${EXAMPLE_FILE}:8:1: BAD_INDENT: Flow sequence in block collection must be sufficiently indented and end with a ]
     8 | affected: ">=2026.3.31 <2026.8.1"
       | ^ The YAML cannot be parsed from this line on: check this line and the line before it.`,
    ],
    [
      'a duplicate key',
      'blocker: true',
      'blocker: true\nblocker: false',
      `${EXAMPLE_FILE}:7:1: DUPLICATE_KEY: Map keys must be unique
     7 | blocker: false
       | ^ The YAML cannot be parsed from this line on: check this line and the line before it.`,
    ],
    [
      'a duplicate key deep inside',
      'code: 1008, cause: pairing-required, reason: scope-upgrade } }',
      'code: 1008, code: 1009, cause: pairing-required } }',
      `${EXAMPLE_FILE}:18:39: DUPLICATE_KEY: Map keys must be unique
    18 |     symptom: { refused: { code: 1008, code: 1009, cause: pairing-required } }
       |                                       ^ The YAML cannot be parsed from this line on: check this line and the line before it.`,
    ],
    [
      'an unknown key of a step',
      'expect: { admitted: { scopes: [operator.read] } }',
      'expct: { admitted: { scopes: [operator.read] } }',
      `${EXAMPLE_FILE}:14:5: unknown key "expct"
    14 |     expct: { admitted: { scopes: [operator.read] } }
       |     ^ No such key here; is it misspelt, or one level too deep?`,
    ],
    [
      'an unknown key at the top',
      'clients:',
      'retries: 3\nclients:',
      `${EXAMPLE_FILE}:9:1: unknown key "retries"
     9 | retries: 3
       | ^ No such key here; is it misspelt, or one level too deep?`,
    ],
    [
      'a wrong type',
      'blocker: true',
      'blocker: "true"',
      `${EXAMPLE_FILE}:6:10: Invalid input: expected boolean, received string
     6 | blocker: "true"
       |          ^ ${SCHEMA}`,
    ],
    [
      'an unknown vantage',
      'from: lan',
      'from: internet',
      `${EXAMPLE_FILE}:20:31: Invalid option: expected one of "loopback"|"lan"|"published"|"proxy"|"proxy-lan"
    20 |   - knock: { as: agent, from: internet, claims: { scopes: [operator.admin] } }
       |                               ^ ${SCHEMA}`,
    ],
    [
      'an unknown client',
      'knock: { as: agent, from: lan,',
      'knock: { as: agnet, from: lan,',
      `${EXAMPLE_FILE}:20:18: unknown client "agnet"
    20 |   - knock: { as: agnet, from: lan, claims: { scopes: [operator.admin] } }
       |                  ^ Declare it under "clients"; declared are: agent.

${EXAMPLE_FILE}:22:24: an expected refusal without a control
    22 |     expect: { refused: { code: 1008, cause: pairing-required, reason: scope-upgrade }, pairing: pending }
       |                        ^ Add a check in which "agnet", or a client from the same vantage, is admitted; or name such a check with "control".`,
    ],
    [
      'a refusal without a cause',
      'refused: { code: 1008, cause: pairing-required, reason: scope-upgrade }, pairing',
      'refused: { code: 1008 }, pairing',
      `${EXAMPLE_FILE}:22:24: missing key "cause": Invalid option: expected one of "pairing-required"|"credentials"|"device-identity-required"|"device-signature"|"origin"|"protocol"|"rate-limit"|"proxy-attribution"|"malformed"|"starting"|"handshake-timeout"|"client-version"|"access-denied"|"profile-unavailable"|"pairing-rejected"|"pairing-expired"
    22 |     expect: { refused: { code: 1008 }, pairing: pending }
       |                        ^ ${SCHEMA}`,
    ],
    [
      'a refusal for a cause that binds nothing',
      'cause: pairing-required, reason: scope-upgrade }, pairing',
      'cause: unstated }, pairing',
      `${EXAMPLE_FILE}:22:45: Invalid option: expected one of "pairing-required"|"credentials"|"device-identity-required"|"device-signature"|"origin"|"protocol"|"rate-limit"|"proxy-attribution"|"malformed"|"starting"|"handshake-timeout"|"client-version"|"access-denied"|"profile-unavailable"|"pairing-rejected"|"pairing-expired"
    22 |     expect: { refused: { code: 1008, cause: unstated }, pairing: pending }
       |                                             ^ ${SCHEMA}`,
    ],
    [
      'a check without a name',
      '    name: first\n',
      '',
      `${EXAMPLE_FILE}:13:13: a step that expects something needs a name
    13 |     expect: { admitted: { scopes: [operator.read] } }
       |             ^ Add "name: …": it becomes the id of the check.`,
    ],
    [
      'an id that is not the name of the file',
      'id: stale-scopes/example',
      'id: stale-scopes/other',
      `${EXAMPLE_FILE}:1:5: the id is "stale-scopes/other", but the file implies "stale-scopes/example"
     1 | id: stale-scopes/other
       |     ^ The id must be folder/file-name: correct the id, or move the file.`,
    ],
    [
      'a step without a kind',
      'knock: { as: agent, from: lan,',
      'knok: { as: agent, from: lan,',
      `${EXAMPLE_FILE}:20:5: a step without a kind
    20 |   - knok: { as: agent, from: lan, claims: { scopes: [operator.admin] } }
       |     ^ One of: ${WRITTEN_KINDS.join(', ')}.`,
    ],
    [
      'a step of another kind among those that are held together',
      'approve: { of: agent }',
      'together: [{ approve: { of: agent } }, { restart: {} }]',
      `${EXAMPLE_FILE}:28:48: a step without a kind
    28 |       - together: [{ approve: { of: agent } }, { restart: {} }]
       |                                                ^ One of: ${TOGETHER_KINDS.join(', ')}.`,
    ],
    [
      'a step of two kinds',
      'approve: { of: agent }',
      'approve: { of: agent }\n        restart: {}',
      `${EXAMPLE_FILE}:29:9: unknown key "restart"
    29 |         restart: {}
       |         ^ No such key here; is it misspelt, or one level too deep?`,
    ],
    [
      'a range that is none',
      '">=2026.3.31 <2026.8.1"',
      'all of spring',
      `${EXAMPLE_FILE}:8:11: "all of spring" is no range of releases
     8 | affected: all of spring
       |           ^ Write it like ">=2026.3.31 <2026.8.1".`,
    ],
    [
      'a part that its kind of step cannot show',
      'expect: { admitted: { scopes: [operator.read] } }',
      'expect: { exit: 0 }',
      `${EXAMPLE_FILE}:14:15: a knock step cannot show "exit"
    14 |     expect: { exit: 0 }
       |               ^ It shows: admitted, refused, pairing, audit, notLogged.`,
    ],
    [
      'a list of nothing, which would compare nothing',
      'pairing: pending }',
      'audit: [] }',
      `${EXAMPLE_FILE}:22:95: Too small: expected array to have >=1 items
    22 |     expect: { refused: { code: 1008, cause: pairing-required, reason: scope-upgrade }, audit: [] }
       |                                                                                               ^ ${SCHEMA}`,
    ],
  ])('%s', (_label, piece, replacement, message) => {
    expect(messageOf(exampleWith(piece, replacement))).toBe(message);
  });

  test.each<[string, string, string, string]>([
    ['restart', '{}', 'expect: { exit: 0 }', 'It shows: ready, exited, refusals.'],
    ['approve', '{ of: agent }', 'symptom: { exit: 0 }', 'It shows: answered, denied.'],
    ['files', '{ in: gateway, remove: [devices] }', 'expect: { exit: 0 }', 'It shows: nothing.'],
    [
      'approve',
      '{ of: agent }',
      'hardened: { releases: none, because: why, expect: { exit: 0 } }',
      'It shows: answered, denied.',
    ],
    [
      'together',
      '[{ approve: { of: agent } }, { reject: { of: agent } }]',
      'expect: { exit: 0 }',
      'It shows: successes.',
    ],
  ])('a part that a step cannot show: %s %s', (kind, body, part, next) => {
    const message = messageOf(exampleWith('approve: { of: agent }', `${kind}: ${body}\n        ${part}`));
    expect(message).toContain(` ${kind} step cannot show "exit"\n`);
    expect(message).toContain(next);
  });

  test('a part that a step in together cannot show', () => {
    const held = '{ approve: { of: agent }, expect: { successes: 1 } }, { reject: { of: agent } }';
    expect(messageOf(exampleWith('approve: { of: agent }', `together: [${held}]`))).toContain(
      'an approve step cannot show "successes"',
    );
  });

  test('"atLeast" is for pages alone: what a client of the harness holds is known', () => {
    const step = (body: string): string =>
      exampleWith(
        'steps:\n',
        `steps:\n  - ${body}\n    name: extra\n    expect: { admitted: { scopes: { atLeast: [operator.read] } } }\n`,
      );
    expect(loadScenario(step('browser: { as: agent, from: loopback }'), EXAMPLE_FILE).checks).toHaveLength(5);
    expect(messageOf(step('knock: { as: agent, from: loopback }'))).toContain('must be a list of all scopes');
  });

  test('no boundary', () => {
    const start = EXAMPLE.indexOf('boundary:');
    const text = EXAMPLE.slice(0, start) + EXAMPLE.slice(EXAMPLE.indexOf('workarounds:'));
    expect(messageOf(text)).toBe(
      `${EXAMPLE_FILE}:1:1: missing key "boundary": Invalid input: expected array, received undefined
     1 | id: stale-scopes/example
       | ^ ${SCHEMA}`,
    );
  });

  test('a refusal without a control: no check admits the client, or a client from its vantage', () => {
    const text = exampleWith('as: agent, from: lan', 'as: stranger, from: lan').replace(
      'clients:',
      'clients:\n  stranger: { kind: cli }',
    );
    expect(messageOf(text)).toBe(
      `${EXAMPLE_FILE}:23:24: an expected refusal without a control
    23 |     expect: { refused: { code: 1008, cause: pairing-required, reason: scope-upgrade }, pairing: pending }
       |                        ^ Add a check in which "stranger", or a client from the same vantage, is admitted; or name such a check with "control".`,
    );
  });

  test('two documents in one file', () => {
    expect(messageOf(`${EXAMPLE}---\n${EXAMPLE}`)).toMatch(
      /^scenarios\/stale-scopes\/example\.yaml:32:1: MULTIPLE_DOCS: /,
    );
  });

  test('an empty file', () => {
    expect(messageOf('')).toBe(
      `${EXAMPLE_FILE}:1:1: Invalid input: expected object, received null
     1 | 
       | ^ ${SCHEMA}`,
    );
  });

  test('every fault of a file is reported, not only the first', () => {
    const text = exampleWith('blocker: true', 'blocker: maybe').replace('from: lan', 'from: internet');
    expect(messageOf(text).match(/^scenarios.*$/gm)).toEqual([
      `${EXAMPLE_FILE}:6:10: Invalid input: expected boolean, received string`,
      `${EXAMPLE_FILE}:20:31: Invalid option: expected one of "loopback"|"lan"|"published"|"proxy"|"proxy-lan"`,
    ]);
  });
});

describe('loading a folder', () => {
  function inFolder(files: Record<string, string>, look: (root: string) => void): void {
    const root = mkdtempSync(path.join(tmpdir(), 'postern-load-'));
    try {
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
        writeFileSync(path.join(root, file), text);
      }
      look(root);
    } finally {
      rmSync(root, { recursive: true });
    }
  }
  const second = exampleWith('id: stale-scopes/example', 'id: stale-scopes/another');

  test('scenarios come in the order of their ids; the list of deviations is none', () => {
    const files = {
      [EXAMPLE_FILE]: EXAMPLE,
      'scenarios/stale-scopes/another.yaml': second,
      'scenarios/deviations.yaml': '[]\n',
    };
    inFolder(files, (root) => {
      expect(loadScenarios(root).map(({ scenario }) => scenario.id)).toEqual([
        'stale-scopes/another',
        'stale-scopes/example',
      ]);
    });
  });

  test('one file that cannot be read fails them all, as wrong usage, and every invalid file is reported', () => {
    const files = {
      [EXAMPLE_FILE]: EXAMPLE,
      'scenarios/stale-scopes/another.yaml': second.replace('level: must', 'level: maybe'),
      'scenarios/stale-scopes/broken.yaml': 'id: [',
    };
    inFolder(files, (root) => {
      const error = capture(() => loadScenarios(root));
      expect(isPosternError(error) && [error.name, error.exitCode, error.next]).toEqual([
        'ScenarioError',
        EXIT.usage,
        'Correct the scenario and run `postern lint`.',
      ]);
      expect(error instanceof ScenarioError && error.faults.map(({ file, line }) => `${file}:${line}`)).toEqual([
        'scenarios/stale-scopes/another.yaml:5',
        'scenarios/stale-scopes/broken.yaml:1',
      ]);
    });
  });

  test('a folder without scenarios is wrong usage, not an empty suite', () => {
    inFolder({ 'README.md': '' }, (root) => {
      const error = capture(() => loadScenarios(root));
      expect(isPosternError(error) && [error.exitCode, error.message]).toEqual([
        EXIT.usage,
        `there is no scenario in ${path.join(root, 'scenarios')}`,
      ]);
    });
  });

  describe('files that were given', () => {
    const MINE = { [EXAMPLE_FILE]: EXAMPLE, 'elsewhere/any name.yaml': second };

    test('have the id that they state and the path as given, and each file counts once', () => {
      inFolder(MINE, (root) => {
        const catalogue = loadScenarios(root);
        const mine = path.join(root, 'elsewhere/any name.yaml');
        const loaded = loadGiven(root, [mine, path.join(root, EXAMPLE_FILE), mine], catalogue);
        expect(loaded.map(({ scenario, file, outside }) => [scenario.id, file, outside])).toEqual([
          ['stale-scopes/another', mine, mine],
          ['stale-scopes/example', EXAMPLE_FILE, null],
        ]);
        expect(loaded[0]?.checks[0]?.place.file).toBe(mine);
        expect(loaded[1]).toBe(catalogue[0]);
      });
    });

    test.each<[string, Record<string, string>, string]>([
      ['the catalogue', { 'elsewhere/b.yaml': EXAMPLE }, `and ${EXAMPLE_FILE} both have the id "stale-scopes/example"`],
      [
        'another of them',
        { 'elsewhere/a.yaml': second, 'elsewhere/b.yaml': second },
        'elsewhere/a.yaml both have the id "stale-scopes/another"',
      ],
    ])('clash with an id of %s, and both places are told', (_label, files, said) => {
      inFolder({ [EXAMPLE_FILE]: EXAMPLE, ...files }, (root) => {
        const given = Object.keys(files).map((file) => path.join(root, file));
        const error = capture(() => loadGiven(root, given, loadScenarios(root)));
        expect(isPosternError(error) && error.exitCode).toBe(EXIT.usage);
        expect(messageOfThrown(error)).toContain(`${path.join(root, 'elsewhere/b.yaml')} and `);
        expect(messageOfThrown(error)).toContain(said);
      });
    });
  });

  describe('in a folder of the user', () => {
    const mine = EXAMPLE.replace('id: stale-scopes/example\n', '');
    const inUsersFolder = (files: Record<string, string>, check: (folder: string, load: () => unknown) => void): void =>
      inFolder({ [EXAMPLE_FILE]: EXAMPLE, ...files }, (root) => {
        const folder = path.join(root, 'my scenarios');
        check(folder, () =>
          loadScenariosWith(root, folder).map(({ scenario, file, outside }) => [scenario.id, file, outside]),
        );
      });

    test('are read with the catalogue, by id, and each has the path of its file', () => {
      inUsersFolder({ 'my scenarios/stale-scopes/another.yaml': mine }, (folder, load) => {
        expect(load()).toEqual([
          [
            'stale-scopes/another',
            path.join(folder, 'stale-scopes/another.yaml'),
            path.join(folder, 'stale-scopes/another.yaml'),
          ],
          ['stale-scopes/example', EXAMPLE_FILE, null],
        ]);
      });
    });

    test.each([
      ['another extension', 'my scenarios/stale-scopes/another.yml'],
      ['no folder of a class', 'my scenarios/another.yaml'],
      ['a folder of no class', 'my scenarios/nope/another.yaml'],
    ])('are not ignored in a place that they cannot have: %s', (_label, file) => {
      inUsersFolder({ [file]: mine }, (_folder, load) => {
        expect(messageOfThrown(capture(load))).toContain(path.basename(file));
      });
    });
  });

  function capture(action: () => unknown): unknown {
    try {
      action();
    } catch (error) {
      return error;
    }
    return null;
  }
});
