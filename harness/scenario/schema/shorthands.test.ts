import { describe, expect, test } from 'vitest';
import { EXAMPLE, EXAMPLE_FILE, exampleWith } from '../catalogue/example.fixture.ts';
import { type LoadedScenario, loadScenario, ScenarioError } from '../catalogue/load.ts';
import { canonicalJson, meaningOf } from '../catalogue/meaning.ts';

const loaded = (text: string): LoadedScenario => loadScenario(text, EXAMPLE_FILE);
const meaning = (text: string): string => canonicalJson(meaningOf(loaded(text)));

/** What is wrong with a scenario, a line for each fault. */
function faultsOf(text: string): string[] {
  try {
    loaded(text);
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.faults.map(({ line, message }) => `${line}: ${message}`);
  }
}

/** The example with one more step, first. */
const withFirst = (step: string): string => exampleWith('steps:\n', `steps:\n${step}`);

const LAN = '  - knock: { as: agent, from: lan }\n    name: more\n';
const PAGE = '  - browser: { as: agent, from: lan }\n    name: more\n';

test('id and class follow from the path, and a scenario is a must and a blocker by default', () => {
  const bare = EXAMPLE.replace(/^(id|class|level|blocker): .*\n/gm, '');
  expect(bare.split('\n').length).toBe(EXAMPLE.split('\n').length - 4);
  expect(meaning(bare)).toBe(meaning(EXAMPLE));
  expect(() => loadScenario(bare, 'scenarios/misplaced/example.yaml')).toThrow('missing key "class"');
});

describe('a short expectation means the same as the long form', () => {
  test.each<[string, string, string]>([
    ['waits', '{ refused: { code: 1008, cause: pairing-required }, pairing: pending }', LAN],
    [
      '{ waits: true, audit: [{ event: access-upgrade }] }',
      '{ refused: { code: 1008, cause: pairing-required }, pairing: pending, audit: [{ event: access-upgrade }] }',
      LAN,
    ],
    [
      '{ waits: scope-upgrade }',
      '{ refused: { code: 1008, cause: pairing-required, reason: scope-upgrade }, pairing: pending }',
      LAN,
    ],
    ['{ in: [operator.read] }', '{ admitted: { scopes: [operator.read] }, pairing: unchanged }', LAN],
    ['{ pairedSilently: [] }', '{ admitted: { scopes: [] }, pairing: approved-silently }', LAN],
    ['{ admitted: [operator.read], pairing: none }', '{ admitted: { scopes: [operator.read] }, pairing: none }', LAN],
    ['{ refused: origin, pairing: none }', '{ refused: { code: 1008, cause: origin }, pairing: none }', LAN],
    [
      '{ refused: { cause: credentials, reason: why } }',
      '{ refused: { code: 1008, cause: credentials, reason: why } }',
      LAN,
    ],
    [
      '{ refused: { code: 1002, cause: protocol } }',
      '{ refused: { at: handshake, code: 1002, cause: protocol } }',
      LAN,
    ],
    [
      '{ in: { atLeast: [operator.read] } }',
      '{ admitted: { scopes: { atLeast: [operator.read] } }, pairing: unchanged }',
      PAGE,
    ],
  ])('%s', (short, long, step) => {
    const { scenario } = loaded(withFirst(`${step}    expect: ${short}\n`));
    expect(scenario.steps[0]).toEqual(loaded(withFirst(`${step}    expect: ${long}\n`)).scenario.steps[0]);
  });

  test('its digest too, for the results that were published of it', () => {
    const short = exampleWith(
      'expect: { refused: { code: 1008, cause: pairing-required, reason: scope-upgrade }, pairing: pending }',
      'expect: { waits: scope-upgrade }',
    ).replaceAll(
      'refused: { code: 1008, cause: pairing-required, reason: scope-upgrade }',
      'refused: { cause: pairing-required, reason: scope-upgrade }',
    );
    expect(meaning(short)).toBe(meaning(EXAMPLE));
  });

  test('in a symptom and in what later releases are hardened to', () => {
    const step = (waits: string): string =>
      withFirst(
        `${LAN}    expect: { admitted: { scopes: [] } }\n    hardened: { releases: ">=2026.8.1", because: why, expect: ${waits} }\n    symptom: ${waits}\n`,
      );
    expect(meaning(step('waits'))).toBe(
      meaning(step('{ refused: { code: 1008, cause: pairing-required }, pairing: pending }')),
    );
  });

  test.each<[string, string]>([
    ['{ waits: true, pairing: none }', '"waits" already includes "refused" and "pairing": remove "pairing"'],
    ['{ waits: true, in: [] }', '"waits" already includes "refused" and "pairing": remove "in"'],
    [
      '{ refused: { at: http, cause: origin } }',
      'a refusal before the WebSocket upgrade has an HTTP status: add "code"',
    ],
    ['waiting', 'must be "waits", or a mapping of the expected parts'],
    ['{ refused: orign }', 'must be a refusal, or one of the causes pairing-required, credentials, '],
    ['{ in: { atLeast: [operator.read] } }', 'must be a list of all scopes'],
    ['{ pairing: pending, tool: { contains: x } }', 'a knock step cannot show "tool"'],
  ])('%s is a fault', (short, message) => {
    const faults = faultsOf(withFirst(`${LAN}    expect: ${short}\n`));
    expect(faults.join('\n')).toContain(message);
  });
});

