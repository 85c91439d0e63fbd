import { beforeAll, describe, expect, test } from 'vitest';
import type { Asked, Ways } from '../stub-gateway/behaviour.fixture.ts';
import { BROKEN } from '../stub-gateway/broken.fixture.ts';
import { RIGHT as RIGHT_WAYS } from '../stub-gateway/gateway.fixture.ts';
import { playOn, type Row, rowOf } from '../stub-gateway/stub-scenario.fixture.ts';

/**
 * Stub gateways, each broken in one way, played and judged by the code of a real run. A row names every check that must notice the breakage, with
 * its observation. Every other check must be as on the right gateway.
 */

const ADMITS = 'admitted as operator with operator.';
const SCOPE_UPGRADE = 'pairing-required (scope-upgrade)';
const NOT_PAIRED = 'pairing-required (not-paired)';
const CREDENTIALS = 'credentials (token_mismatch)';

const RIGHT: Row = {
  'first-read': `pass: ${ADMITS}read`,
  'local-upgrade': `pass: ${ADMITS}write`,
  'reads-no-list': 'pass: denied with INVALID_REQUEST: "missing scope: operator.pairing"',
  'remote-upgrade': `pass: refused with 1008, ${SCOPE_UPGRADE}`,
  'remote-new': `pass: refused with 1008, ${NOT_PAIRED}`,
  'forged-header': `pass: refused with 1008, ${NOT_PAIRED}`,
  'wrong-token': `pass: refused with 1008, ${CREDENTIALS}`,
  approve: 'pass: answered',
  approved: `pass: ${ADMITS}read`,
};

/** The rows of these checks with the same observation and another verdict. */
const as = (verdict: string, ...names: (keyof typeof RIGHT)[]): Row =>
  Object.fromEntries(names.map((name) => [name, `${RIGHT[name]}`.replace(/^pass/, verdict)]));

const REFUSALS = ['remote-upgrade', 'remote-new', 'forged-header', 'wrong-token'] as const;
const KNOCKS = ['first-read', 'local-upgrade', ...REFUSALS, 'approved'] as const;

/** The rows of these checks, all with the same text. */
const all = (names: readonly string[], seen: string): Row => Object.fromEntries(names.map((name) => [name, seen]));

/** The rows of all refusals: as on the right gateway with one change, and failed. */
const refusals = (change: (seen: string) => string): Row =>
  Object.fromEntries(REFUSALS.map((name) => [name, change(`${RIGHT[name]}`.replace(/^pass/, 'fail'))]));

const NOT_REACHED = { 'reads-no-list': 'not-testable: notCarriedOut' };
const NOTHING_PENDING = { approve: 'not-testable: notCarriedOut' };
/** The rows of a gateway that reads no connect request: the knocks have this text, and the steps that depend on them are not carried out. */
const deaf = (seen: string): Row => ({ ...all(KNOCKS, seen), ...NOT_REACHED, ...NOTHING_PENDING });

const TRIPPED: Record<keyof typeof BROKEN, Row> = {
  right: {},
  'answers slowly': {},
  'sends a hundred events first': {},

  'refuses everyone, rightly worded': {
    ...all(['first-read', 'local-upgrade', 'remote-upgrade', 'approved'], `fail: refused with 1008, ${NOT_PAIRED}`),
    ...NOT_REACHED,
    ...as('not-testable', 'remote-new', 'forged-header', 'wrong-token'),
  },
  'admits everyone': {
    ...all([...REFUSALS, 'first-read', 'approved'], `fail: ${ADMITS}read`),
    'local-upgrade': `fail: ${ADMITS}write`,
    'remote-upgrade': `fail: ${ADMITS}admin`,
    ...NOTHING_PENDING,
  },
  'admits everyone with the right token, as asked, without pairing': {
    ...all(['first-read', 'remote-new', 'forged-header', 'approved'], `fail: ${ADMITS}read`),
    'local-upgrade': `fail: ${ADMITS}write`,
    'remote-upgrade': `fail: ${ADMITS}admin`,
    ...as('fail', 'wrong-token'),
    ...NOTHING_PENDING,
  },
  'says more in hello than the session holds': all(
    ['first-read', 'local-upgrade', 'approved'],
    'fail: admitted as operator with no scopes',
  ),
  'says less in hello than the session holds': {
    ...all(['first-read', 'approved'], `fail: ${ADMITS}admin, operator.read`),
    'local-upgrade': `fail: ${ADMITS}admin, operator.write`,
    'reads-no-list': 'fail: answered',
  },
  'believes a forwarded address': { 'forged-header': `fail: ${ADMITS}read` },
  'refuses, and pairs all the same': {
    ...as('fail', 'remote-upgrade', 'remote-new', 'forged-header'),
    ...NOTHING_PENDING,
  },

  'closes without a code': refusals((seen) => seen.replace('1008', '1005')),
  'closes with 1000': refusals((seen) => seen.replace('1008', '1000')),
  'hangs up instead of refusing': all(REFUSALS, 'fail: crash'),
  'says no and hangs up': all(REFUSALS, 'fail: crash'),
  'says no and never closes': all(REFUSALS, 'fail: timeout'),
  'refuses for another cause': refusals((seen) =>
    seen.replace(/pairing-required/, 'origin').replace(CREDENTIALS, 'origin'),
  ),
  'refuses for another reason': refusals((seen) => seen.replace(/\(.*\)/, '(role-upgrade)')),
  'refuses before it was told anything': deaf('fail: refused with 1008, unstated'),
  'is always starting': deaf('fail: refused with 1013, starting (startup-sidecars)'),
  'answers HTTP 403': deaf('fail: refused with HTTP 403, unstated'),
  'answers HTTP 500': deaf('fail: crash'),

  'hangs before the challenge': deaf('fail: timeout'),
  // The gateway reads the knocks and makes requests of them, so the step `approve` has a request.
  'hangs after the challenge': { ...all(KNOCKS, 'fail: timeout'), ...NOT_REACHED },
  'answers too slowly': deaf('fail: timeout'),
  'hangs up at once': deaf('fail: crash'),
  'hangs up after hello': {
    ...all(['first-read', 'local-upgrade', 'approved'], 'error: unreadable'),
    'reads-no-list': 'fail: closed with 1011: "oops"',
    ...as('not-testable', ...REFUSALS),
  },
  'answers no call': {
    ...all(['first-read', 'local-upgrade', 'approved'], 'error: unreadable'),
    'reads-no-list': 'fail: no answer in 1200 ms',
    ...as('not-testable', ...REFUSALS),
  },
  'knows no method': {
    ...all(['first-read', 'local-upgrade', 'approved'], 'error: unreadable'),
    'reads-no-list': 'fail: denied with INVALID_REQUEST: "unknown method: device.pair.list"',
    ...as('not-testable', ...REFUSALS),
  },
  'sends garbage': deaf('error: unreadable'),
  'sends binary garbage': deaf('error: unreadable'),
  'challenges twice': { ...all(KNOCKS, 'error: unreadable'), ...NOT_REACHED },

  // `forged-header` expects that an event is not logged, which an empty log does not violate.
  'logs nothing': as('fail', 'first-read', 'remote-upgrade', 'forged-header'),
  'logs no decision': as('fail', 'first-read', 'remote-upgrade'),
  'logs the wrong device': as('fail', 'first-read', 'remote-upgrade'),
  'logs the wrong connection': as('fail', 'remote-upgrade'),
  'logs the wrong reason': as('fail', 'remote-upgrade'),

  'shows the token in the close reason': as('fail', ...REFUSALS),
  // The other clients sent the token themselves; this client does not know it.
  'shows the token in an event': as('fail', 'wrong-token'),
  'shows the token in its log': as(
    'fail',
    'first-read',
    'local-upgrade',
    'remote-upgrade',
    'remote-new',
    'forged-header',
    'approved',
  ),
};

