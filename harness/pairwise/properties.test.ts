import { describe, expect, test } from 'vitest';
import { inRange, rangeFault } from '../scenario/releases/range.ts';
import type { Observation, Shown } from '../scenario/schema/observation.ts';
import { PLAIN, type ProbeName } from './cell.ts';
import { cellsOf } from './covering-array.ts';
import type { Cell } from './dimensions.ts';
import type { Seen } from './knock-property.ts';
import { TABLE_PROPERTIES } from './properties.ts';

const admitted = (...scopes: string[]): Shown => ({
  outcome: { kind: 'admitted', role: 'operator', scopes, protocol: 4, deviceToken: false },
  pairing: 'unchanged',
  audit: [],
});
const refused = (pairing: Shown['pairing'], event: 'refused' | 'access-upgrade' | null): Shown => ({
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'pairing-required', reason: null, text: '' },
  pairing,
  audit:
    event === null
      ? []
      : [
          { event, line: '' },
          { event: 'refused', line: '' },
        ],
});
const every = (look: Observation): Seen => ({ knock: look, replay: look, again: look, elsewhere: look });

/** The observations of a gateway that refuses every client, states the cause, and logs it. */
const SHUT = every(refused('none', 'refused'));
const ON_LIST = every(refused('unchanged', 'refused'));
const SILENT: Shown = { ...admitted('operator.read'), pairing: 'approved-silently' };

const QUICK = cellsOf('quick');

/** For each property: a cell that it applies to, observations that satisfy it, and observations that violate it. */
const CASES: Record<string, [cell: Partial<Cell>, kept: Seen, broken: Seen]> = {
  'unapproved-hold-nothing': [{}, SHUT, every(admitted('operator.read'))],
  'strangers-wait': [{}, SHUT, { ...SHUT, again: SILENT }],
  'no-silent-upgrade': [{ prior: 'paired-read' }, every(admitted('operator.read')), { ...SHUT, knock: SILENT }],
  'another-system-is-a-question': [
    { prior: 'paired-read', metadata: 'other-platform' },
    { ...ON_LIST, elsewhere: admitted('operator.read') },
    { ...ON_LIST, again: admitted('operator.read') },
  ],
  'no-more-than-approved': [
    { prior: 'paired-read', asks: 'asks-write' },
    every(admitted('operator.read')),
    every(admitted('operator.read', 'operator.write')),
  ],
  'no-more-than-asked': [{ route: 'loopback' }, every(admitted('operator.read')), every(admitted('operator.pairing'))],
  'nodes-are-no-operators': [{ asks: 'asks-node-with-admin' }, every(admitted()), every(admitted('operator.admin'))],
  'a-secret-is-needed': [{ credential: 'no-secret' }, SHUT, { ...SHUT, knock: admitted() }],
  'a-wrong-secret-leaves-nothing': [
    { credential: 'wrong-secret' },
    SHUT,
    { ...SHUT, knock: refused('pending', 'refused') },
  ],
  'a-key-is-proved': [{ proof: 'signature-forged' }, SHUT, { ...SHUT, knock: admitted() }],
  'an-unproved-key-leaves-nothing': [
    { proof: 'signed-an-hour-ago' },
    SHUT,
    { ...SHUT, again: refused('approved-silently', 'refused') },
  ],
  'nothing-is-replayed': [{ route: 'loopback' }, { ...every(admitted()), replay: SHUT.replay }, every(admitted())],
  'another-key-is-another-device': [{ prior: 'other-key' }, ON_LIST, every(refused('removed', 'refused'))],
  'no-device-no-scope': [{ proof: 'no-device' }, every(admitted()), every(admitted('operator.read'))],
  'tokens-are-for-devices': [
    { proof: 'no-device' },
    every(admitted()),
    every({ outcome: { kind: 'admitted', role: 'operator', scopes: [], protocol: 4, deviceToken: true } }),
  ],
  'revoked-tokens-are-worthless': [
    { credential: 'device-token', prior: 'revoked' },
    { ...SHUT, elsewhere: admitted() },
    every(admitted()),
  ],
  'foreign-pages-stay-out': [{ kind: 'control-ui', origin: 'origin-foreign' }, SHUT, every(admitted())],
  'a-refusal-approves-nobody': [{}, SHUT, { ...SHUT, knock: refused('approved-silently', 'refused') }],
  'here-is-not-there': [
    { route: 'loopback', asks: 'asks-write' },
    { ...every(SILENT), elsewhere: admitted('operator.read') },
    { ...every(SILENT), elsewhere: admitted('operator.write') },
  ],
  'a-knock-removes-nobody': [
    { prior: 'paired-read' },
    ON_LIST,
    { ...ON_LIST, elsewhere: refused('removed', 'refused') },
  ],
  'requests-are-written-down': [
    { prior: 'paired-read', asks: 'asks-write' },
    every(refused('pending', 'access-upgrade')),
    every(refused('pending', 'refused')),
  ],
  'silent-approvals-are-written-down': [
    { route: 'loopback' },
    every({ ...SILENT, audit: [{ event: 'auto-approved', line: '' }] }),
    every(SILENT),
  ],
  'refusals-are-written-down': [{}, SHUT, every(refused('none', null))],
  'nothing-leaks': [{}, SHUT, { ...SHUT, elsewhere: { ...refused('none', 'refused'), leaked: ['token in the log'] } }],
  'a-refusal-has-a-reason': [
    {},
    { ...SHUT, replay: { notCarriedOut: 'it has sent nothing yet' } },
    { ...SHUT, again: { outcome: { kind: 'timeout', phase: 'awaiting-hello', afterMs: 1 }, pairing: 'none' } },
  ],
};