describe('pair', () => {
  const CLIENT = 'clients:\n  phone: { scopes: [operator.read] }\n  box: { role: node }\n';
  const withPair = (step: string): string =>
    exampleWith('clients:\n', CLIENT).replace('boundary:\n', `boundary:\n${step}`);

  test('is a knock that waits, an approval, and the same knock, admitted with all that it asks for', () => {
    const short = withPair(
      '  - pair: { as: phone, from: lan, headers: { Origin: "http://x" } }\n    names: [asks, comes-in]\n',
    );
    const long = withPair(`  - knock: { as: phone, from: lan, headers: { Origin: "http://x" } }
    name: asks
    expect: { refused: { code: 1008, cause: pairing-required }, pairing: pending }
  - approve: { of: phone }
  - knock: { as: phone, from: lan, headers: { Origin: "http://x" } }
    name: comes-in
    expect: { admitted: { scopes: [operator.read] }, pairing: unchanged }
`);
    expect(meaning(short)).toBe(meaning(long));
  });

  test('names its checks by its client where it gives no names, and goes by what the knock claims', () => {
    const { scenario, checks } = loaded(
      withPair(
        '  - pair: { as: phone, from: lan, claims: { scopes: [operator.write] } }\n  - pair: { as: box, from: lan }\n',
      ),
    );
    expect(checks.map(({ name }) => name)).toEqual([
      'first',
      'upgrade',
      'phone-waits',
      'phone-is-in',
      'box-waits',
      'box-is-in',
      'remote',
      'approve.again',
    ]);
    expect(scenario.boundary.map(({ expect: expected }) => expected)).toMatchObject([
      { pairing: 'pending' },
      undefined,
      { admitted: { scopes: ['operator.write'] } },
      { pairing: 'pending' },
      undefined,
      { admitted: { scopes: [] } },
      { pairing: 'pending' },
    ]);
  });

  test('its checks are where it is written, and so is every check behind it', () => {
    const { checks } = loaded(withPair('  - pair: { as: phone, from: lan }\n'));
    expect(checks.map(({ name, place }) => `${name} ${place.line}`)).toEqual([
      'first 14',
      'upgrade 17',
      'phone-waits 22',
      'phone-is-in 22',
      'remote 23',
      'approve.again 32',
    ]);
  });

  test('faults are reported at its place, and later faults at theirs', () => {
    const text = withPair('  - pair: { as: fone, from: lan }\n').replace('name: remote', 'name: first');
    expect(faultsOf(text)).toEqual(
      expect.arrayContaining(['22: unknown client "fone"', '24: two checks have the name "first"']),
    );
    expect(faultsOf(withPair('  - pair: { as: phone, from: lan }\n    expect: waits\n'))).toEqual([
      '23: unknown key "expect"',
    ]);
  });
});

describe('a workaround with another effect on other releases', () => {
  const APPROVE = EXAMPLE.slice(EXAMPLE.indexOf('workarounds:'));
  const OTHER = APPROVE.replace('workarounds:\n', '')
    .replace('name: approve', 'name: later')
    .replace('outcome: helps', 'outcome: helps\n    releases: ">=2026.8.1"');
  const indented = (text: string): string => text.replace(/^ {2}/gm, '      ').replace(/^.*advice: .*\n/m, '');
  const oneEntry = `workarounds:\n  - advice: Approve the pending request.\n    outcomes:\n${indented(APPROVE.replace('workarounds:\n', ''))}${indented(OTHER)}`;

  test('is one entry that means what two entries mean', () => {
    expect(meaning(EXAMPLE.replace(APPROVE, oneEntry))).toBe(meaning(`${EXAMPLE}${OTHER}`));
  });

  test('has its checks and its faults where they are written', () => {
    const text = EXAMPLE.replace(APPROVE, oneEntry);
    const { checks } = loaded(text);
    const lineOf = (piece: string): number => text.slice(0, text.indexOf(piece)).split('\n').length;
    expect(checks.at(-1)?.id).toBe('stale-scopes/example/later.again');
    expect(checks.at(-1)?.place.line).toBeGreaterThan(lineOf('name: later'));
    expect(faultsOf(text.replace('releases: ">=2026.8.1"', 'releases: late'))).toEqual([
      `${lineOf('releases: ">=2026.8.1"')}: "late" is no range of releases`,
    ]);
  });
});
