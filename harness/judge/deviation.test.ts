import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../exit.ts';
import {
  type Deviation,
  DeviationError,
  deviationFor,
  isExpired,
  loadDeviations,
  parseDeviations,
  staleDeviations,
} from './deviation.ts';
import type { Verdict } from './verdict.ts';

const FILE = 'scenarios/deviations.yaml';
const CHECK = 'stale-scopes/example/upgrade';
const DECLARED = new Set([CHECK]);

const ENTRY = `- check: stale-scopes/example/upgrade
  releases: ">=2026.9.1 <=2026.9.6"
  signature: { pairing: none }
  reason: The list is written late.
  link: openclaw/openclaw#12345
  owner: "@somebody"
  expires: 2027-03-31
`;
const PARSED: Deviation = {
  check: CHECK,
  releases: '>=2026.9.1 <=2026.9.6',
  signature: { pairing: 'none' },
  reason: 'The list is written late.',
  link: 'openclaw/openclaw#12345',
  owner: '@somebody',
  expires: '2027-03-31',
};

function faultsOf(text: string): string {
  try {
    parseDeviations(text, FILE, DECLARED);
  } catch (error) {
    if (error instanceof DeviationError) return error.message;
    throw error;
  }
  throw new Error('the list was read without a fault');
}

describe('reading the list', () => {
  test('an empty list, with or without a comment', () => {
    expect(parseDeviations('# nothing is let be\n[]\n', FILE, DECLARED)).toEqual([]);
  });

  test('an entry', () => {
    expect(parseDeviations(ENTRY, FILE, DECLARED)).toEqual([PARSED]);
  });

  test('two entries for one check on different releases', () => {
    const second = ENTRY.replace('>=2026.9.1 <=2026.9.6', '>=2026.9.7');
    expect(parseDeviations(ENTRY + second, FILE, DECLARED)).toHaveLength(2);
  });

  test('the example at the head of the committed list is an entry', () => {
    const head = readFileSync(path.join(import.meta.dirname, '..', '..', FILE), 'utf8');
    const example = head
      .split('\n')
      .filter((line) => /^# (- | {2})/.test(line))
      .map((line) => line.slice(2))
      .join('\n');
    const declared = new Set(['stale-scopes/local-write-after-read/local-upgrade']);
    expect(parseDeviations(example, FILE, declared)).toHaveLength(1);
  });

  test('without the file the list is empty; with the file, its entries count', () => {
    const root = mkdtempSync(path.join(tmpdir(), 'postern-deviations-'));
    try {
      expect(loadDeviations(root, DECLARED)).toEqual([]);
      mkdirSync(path.join(root, 'scenarios'));
      writeFileSync(path.join(root, FILE), ENTRY);
      expect(loadDeviations(root, DECLARED)).toEqual([PARSED]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

describe('a fault of the list is shown with its line', () => {
  test.each<[string, string, string, string]>([
    [
      'an unknown key',
      'owner:',
      'onwer:',
      `${FILE}:1:3: missing key "owner": Invalid input: expected string, received undefined
     1 | - check: stale-scopes/example/upgrade
       |   ^ The comment at the head of the file explains the keys.

${FILE}:6:3: unknown key "onwer"
     6 |   onwer: "@somebody"
       |   ^ No such key here; is it misspelt, or one level too deep?`,
    ],
    [
      'a duplicate key',
      'expires:',
      'owner: "@me"\n  expires:',
      `${FILE}:7:3: DUPLICATE_KEY: Map keys must be unique
     7 |   owner: "@me"
       |   ^ The YAML cannot be parsed from this line on: check this line and the line before it.`,
    ],
    [
      'a check that is not declared',
      'check: stale-scopes/example/upgrade',
      'check: stale-scopes/example/upgraed',
      `${FILE}:1:10: no check is called "stale-scopes/example/upgraed"
     1 | - check: stale-scopes/example/upgraed
       |          ^ Did you mean stale-scopes/example/upgrade? \`postern list --checks\` lists every check; a check that was removed needs no entry.`,
    ],
    [
      'a text that is not a range',
      '>=2026.9.1 <=2026.9.6',
      'since 2026.9.1',
      `${FILE}:2:13: "since 2026.9.1" is no range of releases
     2 |   releases: "since 2026.9.1"
       |             ^ Write it like ">=2026.3.31 <2026.8.1".`,
    ],
    [
      'the empty range, which would never match',
      '>=2026.9.1 <=2026.9.6',
      'none',
      `${FILE}:2:13: "none" names no release
     2 |   releases: "none"
       |             ^ Name the releases, or remove the entry.`,
    ],
    [
      'an empty signature',
      '{ pairing: none }',
      '{}',
      `${FILE}:3:14: an empty signature matches every failure
     3 |   signature: {}
       |              ^ Name at least one part of the failure, such as "refused".`,
    ],
    [
      'a day that does not exist',
      '2027-03-31',
      '2027-02-30',
      `${FILE}:7:12: a date such as 2027-03-31
     7 |   expires: 2027-02-30
       |            ^ The comment at the head of the file explains the keys.`,
    ],
    [
      'a link that is no address',
      'openclaw/openclaw#12345',
      'see chat',
      `${FILE}:5:9: an https address, or owner/repository#number
     5 |   link: see chat
       |         ^ The comment at the head of the file explains the keys.`,
    ],
  ])('%s', (_label, piece, replacement, message) => {
    expect(ENTRY).toContain(piece);
    expect(faultsOf(ENTRY.replace(piece, replacement))).toBe(message);
  });

  test('two entries for one check on one release, of which one would never be used', () => {
    expect(faultsOf(ENTRY + ENTRY.replace('>=2026.9.1 <=2026.9.6', '2026.9.x'))).toBe(
      `${FILE}:8:3: a second entry for "stale-scopes/example/upgrade" on the same releases
     8 | - check: stale-scopes/example/upgrade
       |   ^ One of them would never be used: narrow the releases, or keep one.`,
    );
  });

  test('a file without a list', () => {
    expect(faultsOf('# all gone\n')).toBe(
      `${FILE}:1:1: Invalid input: expected array, received null
     1 | # all gone
       | ^ The comment at the head of the file explains the keys.`,
    );
  });

  test('the error has the exit code of wrong usage', () => {
    expect(() => parseDeviations('[', FILE, DECLARED)).toThrow(expect.objectContaining({ exitCode: EXIT.usage }));
  });
});

describe('using the list', () => {
  const result = (verdict: Verdict, version = '2026.9.6', id = CHECK) => ({ id, version, verdict });

  test('an entry is found by check and release', () => {
    expect(deviationFor([PARSED], CHECK, '2026.9.6')).toEqual(PARSED);
    expect(deviationFor([PARSED], CHECK, '2026.9.7')).toBeNull();
    expect(deviationFor([PARSED], 'stale-scopes/example/first', '2026.9.6')).toBeNull();
  });

  test('an entry counts until the end of its last day', () => {
    expect(['2027-03-30', '2027-03-31', '2027-04-01'].map((today) => isExpired(PARSED, today))).toEqual([
      false,
      false,
      true,
    ]);
  });

  test.each<[string, ReturnType<typeof result>[]]>([
    ['it matched', [result('known-deviation')]],
    ['it matched on one of two releases', [result('pass', '2026.9.1'), result('known-deviation')]],
    ['its check did not run', []],
    ['its check ran on other releases only', [result('pass', '2026.8.1')]],
    ['another check ran', [result('pass', '2026.9.6', 'stale-scopes/example/first')]],
    ['its check was skipped', [result('skipped')]],
    ['its check was not carried out', [result('not-testable'), result('error'), result('not-applicable')]],
  ])('not stale where %s', (_label, results) => {
    expect(staleDeviations([PARSED], results, '2026-11-21')).toEqual([]);
  });

  test.each<Verdict>(['pass', 'fail', 'unexpected-pass', 'reproduced', 'flaky'])(
    'stale if its check ran on its releases with the verdict %s',
    (verdict) => {
      expect(staleDeviations([PARSED], [result(verdict), result(verdict, '2026.9.1')], '2026-11-21')).toEqual([
        {
          text:
            'deviation of stale-scopes/example/upgrade on >=2026.9.1 <=2026.9.6 matched nothing: ' +
            'no check showed its signature on 2026.9.6, 2026.9.1; remove it, or narrow its releases',
          exitCode: 5,
        },
      ]);
    },
  );

  test('an expired entry is stale whether or not its check ran', () => {
    for (const results of [[], [result('known-deviation')], [result('fail')]]) {
      expect(staleDeviations([PARSED], results, '2027-04-01')).toEqual([
        {
          text:
            'deviation of stale-scopes/example/upgrade on >=2026.9.1 <=2026.9.6 expired on 2027-03-31: ' +
            'ask @somebody, see openclaw/openclaw#12345',
          exitCode: 5,
        },
      ]);
    }
  });
});
