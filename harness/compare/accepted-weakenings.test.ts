import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT, isPosternError } from '../exit.ts';
import { PLAIN, reportedValues } from '../pairwise/cell.ts';
import { comparisonWith, subjectOf } from '../results/comparison.fixture.ts';
import type { ComparedObservation, Comparison, ObservationChange, SurveyChange } from '../results/comparison.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import { accept, loadAccepted, parseAccepted } from './accepted-weakenings.ts';
import { exitCodeOfComparison } from './exit-code.fixture.ts';

const IN: Observation = {
  outcome: { kind: 'admitted', role: 'operator', scopes: ['operator.read'], protocol: 4, deviceToken: true },
  pairing: 'unchanged',
};
const OUT: Observation = {
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'credentials', reason: null, text: '' },
  pairing: 'none',
};
const sight = (id: string, observation: Observation, cell: ComparedObservation['cell']): ComparedObservation => ({
  id,
  vantage: 'lan',
  transcript: null,
  seen: '',
  repeat: '',
  observation,
  local: false,
  expected: null,
  source: null,
  cell,
});
const change = (id: string, cell: ComparedObservation['cell'] = null): ObservationChange => ({
  id,
  base: sight(id, OUT, cell),
  head: sight(id, IN, cell),
  change: 'weakened',
  local: false,
  accepted: null,
});

const CHECK = change('identity/a-scenario/a-check');
const KNOCK = change('table/control-ui/knock', {
  values: reportedValues({ ...PLAIN, kind: 'control-ui' }),
  look: 'knock',
});
const AGAIN = change('table/control-ui/again', {
  values: reportedValues({ ...PLAIN, kind: 'control-ui' }),
  look: 'again',
});
/** A comparison of two releases with the three weakenings. */
function comparison(base = '2026.8.1', changes = [CHECK, KNOCK, AGAIN]): Comparison {
  return comparisonWith({ base: subjectOf(base), changes });
}

const entry = (rest: string, expires = '2027-06-30'): string => `- ${rest}
  base: "<2026.9.1"
  head: ">=2026.9.1"
  now: { admitted: { scopes: [operator.read] } }
  reason: It was decided.
  link: openclaw/openclaw#1
  owner: somebody
  expires: ${expires}
`;
const DECLARED = new Set(['a/b/c', 'identity/a-scenario/a-check']);
const list = (text: string) => parseAccepted(text, 'accepted.yaml', DECLARED);

function accepted(text: string, between = comparison()) {
  const { changes, stale } = accept(between, list(text), '2026-11-21');
  return { accepted: changes.filter((each) => each.accepted !== null).map(({ id }) => id), stale };
}

test('an empty list accepts nothing', () => {
  expect(accepted('[]')).toEqual({ accepted: [], stale: [] });
});

describe('an entry accepts', () => {
  test('the check that it names', () => {
    expect(accepted(entry('check: identity/a-scenario/a-check'))).toEqual({ accepted: [CHECK.id], stale: [] });
  });

  test('the cells whose values it names, or some probes of them', () => {
    expect(accepted(entry('cells: { kind: [control-ui] }')).accepted).toEqual([KNOCK.id, AGAIN.id]);
    expect(accepted(entry('cells: { kind: [control-ui] }\n  probes: [again]')).accepted).toEqual([AGAIN.id]);
  });

  test('with its decision, until its last day', () => {
    const { changes } = accept(
      comparison(),
      list(entry('check: identity/a-scenario/a-check', '2026-11-21')),
      '2026-11-21',
    );
    const accepted = {
      reason: 'It was decided.',
      link: 'openclaw/openclaw#1',
      owner: 'somebody',
      expires: '2026-11-21',
    };
    expect(changes).toEqual([{ ...CHECK, accepted }, KNOCK, AGAIN]);
  });

  test('only cells that have all values that it names', () => {
    expect(accepted(entry('cells: { kind: [control-ui], route: [loopback] }')).accepted).toEqual([]);
    expect(accepted(entry('cells: { kind: [webchat, control-ui], route: [lan] }')).accepted).toEqual([
      KNOCK.id,
      AGAIN.id,
    ]);
    expect(accepted(entry('cells: { kind: [control-ui] }\n  probes: [again, replay]')).accepted).toEqual([AGAIN.id]);
  });

  test('only weakenings', () => {
    const { stale } = accepted(
      entry('check: identity/a-scenario/a-check'),
      comparison('2026.8.1', [{ ...CHECK, change: 'changed' }]),
    );
    expect(stale).toHaveLength(1);
  });

  test('what the head shows, and nothing wider', () => {
    const wider: Observation = {
      ...IN,
      outcome: { kind: 'admitted', role: 'operator', scopes: ['operator.admin'], protocol: 4, deviceToken: true },
    };
    const { accepted: none, stale } = accepted(
      entry('check: identity/a-scenario/a-check'),
      comparison('2026.8.1', [{ ...CHECK, head: { ...CHECK.head, observation: wider } }]),
    );
    expect({ none, stale: stale.length }).toEqual({ none: [], stale: 1 });
  });

  test('no other observation, and is stale if it matches nothing or has expired', () => {
    expect(accepted(entry('cells: { kind: [webchat] }'))).toEqual({
      accepted: [],
      stale: [
        'the weakening accepted for {"kind":["webchat"]} matched nothing from 2026.8.1 to 2026.9.6; remove it, or narrow its releases',
      ],
    });
    expect(accepted(entry('check: identity/a-scenario/a-check', '2026-11-20'))).toEqual({
      accepted: [],
      stale: [
        'the weakening accepted for identity/a-scenario/a-check expired on 2026-11-20: ask somebody, see openclaw/openclaw#1',
      ],
    });
  });

  test('only on its releases', () => {
    expect(accepted(entry('check: identity/a-scenario/a-check'), comparison('2026.9.1'))).toEqual({
      accepted: [],
      stale: [],
    });
  });
});