describe('a gateway that', () => {
  const plays = new Map<string, ReturnType<typeof playOn>>();
  // The tests run at the same time, because they wait more than they compute.
  beforeAll(() => {
    for (const [name, ways] of Object.entries(BROKEN)) plays.set(name, playOn(ways));
  });

  test.for(Object.entries(TRIPPED))('%s', async ([name, tripped]) => {
    const played = await plays.get(name);
    expect(rowOf(played?.results ?? [])).toEqual({ ...RIGHT, ...tripped });
  });
});

test('every breakage but a slow and a talkative start fails a check', () => {
  const harmless = Object.entries(TRIPPED).flatMap(([name, row]) => (Object.keys(row).length === 0 ? [name] : []));
  expect(harmless).toEqual(['right', 'answers slowly', 'sends a hundred events first']);
});

describe('a leak', () => {
  const leaksOf = async (ways: Partial<Ways>, name: string) => {
    const { results, stub } = await playOn(ways);
    const told = results.find((check) => check.name === name);
    return { leaked: told?.observation?.leaked, token: stub.stage.token, said: told?.differences.join('; ') };
  };

  test('to a client that did not send the secret is reported by name and place, also in another encoding', async () => {
    const { leaked, said } = await leaksOf(BROKEN['shows the token in an event'], 'wrong-token');
    expect(leaked).toEqual(['token in a message to "remote"']);
    expect(said).toBe('secrets: expected none shown, saw token in a message to "remote"');
  });

  test('in the log counts even if the client sent the secret, and the token itself is redacted', async () => {
    const { leaked, token, said } = await leaksOf(BROKEN['shows the token in its log'], 'first-read');
    expect(leaked).toEqual(['token in the log']);
    expect(said).not.toContain(token);
  });

  test('of one client’s device token to another', async () => {
    const { leaked } = await leaksOf(
      {
        refuse(house, visit, asked, error) {
          const tokens = [...house.paired.values()].map((device) => device.token);
          RIGHT_WAYS.refuse(house, visit, asked, { ...error, details: { ...error.details, tokens } });
        },
      },
      'remote-new',
    );
    expect(leaked).toEqual(['device token in a message to "remote"']);
  });

  test('is none if a device gets its own token again', async () => {
    const { leaked } = await leaksOf(BROKEN.right, 'local-upgrade');
    expect(leaked).toBeUndefined();
  });

  test.each([
    ['a scope', () => 'operator.admin', 'it has only 14 characters'],
    ['a key of the report', () => 'schemaVersion', 'it has only 13 characters'],
    ['markup', () => '<meta http-equiv="Content-Security-Policy"', 'it has characters that no token has'],
    ['the id of the device', (asked: Asked) => asked.device.id, 'other clients may know it'],
  ])('is also what a gateway issues as a device token, and is no secret: %s', async (_, issue, why) => {
    const { leaked, said } = await leaksOf(
      {
        admit(house, visit, asked, scopes) {
          const device = house.paired.get(asked.device.id);
          if (device !== undefined) device.token = issue(asked);
          RIGHT_WAYS.admit(house, visit, asked, scopes);
        },
      },
      'first-read',
    );
    expect(leaked).toEqual([`device token issued to "local" that is no secret: ${why}`]);
    expect(said).toBe(`secrets: expected none shown, saw ${leaked}`);
  });
});
