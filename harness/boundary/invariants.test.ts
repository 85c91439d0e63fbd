import { describe, expect, test } from 'vitest';
import type { Observation } from '../scenario/observation.ts';
import { inRange, isRange } from '../scenario/range.ts';
import { PLAIN } from './cell.ts';
import { cellsOf } from './covering.ts';
import type { Cell } from './dimensions.ts';
import { INVARIANTS, type Seen } from './invariants.ts';

const admitted = (...scopes: string[]): Observation => ({
  outcome: { kind: 'admitted', role: 'operator', scopes, protocol: 4, deviceToken: false },
  pairing: 'unchanged',
  audit: [],
});
const refused = (pairing: Observation['pairing'], event: 'refused' | 'access-upgrade' | null): Observation => ({
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

/** A gateway that keeps everyone out, says why, and writes it down. */
const SHUT = every(refused('none', 'refused'));
const ON_LIST = every(refused('unchanged', 'refused'));
const SILENT: Observation = { ...admitted('operator.read'), pairing: 'approved-silently' };

const QUICK = cellsOf('quick');

/** For each sentence: a cell that it speaks of, what keeps it there, and what breaks it. */
const CASES: Record<string, [cell: Partial<Cell>, kept: Seen, broken: Seen]> = {
  'unapproved-hold-nothing': [{}, SHUT, every(admitted('operator.read'))],
  'strangers-wait': [{}, SHUT, { ...SHUT, again: SILENT }],
  'no-silent-upgrade': [{ prior: 'paired-read' }, every(admitted('operator.read')), { ...SHUT, knock: SILENT }],
  'no-more-than-approved': [
    { prior: 'paired-read', asks: 'asks-write' },
    every(admitted('operator.read')),
    every(admitted('operator.read', 'operator.write')),
  ],
  'no-more-than-asked': [{ door: 'loopback' }, every(admitted('operator.read')), every(admitted('operator.pairing'))],
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
  'nothing-is-replayed': [{ door: 'loopback' }, { ...every(admitted()), replay: SHUT.replay }, every(admitted())],
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
    { door: 'loopback', asks: 'asks-write' },
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
    { door: 'loopback' },
    every({ ...SILENT, audit: [{ event: 'auto-approved', line: '' }] }),
    every(SILENT),
  ],
  'refusals-are-written-down': [{}, SHUT, every(refused('none', null))],
  'nothing-leaks': [{}, SHUT, { ...SHUT, elsewhere: { ...SHUT.elsewhere, leaked: ['token in the log'] } }],
  'a-refusal-has-a-reason': [
    {},
    { ...SHUT, replay: { notCarriedOut: 'it has sent nothing yet' } },
    { ...SHUT, again: { outcome: { kind: 'timeout', phase: 'awaiting-hello', afterMs: 1 }, pairing: 'none' } },
  ],
};

test('there are more than twenty, each once, each with a source and a range of releases that the suite knows', () => {
  const ids = INVARIANTS.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(20);
  expect(ids).toEqual([...new Set(ids)]);
  expect(ids.sort()).toEqual(Object.keys(CASES).sort());
  for (const { claimed, source, sentence } of INVARIANTS) {
    expect(isRange(claimed)).toBe(true);
    expect(inRange('2026.9.6', claimed)).toBe(true);
    expect(source).not.toBe('');
    expect(sentence).toMatch(/^[A-Z].*\.$/);
  }
});

describe('each sentence', () => {
  test.each(INVARIANTS)('$id: is kept, and can be broken', (invariant) => {
    const [values, kept, broken] = CASES[invariant.id] ?? [{}, SHUT, SHUT];
    const cell: Cell = { ...PLAIN, ...values };
    expect(invariant.speaksOf(cell)).toBe(true);
    expect(invariant.broken(kept, cell)).toEqual([]);
    expect(invariant.broken(broken, cell)).not.toEqual([]);
  });

  test.each(INVARIANTS)('$id: speaks of some cell of the quick table', (invariant) => {
    expect(QUICK.some((cell) => invariant.speaksOf(cell))).toBe(true);
  });
});
