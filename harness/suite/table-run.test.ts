import { describe, expect, test } from 'vitest';
import { PLAIN } from '../pairwise/cell.ts';
import type { Cell } from '../pairwise/dimensions.ts';
import { fuzz } from '../pairwise/fuzz.ts';
import { isFlaky, violationsIn } from '../pairwise/judge-table-property.ts';
import { TABLE_PROPERTIES } from '../pairwise/properties.ts';
import { playTable } from '../pairwise/table.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import type { Ways } from '../stub-gateway/behaviour.fixture.ts';
import { BROKEN } from '../stub-gateway/broken.fixture.ts';
import { RIGHT } from '../stub-gateway/gateway.fixture.ts';
import { openStubStage } from '../stub-gateway/stage.fixture.ts';
import { SHORT } from '../stub-gateway/stub-scenario.fixture.ts';

/** The cells and properties that apply to the stub gateway, which knows no signatures, pages or roles. */
const CELLS: Cell[] = [
  PLAIN,
  { ...PLAIN, route: 'loopback' },
  { ...PLAIN, forwarded: 'xff-loopback' },
  { ...PLAIN, credential: 'wrong-secret' },
  { ...PLAIN, asks: 'asks-write', prior: 'paired-read' },
];
const KEPT = [
  'unapproved-hold-nothing',
  'strangers-wait',
  'no-silent-upgrade',
  'no-more-than-approved',
  'no-more-than-asked',
  'a-secret-is-needed',
  'a-wrong-secret-leaves-nothing',
  'a-refusal-approves-nobody',
  'a-knock-removes-nobody',
  'requests-are-written-down',
  'silent-approvals-are-written-down',
  'nothing-leaks',
  'a-refusal-has-a-reason',
];

const properties = TABLE_PROPERTIES.filter(({ id }) => KEPT.includes(id));

async function onStub<T>(broken: Partial<Ways>, work: (request: Parameters<typeof fuzz>[0]) => Promise<T>): Promise<T> {
  const secretRegistry = createSecretRegistry();
  const { stage } = await openStubStage(broken, secretRegistry);
  try {
    return await work({
      stage,
      secretRegistry,
      timeouts: SHORT,
      properties,
      stopped: () => false,
      knocked: () => {},
      seed: 1,
    });
  } finally {
    await stage.close();
  }
}

/** The properties that a stub gateway violates, the number of flaky cells, and the number of cells that were observed twice. */
async function brokenBy(
  broken: Partial<Ways>,
  doubted: readonly string[] = [],
): Promise<{ ids: string[]; flaky: number; twice: number }> {
  return onStub(broken, async (request) => {
    const cellResults = await playTable({ ...request, cells: CELLS, doubted: async () => new Set(doubted) });
    const ids = properties.filter((property) =>
      cellResults.some((cellResult) => violationsIn(property, cellResult).length > 0),
    );
    return {
      ids: ids.map(({ id }) => id),
      flaky: cellResults.filter(isFlaky).length,
      twice: cellResults.filter(({ second }) => second !== null).length,
    };
  });
}

describe('a table', () => {
  test('finds nothing on a gateway that behaves rightly, and observes only doubted cells a second time', async () => {
    expect(await brokenBy({})).toEqual({ ids: [], flaky: 0, twice: 0 });
    expect(await brokenBy({}, ['plain', 'loopback'])).toEqual({ ids: [], flaky: 0, twice: 2 });
  });

  test.each<[string, Partial<Ways>, string[]]>([
    ['admits everyone', BROKEN['admits everyone'], ['unapproved-hold-nothing', 'a-secret-is-needed']],
    [
      'takes a header for an address',
      { isLocal: (visit) => visit.request.headers['x-forwarded-for'] === '127.0.0.1' || RIGHT.isLocal(visit) },
      ['unapproved-hold-nothing', 'strangers-wait'],
    ],
    ['takes everyone for local', { isLocal: () => true }, ['unapproved-hold-nothing', 'strangers-wait']],
    ['shows the token in its log', BROKEN['shows the token in its log'], ['nothing-leaks']],
  ])('of a gateway that %s', async (_what, broken, ids) => {
    const seen = await brokenBy(broken);
    expect(seen).toMatchObject({ ids, flaky: 0 });
    expect(seen.twice).toBeGreaterThan(0);
  });

  test('names a cell whose two observations differ', async () => {
    let visits = 0;
    const seen = await brokenBy({
      isLocal(visit) {
        if (visit.vantage !== 'lan' || visit.request.headers['x-forwarded-for'] === undefined)
          return RIGHT.isLocal(visit);
        visits += 1;
        return visits === 1;
      },
    });
    expect(seen).toMatchObject({ ids: ['unapproved-hold-nothing', 'strangers-wait'], flaky: 1, twice: 1 });
  });
});

describe('random knocks', () => {
  const search = { seed: 7, path: null, runs: 60 };
  const trusting: Partial<Ways> = {
    isLocal: (visit) =>
      visit.request.headers['x-forwarded-for']?.includes('127.0.0.1') === true || RIGHT.isLocal(visit),
  };

  test('shrink to the plainest one that violates a property, which its seed and path repeat at once', async () => {
    const first = await onStub(trusting, (request) => fuzz(request, search));
    expect(first.found?.property.id).toBe('unapproved-hold-nothing');
    expect(first.found?.probe.cell).toMatchObject({
      route: 'lan',
      kind: 'cli',
      credential: 'secret',
      prior: 'unknown',
    });
    expect(Object.keys(first.found?.probe.free ?? {}).filter((name) => name !== 'X-Forwarded-For')).toEqual([]);

    const again = await onStub(trusting, (request) =>
      fuzz(request, { ...search, path: first.found?.search.path ?? '' }),
    );
    expect(again.found?.probe).toEqual(first.found?.probe);
    expect(again.met).toBe(1);
  });

  test('that violate a property once and not again are reported', async () => {
    let trusted = 0;
    const once: Partial<Ways> = {
      isLocal(visit) {
        if (visit.vantage !== 'lan') return RIGHT.isLocal(visit);
        trusted += 1;
        return trusted === 1;
      },
    };
    const sought = await onStub(once, (request) => fuzz(request, search));
    expect(sought.found).toBeNull();
    expect(sought.fickle).not.toBeNull();
  });
});