test('there are more than twenty, each once, each with a range of releases that the suite knows', () => {
  const ids = TABLE_PROPERTIES.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(20);
  expect(ids).toEqual([...new Set(ids)]);
  expect(ids.sort()).toEqual(Object.keys(CASES).sort());
  for (const { releases, statement } of TABLE_PROPERTIES) {
    expect(rangeFault(releases)).toBeNull();
    expect(inRange('2026.9.6', releases)).toBe(true);
    expect(statement).toMatch(/^[A-Z].*\.$/);
  }
});

describe('each property', () => {
  test.each(TABLE_PROPERTIES)('$id: is kept, and can be broken', (property) => {
    const [values, kept, broken] = CASES[property.id] ?? [{}, SHUT, SHUT];
    const cell: Cell = { ...PLAIN, ...values };
    expect(property.appliesTo(cell)).toBe(true);
    expect(property.broken(kept, cell)).toEqual([]);
    expect(property.broken(broken, cell)).not.toEqual([]);
  });

  test.each(TABLE_PROPERTIES)('$id: speaks of some cell of the quick table', (property) => {
    expect(QUICK.some((cell) => property.appliesTo(cell))).toBe(true);
  });
});

/** Cells that a property does not apply to; a property that is not in this list applies to all cells. */
const SILENT_ON: Record<string, Partial<Cell>[]> = {
  'unapproved-hold-nothing': [{ route: 'loopback' }, { prior: 'paired-read' }],
  'strangers-wait': [{ route: 'loopback' }, { prior: 'paired-read' }],
  'no-silent-upgrade': [{}, { route: 'loopback', prior: 'paired-read' }],
  'another-system-is-a-question': [
    { prior: 'paired-read' },
    { prior: 'paired-read', metadata: 'other-family' },
    { metadata: 'other-platform' },
    { route: 'loopback', prior: 'paired-read', metadata: 'other-platform' },
  ],
  'no-more-than-approved': [{}, { route: 'loopback', prior: 'paired-read' }],
  'nodes-are-no-operators': [{ asks: 'asks-admin' }],
  'a-secret-is-needed': [{}, { credential: 'device-token', prior: 'paired-read' }],
  'a-wrong-secret-leaves-nothing': [
    {},
    { credential: 'device-token', prior: 'paired-read' },
    // A request that was pending before counts as pending.
    { credential: 'wrong-secret', prior: 'pending' },
  ],
  'a-key-is-proved': [{}, { proof: 'signed-v3' }, { proof: 'no-device' }],
  'an-unproved-key-leaves-nothing': [
    {},
    { prior: 'pending' },
    { proof: 'no-device' },
    { proof: 'signature-forged', prior: 'pending' },
  ],
  'nothing-is-replayed': [{ proof: 'no-device' }],
  'another-key-is-another-device': [{}, { prior: 'paired-read' }],
  'no-device-no-scope': [{}, { proof: 'no-device', route: 'loopback' }],
  'tokens-are-for-devices': [{}],
  'revoked-tokens-are-worthless': [
    { prior: 'revoked' },
    { prior: 'removed' },
    { credential: 'device-token', prior: 'paired-read' },
  ],
  'foreign-pages-stay-out': [{ origin: 'origin-foreign' }, { kind: 'webchat', origin: 'origin-of-the-gateway' }],
  'here-is-not-there': [{}],
  'requests-are-written-down': [{}, { route: 'loopback', prior: 'paired-read' }],
};

