import { describe, expect, test } from 'vitest';
import type { Verdict } from '../judge/verdict.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import type { Mutant, MutantBuild } from './mutant.ts';
import { isIntended, mutantResultOf } from './mutant-result.ts';
import type { CachedCheck } from './result-cache.ts';

const admitted: Observation = {
  outcome: { kind: 'admitted', role: 'operator', scopes: ['operator.read'], protocol: 4, deviceToken: true },
  pairing: 'approved-silently',
};
const waits: Observation = {
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'pairing-required', reason: null, text: '' },
  pairing: 'pending',
};

function kept(id: string, verdict: Verdict, observation: Observation | null = waits): [string, CachedCheck] {
  return [id, { id, verdict, seen: verdict, observation }];
}

function mutantBuild(expectedKills: string[], more: Partial<Mutant> = {}): MutantBuild {
  const mutant: Mutant = {
    id: 'a-mutant',
    says: 'It is weak.',
    area: 'locality',
    expectedKills,
    on: {},
    ...more,
  };
  return { mutant, release: '2026.4.1', edits: [], expectedKills };
}

const BASE = new Map([
  kept('door/lan/waits', 'pass'),
  kept('door/lan/comes-back', 'pass'),
  kept('door/panel/waits', 'pass'),
  kept('known/failure/waits', 'reproduced'),
]);
const having = (...changed: [string, CachedCheck][]): Map<string, CachedCheck> => new Map([...BASE, ...changed]);
const roles = (fate: ReturnType<typeof mutantResultOf>) => fate.noticed.map(({ check, role }) => `${role} ${check}`);

describe('a weakened gateway', () => {
  test('is killed if its named checks notice it; later checks of their scenarios are no fault', () => {
    const seen = having(kept('door/lan/waits', 'fail', admitted), kept('door/lan/comes-back', 'not-testable', null));
    const fate = mutantResultOf(mutantBuild(['door/lan/waits']), BASE, seen);
    expect(fate.kind).toBe('killed');
    expect(roles(fate)).toEqual(['named door/lan/waits', 'follows door/lan/comes-back']);
  });

  test('survives if no result differs; a failure of the unchanged release is no difference', () => {
    const fate = mutantResultOf(mutantBuild(['door/lan/waits', 'known/failure/waits']), BASE, BASE);
    expect(fate).toEqual({
      kind: 'survived',
      noticed: [],
      missed: ['door/lan/waits', 'known/failure/waits'],
      why: null,
    });
    expect(isIntended(fate)).toBe(false);
  });

  test('is seen in part if one of its named checks does not notice it', () => {
    const fate = mutantResultOf(
      mutantBuild(['door/lan/waits', 'door/panel/waits']),
      BASE,
      having(kept('door/lan/waits', 'fail', admitted)),
    );
    expect(fate.kind).toBe('seen in part');
    expect(fate.missed).toEqual(['door/panel/waits']);
  });

  test('with bySome, is killed by one of its named checks, and survives if none notices it', () => {
    const checks = ['door/lan/waits', 'door/panel/waits'];
    const bySome = mutantBuild(checks, { bySome: 'It hangs on the order of play.' });
    const fate = mutantResultOf(bySome, BASE, having(kept('door/lan/waits', 'fail', admitted)));
    expect(fate).toMatchObject({ kind: 'killed', missed: [] });
    expect(mutantResultOf(bySome, BASE, BASE)).toMatchObject({ kind: 'survived', missed: checks });
  });

  test('is seen elsewhere if a check in a scenario without a named one notices it', () => {
    const seen = having(kept('door/lan/waits', 'fail', admitted), kept('door/panel/waits', 'fail', admitted));
    const fate = mutantResultOf(mutantBuild(['door/lan/waits']), BASE, seen);
    expect(fate.kind).toBe('seen elsewhere');
    expect(roles(fate)).toEqual(['named door/lan/waits', 'unrelated door/panel/waits']);
  });

  test('is noticed by another decision or another verdict, where the other one is the same', () => {
    const open = mutantResultOf(
      mutantBuild(['door/lan/waits']),
      BASE,
      having(kept('door/lan/waits', 'pass', admitted)),
    );
    expect(open.noticed.map(({ change }) => change)).toEqual(['weakened']);
    const unlogged = mutantResultOf(
      mutantBuild(['door/lan/waits']),
      BASE,
      having(kept('door/lan/waits', 'fail', waits)),
    );
    expect(unlogged.noticed.map(({ change }) => change)).toEqual(['changed']);
  });

  test('is broken, and not killed, if it cannot be played', () => {
    const fate = mutantResultOf(mutantBuild(['door/lan/waits']), BASE, having(kept('door/lan/waits', 'error')));
    expect(fate).toEqual({ kind: 'broken', noticed: [], missed: [], why: 'door/lan/waits: error' });
  });

  test('is a known hole only as long as no check notices it', () => {
    const hole = mutantBuild([], { unseen: 'Nobody asks.' });
    expect(mutantResultOf(hole, BASE, BASE)).toEqual({
      kind: 'known hole',
      noticed: [],
      missed: [],
      why: 'Nobody asks.',
    });
    const seen = mutantResultOf(hole, BASE, having(kept('door/lan/waits', 'fail', admitted)));
    expect(seen.kind).toBe('seen elsewhere');
  });
});

describe('a fix', () => {
  const fix = mutantBuild(['known/failure/waits'], { fix: 'openclaw/openclaw#1' });

  test('has passed if its named checks show right behaviour', () => {
    const fate = mutantResultOf(fix, BASE, having(kept('known/failure/waits', 'unexpected-pass', admitted)));
    expect(fate.kind).toBe('passed');
    expect(roles(fate)).toEqual(['mended known/failure/waits']);
  });

  test('is not mended if they fail as before', () => {
    const fate = mutantResultOf(fix, BASE, BASE);
    expect(fate.kind).toBe('not mended');
    expect(fate.missed).toEqual(['known/failure/waits']);
  });

  test('is refused if it admits a client that must be refused', () => {
    const seen = having(
      kept('known/failure/waits', 'unexpected-pass', admitted),
      kept('door/lan/waits', 'fail', admitted),
    );
    const fate = mutantResultOf(fix, BASE, seen);
    expect(fate.kind).toBe('refused');
    expect(roles(fate)).toEqual(['worse door/lan/waits', 'mended known/failure/waits']);
  });
});

test('a missing log line counts only for the checks that expect it', () => {
  const written: Observation = { ...waits, audit: [{ event: 'access-upgrade', line: 'a line' }] };
  const mute: Observation = { ...waits, audit: [] };
  const base = new Map([kept('door/lan/waits', 'pass', written), kept('panel/lan/waits', 'pass', written)]);
  const seen = new Map([kept('door/lan/waits', 'fail', mute), kept('panel/lan/waits', 'pass', mute)]);
  const fate = mutantResultOf(mutantBuild(['door/lan/waits']), base, seen);
  expect([fate.kind, roles(fate)]).toEqual(['killed', ['named door/lan/waits']]);
});