describe('an entry about a method or a route', () => {
  const change: SurveyChange = {
    ...{ survey: 'rights', kind: 'weakened', where: 'sessions.delete', gained: 'read, write', lost: '' },
    ...{ isOfBase: false, accepted: null },
  };
  const given = (to: string): string =>
    entry(`given: rights/sessions.delete\n  to: ${to}`).replace(/ {2}now: .*\n/, '');
  const outcome = (text: string) => {
    const { surveys, stale, ...rest } = accept(
      { ...comparison(), changes: [], surveys: [change] },
      list(text),
      '2026-11-21',
    );
    return {
      accepted: surveys.map(({ accepted }) => accepted?.reason ?? null),
      stale: stale.length,
      exitCode: exitCodeOfComparison({ ...rest, surveys, stale: [] }),
    };
  };

  test('accepts who gains it, and then it is no reason for exit 4', () => {
    expect(outcome(given('read, write'))).toEqual({ accepted: ['It was decided.'], stale: 0, exitCode: EXIT.holds });
  });

  test('accepts no further caller, and is then stale', () => {
    expect(outcome(given('read'))).toEqual({ accepted: [null], stale: 1, exitCode: EXIT.weakened });
  });

  test('says who gains it in place of an observation', () => {
    expect(() => list(entry('given: rights/sessions.delete'))).toThrow(/"given" needs "to" in its place/);
    expect(() => list(entry('check: a/b/c').replace(/ {2}now: .*\n/, ''))).toThrow(/"check" and "cells" need "now"/);
  });
});

test('a fault of the list is an error with its line', () => {
  const said = (text: string): string => {
    try {
      list(text);
    } catch (error) {
      return isPosternError(error) ? `${error.message}\n${error.next}` : `${error}`;
    }
    return '';
  };
  expect(said(entry('check: a/b/c').replace('"<2026.9.1"', 'soon'))).toBe(
    [
      'accepted.yaml:2:9: "soon" is no range of releases',
      '     2 |   base: soon',
      '       |         ^ Write it like ">=2026.3.31 <2026.8.1".',
      'Correct the list; the comment at its top explains the fields.',
    ].join('\n'),
  );
  expect(said(entry('check: a/b/c\n  probes: [knock]'))).toBe(
    [
      'accepted.yaml:2:11: "probes" needs "cells"',
      '     2 |   probes: [knock]',
      '       |           ^ Add "cells", or remove "probes".',
      'Correct the list; the comment at its top explains the fields.',
    ].join('\n'),
  );
  expect(said(entry('check: a/b/c\n  cells: { kind: [cli] }'))).toBe(
    [
      'accepted.yaml:1:3: an entry names either "check", "cells" or "given"',
      '     1 | - check: a/b/c',
      '       |   ^ Give exactly one of them.',
      'Correct the list; the comment at its top explains the fields.',
    ].join('\n'),
  );
  expect(() => list(entry('cells: { kind: [control-ui] }\n  check: a/b/c'))).toThrow(
    /either "check", "cells" or "given"/,
  );
  expect(() => list(entry('cells: { kind: [teapot] }'))).toThrow(/teapot|control-ui/);
  expect(() => list(entry('check: a/b/c\n  probes: [knock]'))).toThrow(/"probes" needs "cells"/);
  expect(() => list(entry('check: a/b/d'))).toThrow('accepted.yaml:1:10: no check is called "a/b/d"');
});

test('the list is read from scenarios/accepted.yaml, and is empty without the file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'postern-accepted-'));
  expect(loadAccepted(folder, DECLARED)).toEqual([]);
  mkdirSync(path.join(folder, 'scenarios'));
  writeFileSync(path.join(folder, 'scenarios', 'accepted.yaml'), entry('check: a/b/c'));
  expect(loadAccepted(folder, DECLARED).map(({ check }) => check)).toEqual(['a/b/c']);
  rmSync(folder, { recursive: true });
});

test('a weakening that is not accepted is exit 4, whatever else there is', () => {
  const code = (text: string) =>
    exitCodeOfComparison(accept(comparison('2026.8.1', [CHECK]), list(text), '2026-11-21'));
  expect(code('[]')).toBe(EXIT.weakened);
  expect(code(entry('check: identity/a-scenario/a-check'))).toBe(EXIT.holds);
  expect(code(entry('check: identity/a-scenario/a-check') + entry('cells: { kind: [webchat] }'))).toBe(EXIT.stale);
});
