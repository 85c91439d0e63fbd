import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Expectation, expectationSchema } from '../scenario/schema/expectation.ts';
import {
  type AuditEvent,
  type Cause,
  causeSchema,
  type Observation,
  type Outcome,
  outcomeSchema,
} from '../scenario/schema/observation.ts';
import { compare } from './compare.ts';
import { EXPECTATION_KEYS } from './describe.ts';

type Refused = Extract<Outcome, { kind: 'refused' }>;
type Admitted = Extract<Outcome, { kind: 'admitted' }>;

const refused = (other: Partial<Refused> = {}): Refused => ({
  kind: 'refused',
  at: 'handshake',
  code: 1008,
  cause: 'pairing-required',
  reason: 'scope-upgrade',
  text: 'pairing required',
  ...other,
});
const admitted = (other: Partial<Admitted> = {}): Admitted => ({
  kind: 'admitted',
  role: 'operator',
  scopes: ['operator.read', 'operator.write'],
  protocol: 3,
  deviceToken: true,
  ...other,
});
const event = (other: Partial<AuditEvent> = {}): AuditEvent => ({
  event: 'access-upgrade',
  reason: 'scope-upgrade',
  scopesFrom: ['operator.read'],
  scopesTo: ['operator.admin', 'operator.write'],
  line: 'security audit: …',
  ...other,
});

const REFUSED: Expectation = {
  refused: { at: 'handshake', code: 1008, cause: 'pairing-required', reason: 'scope-upgrade' },
};
const differences = (expectation: Expectation, seen: Observation): string[] => compare(expectation, seen).differences;

test('expectation and observation are described in words, and the compared parts are counted', () => {
  const expectation: Expectation = { ...REFUSED, pairing: 'pending', audit: [{ event: 'access-upgrade' }] };
  expect(compare(expectation, { outcome: refused(), pairing: 'pending', audit: [event()] })).toEqual({
    compared: 6,
    differences: [],
    expected: 'refused with 1008, pairing-required (scope-upgrade); pairing: pending; logged: access-upgrade',
    seen: 'refused with 1008, pairing-required (scope-upgrade); pairing: pending; 1 audit event',
  });
});

test('an expectation that expects nothing does not hold', () => {
  expect(compare({}, { outcome: admitted() })).toEqual({
    compared: 0,
    differences: ['nothing was compared'],
    expected: 'nothing',
    seen: 'admitted as operator with operator.read, operator.write',
  });
});

test('each part of an expectation is a difference if the observation lacks it', () => {
  const full: Expectation = {
    admitted: { scopes: [] },
    refused: { at: 'handshake', code: 1008, cause: 'pairing-required' },
    pairing: 'none',
    audit: [{ event: 'refused' }],
    notLogged: ['auto-approved'],
    answered: {},
    denied: { message: { contains: 'no' } },
    exit: 0,
    output: { contains: 'x' },
    tool: { contains: 'x' },
    rows: { paired: 0, pending: 0 },
    closed: { code: 4001 },
    status: 200,
    body: { contains: 'x' },
    page: { contains: 'x' },
    ready: true,
    refusals: [],
    successes: 1,
    exited: { log: { contains: 'x' } },
  };
  expect(Object.keys(full).sort()).toEqual(Object.keys(expectationSchema.shape).sort());
  for (const key of EXPECTATION_KEYS) {
    const one = compare({ [key]: full[key] }, {});
    expect([key, one.compared, one.differences.length]).toEqual([key, 1, 1]);
  }
});

test('an HTTP answer is compared by its status and by the words in its body', () => {
  const seen: Observation = { http: { status: 403, body: '{"type":"proxy_attribution_required"}' } };
  expect(differences({ status: 403, body: { contains: 'proxy_attribution' } }, seen)).toEqual([]);
  expect(differences({ status: 200, body: { contains: 'ok' } }, seen)).toEqual([
    'status: expected 200, saw 403',
    `body: expected a body with "ok", saw ${JSON.stringify(seen.http?.body)}`,
  ]);
});