/** Further cells that a property applies to. */
const SPEAKS_OF: Record<string, Partial<Cell>[]> = {
  'a-wrong-secret-leaves-nothing': [{ credential: 'no-secret', prior: 'paired-read' }],
  'an-unproved-key-leaves-nothing': [{ proof: 'signature-of-another-nonce', prior: 'paired-read' }],
  'nothing-is-replayed': [{}, { proof: 'signature-forged' }],
  'revoked-tokens-are-worthless': [{ credential: 'device-token', prior: 'removed' }],
  'foreign-pages-stay-out': [{ kind: 'webchat', origin: 'origin-null' }],
};

const propertyOf = (id: string) => TABLE_PROPERTIES.filter((property) => property.id === id);

describe('the cells that a property applies to', () => {
  test.each(TABLE_PROPERTIES)('$id', (property) => {
    const spokenOf = (cells: Partial<Cell>[] = []): Partial<Cell>[] =>
      cells.filter((values) => property.appliesTo({ ...PLAIN, ...values }));
    expect(spokenOf(SILENT_ON[property.id])).toEqual([]);
    expect(spokenOf(SPEAKS_OF[property.id])).toEqual(SPEAKS_OF[property.id] ?? []);
    if (SILENT_ON[property.id] === undefined) expect(QUICK.every((cell) => property.appliesTo(cell))).toBe(true);
  });
});

const but = (look: Shown, over: Shown): Shown => ({ ...look, ...over });
const refusedFor = (
  cause: 'credentials' | 'unstated' | 'client-version',
  at: 'handshake' | 'http' = 'handshake',
): Shown => ({
  outcome: { kind: 'refused', at, code: 1008, cause, reason: null, text: '' },
  pairing: 'none',
  audit: [],
});
const HERE = { route: 'loopback' } as const;
const KNOWN = { prior: 'paired-read', asks: 'asks-write' } as const;

describe('the probes that violate a property', () => {
  test.each<[id: string, what: string, cell: Partial<Cell>, seen: Seen, looks: ProbeName[]]>([
    ['unapproved-hold-nothing', 'a session without a scope', {}, every(admitted()), []],
    ['unapproved-hold-nothing', 'any probe', {}, { ...SHUT, elsewhere: admitted('operator.read') }, ['elsewhere']],
    [
      'no-more-than-approved',
      'one scope of three',
      KNOWN,
      { ...SHUT, again: admitted('operator.read', 'operator.pairing', 'operator.read') },
      ['again'],
    ],
    [
      'no-more-than-asked',
      'what a wider scope holds',
      { ...HERE, asks: 'asks-admin' },
      every(admitted('operator.admin', 'operator.write', 'operator.approvals')),
      [],
    ],
    [
      'no-more-than-asked',
      'one scope of two',
      HERE,
      { ...SHUT, replay: admitted('operator.read', 'operator.write') },
      ['replay'],
    ],
    ['a-secret-is-needed', 'the honest probe', { credential: 'no-secret' }, { ...SHUT, elsewhere: admitted() }, []],
    ['a-wrong-secret-leaves-nothing', 'a list as it was', { credential: 'wrong-secret' }, ON_LIST, []],
    ['an-unproved-key-leaves-nothing', 'a list as it was', { proof: 'signature-forged' }, ON_LIST, []],
    [
      'another-key-is-another-device',
      'an admission that leaves the list',
      { prior: 'other-key' },
      { ...ON_LIST, knock: admitted(), elsewhere: admitted() },
      ['knock'],
    ],
    [
      'nothing-is-replayed',
      'a silent approval of a refused one',
      {},
      { ...SHUT, replay: but(SHUT.replay, { pairing: 'approved-silently' }) },
      ['replay'],
    ],
    ['tokens-are-for-devices', 'a refusal', { proof: 'no-device' }, SHUT, []],
    ['a-refusal-approves-nobody', 'a silent approval of one that is let in', HERE, every(SILENT), []],
    [
      'a-refusal-approves-nobody',
      'a page that is told to load again',
      HERE,
      every(but(refusedFor('client-version'), { pairing: 'approved-silently' })),
      [],
    ],
    [
      'here-is-not-there',
      'what it asked for as a page of another build',
      { ...HERE, asks: 'asks-write' },
      {
        ...SHUT,
        knock: but(refusedFor('client-version'), { pairing: 'approved-silently' }),
        elsewhere: admitted('operator.write'),
      },
      [],
    ],
    [
      'here-is-not-there',
      'what one of the scopes held here holds',
      HERE,
      { ...every(admitted('operator.pairing', 'operator.admin')), elsewhere: admitted('operator.write') },
      [],
    ],
    [
      'here-is-not-there',
      'what was approved',
      { ...HERE, prior: 'paired-read' },
      { ...SHUT, elsewhere: admitted('operator.read') },
      [],
    ],
    [
      'here-is-not-there',
      'one scope of two',
      { ...HERE, prior: 'paired-read' },
      { ...SHUT, elsewhere: admitted('operator.read', 'operator.pairing') },
      ['elsewhere'],
    ],
    [
      'requests-are-written-down',
      'a refusal for something else',
      KNOWN,
      every(but(refusedFor('credentials'), { pairing: 'pending' })),
      [],
    ],
    ['requests-are-written-down', 'a refusal that left no request', KNOWN, every(refused('none', 'refused')), []],
    ['requests-are-written-down', 'an admission', KNOWN, every(but(admitted(), { pairing: 'pending' })), []],
    [
      'requests-are-written-down',
      'another machine',
      KNOWN,
      every(but(refused('pending', null), { audit: [{ event: 'metadata-upgrade', line: '' }] })),
      [],
    ],
    ['requests-are-written-down', 'the probe that repeats', KNOWN, every(refused('pending', null)), ['knock', 'again']],
    ['refusals-are-written-down', 'an admission', {}, every(admitted()), []],
    ['refusals-are-written-down', 'a refusal before the handshake', {}, every(refusedFor('credentials', 'http')), []],
    [
      'refusals-are-written-down',
      'one that is written down as unauthorized',
      {},
      every(but(refusedFor('credentials'), { audit: [{ event: 'unauthorized', line: '' }] })),
      [],
    ],
    ['refusals-are-written-down', 'one that is not', {}, every(refusedFor('credentials')), ['knock']],
    [
      'a-refusal-has-a-reason',
      'a cause that nobody can read',
      {},
      { ...SHUT, knock: refusedFor('unstated') },
      ['knock'],
    ],
    ['a-refusal-has-a-reason', 'an admission', {}, every(admitted()), []],
  ])('%s: %s', (id, _what, values, seen, looks) => {
    const cell: Cell = { ...PLAIN, ...values };
    expect(propertyOf(id).map((property) => property.broken(seen, cell))).toEqual([looks]);
  });

  test('a probe that was not carried out violates no property', () => {
    const nothing = every({ notCarriedOut: 'it has sent nothing yet' });
    for (const { id, broken } of TABLE_PROPERTIES) expect([id, broken(nothing, PLAIN)]).toEqual([id, []]);
  });
});