describe('admitted', () => {
  test('scopes are compared as sets', () => {
    const scopes = ['operator.write', 'operator.read'];
    expect(differences({ admitted: { scopes } }, { outcome: admitted() })).toEqual([]);
  });

  test.each([
    ['fewer', ['operator.read'], '["operator.read"]'],
    [
      'more',
      ['operator.read', 'operator.write', 'operator.admin'],
      '["operator.read","operator.write","operator.admin"]',
    ],
    ['none', [], '[]'],
  ])('%s scopes than expected are a difference', (_label, scopes, shown) => {
    expect(
      differences({ admitted: { scopes: ['operator.read', 'operator.write'] } }, { outcome: admitted({ scopes }) }),
    ).toEqual([`scopes: expected ["operator.read","operator.write"], saw ${shown}`]);
  });

  test('role and device token are compared if the expectation has them', () => {
    const scopes = ['operator.read', 'operator.write'];
    expect(differences({ admitted: { scopes, role: 'node', deviceToken: false } }, { outcome: admitted() })).toEqual([
      'role: expected "node", saw "operator"',
      'device token: expected false, saw true',
    ]);
  });

  test('a refusal is one difference, with expectation and observation', () => {
    expect(differences({ admitted: { scopes: [] } }, { outcome: refused() })).toEqual([
      'outcome: expected admitted with no scopes, saw refused with 1008, pairing-required (scope-upgrade)',
    ]);
  });
});

describe('refused', () => {
  test.each<[string, Partial<Refused>, string]>([
    ['close code', { code: 1005 }, 'code: expected 1008, saw 1005'],
    ['place', { at: 'http' }, 'refused at: expected "handshake", saw "http"'],
    ['cause', { cause: 'credentials' }, 'cause: expected "pairing-required", saw "credentials"'],
    ['reason', { reason: 'not-paired' }, 'reason: expected "scope-upgrade", saw "not-paired"'],
    [
      'cause that could not be read',
      { cause: 'unstated' },
      'cause: expected pairing-required, saw none that can be read in "pairing required"',
    ],
  ])('the wrong %s is a difference', (_label, other, line) => {
    expect(differences(REFUSED, { outcome: refused(other), audit: [event()] })).toEqual([line]);
  });

  test('an expectation without a reason holds for any reason', () => {
    const { reason: _, ...unbound } = { at: 'handshake', code: 1008, cause: 'pairing-required', reason: '' } as const;
    expect(differences({ refused: unbound }, { outcome: refused({ reason: null }) })).toEqual([]);
  });

  describe('a reason that the error lacks may be in the log of the same step', () => {
    const outcome = refused({ reason: null });
    const missing = ['reason: expected "scope-upgrade", saw none, neither in the error nor in the log'];

    test.each<[string, AuditEvent[], string[]]>([
      ['access upgrade with that reason', [event()], []],
      ['metadata upgrade with that reason', [event({ event: 'metadata-upgrade' })], []],
      ['refusal with that reason', [event({ event: 'refused' })], []],
      ['access upgrade for another reason', [event({ reason: 'role-upgrade' })], missing],
      ['event about something else', [event({ event: 'auto-approved' })], missing],
      ['no event', [], missing],
    ])('%s', (_label, audit, expected) => {
      expect(differences(REFUSED, { outcome, audit })).toEqual(expected);
    });

    test('no log', () => {
      expect(differences(REFUSED, { outcome })).toEqual(missing);
    });

    test('the log does not overrule a reason that the error gives', () => {
      expect(differences(REFUSED, { outcome: refused({ reason: 'not-paired' }), audit: [event()] })).toEqual([
        'reason: expected "scope-upgrade", saw "not-paired"',
      ]);
    });

    test('a wrong token is explained by an unauthorized event, and not by an upgrade', () => {
      const expectation: Expectation = {
        refused: { at: 'handshake', code: 1008, cause: 'credentials', reason: 'token_mismatch' },
      };
      const seen = refused({ cause: 'credentials', reason: null });
      const audit = event({ event: 'unauthorized', reason: 'token_mismatch' });
      expect(differences(expectation, { outcome: seen, audit: [audit] })).toEqual([]);
      expect(differences(expectation, { outcome: seen, audit: [{ ...audit, event: 'access-upgrade' }] })).toEqual([
        'reason: expected "token_mismatch", saw none, neither in the error nor in the log',
      ]);
    });
  });
});

describe('no expectation holds for a gateway that decides nothing', () => {
  const nothing = fc.oneof(
    fc.record({ kind: fc.constant('timeout' as const), phase: fc.string(), afterMs: fc.nat() }),
    fc.record({ kind: fc.constant('crash' as const), phase: fc.string(), text: fc.string() }),
    fc.record({ kind: fc.constant('unreachable' as const), text: fc.string() }),
    fc.record({ kind: fc.constant('unreadable' as const), phase: fc.string(), text: fc.string() }),
  );
  const expectation = fc.constantFrom<Expectation>(
    REFUSED,
    { admitted: { scopes: [] } },
    { pairing: 'none' },
    { notLogged: ['auto-approved'] },
    { audit: [{ event: 'access-upgrade' }] },
  );

  test('for each outcome that is neither admitted nor refused, whatever else was observed', () => {
    const kinds = outcomeSchema.options.map((option) => option.shape.kind.value);
    expect(kinds).toEqual(['admitted', 'refused', 'timeout', 'crash', 'unreachable', 'unreadable']);
    fc.assert(
      fc.property(expectation, nothing, (expected, outcome) => {
        const seen: Observation = { outcome, pairing: 'none', audit: [event()] };
        return compare(expected, seen).differences.length > 0;
      }),
    );
  });

  test('an expectation about the pairing list alone says why it does not hold', () => {
    const outcome: Outcome = { kind: 'timeout', phase: 'awaiting-hello', afterMs: 15_000 };
    expect(differences({ pairing: 'none' }, { outcome, pairing: 'none' })).toEqual([
      'outcome: expected a decision, saw a timeout after 15000 ms while awaiting-hello',
    ]);
  });

  test('a refusal decides for an expectation about the pairing list alone only if it says why', () => {
    const kept = (cause: Cause): boolean => {
      const outcome: Outcome = { kind: 'refused', at: 'handshake', code: 1011, cause, reason: '', text: '' };
      return differences({ pairing: 'none' }, { outcome, pairing: 'none' }).length === 0;
    };
    expect(causeSchema.options.filter((cause) => !kept(cause))).toEqual(['starting', 'unstated']);
  });
});

describe('pairing and log', () => {
  test('a list of decisions accepts any of them and no other', () => {
    expect(differences({ pairing: ['none', 'pending'] }, { pairing: 'pending' })).toEqual([]);
    expect(differences({ pairing: ['none', 'pending'] }, { pairing: 'approved-silently' })).toEqual([
      'pairing: expected none or pending, saw approved-silently',
    ]);
  });

  test('one event must match the whole pattern, lists in any order', () => {
    const pattern = { event: 'access-upgrade', scopesTo: ['operator.write', 'operator.admin'] } as const;
    expect(differences({ audit: [{ ...pattern, scopesTo: [...pattern.scopesTo] }] }, { audit: [event()] })).toEqual([]);
    const split = [event({ reason: 'role-upgrade' }), event({ event: 'refused' })];
    expect(differences({ audit: [{ event: 'access-upgrade', reason: 'scope-upgrade' }] }, { audit: split })).toEqual([
      'audit: expected access-upgrade (reason scope-upgrade), saw ' +
        'access-upgrade (reason role-upgrade; scopesFrom operator.read; scopesTo operator.admin, operator.write), ' +
        'refused (reason scope-upgrade; scopesFrom operator.read; scopesTo operator.admin, operator.write)',
    ]);
  });

  test('a field that the event lacks is a difference', () => {
    const { scopesTo: _, ...bare } = event();
    expect(differences({ audit: [{ event: 'access-upgrade', scopesTo: [] }] }, { audit: [bare] })).toHaveLength(1);
  });

  test('each pattern must be met, and an empty log meets none', () => {
    expect(compare({ audit: [{ event: 'refused' }, { event: 'unauthorized' }] }, { audit: [] })).toMatchObject({
      compared: 2,
      differences: ['audit: expected refused, saw no event', 'audit: expected unauthorized, saw no event'],
    });
  });

  test('notLogged: an empty log holds, an event does not, a log that was not read does not', () => {
    const expectation: Expectation = { notLogged: ['auto-approved', 'refused'] };
    expect(compare(expectation, { audit: [] })).toMatchObject({ compared: 2, differences: [] });
    expect(differences(expectation, { audit: [{ event: 'auto-approved', role: 'operator', line: '' }] })).toEqual([
      'audit: expected no auto-approved, saw auto-approved (role operator)',
    ]);
    expect(differences(expectation, {})).toEqual([
      'audit: expected no auto-approved, saw no log',
      'audit: expected no refused, saw no log',
    ]);
  });
});
