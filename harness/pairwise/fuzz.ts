import fc from 'fast-check';
import { createMutex } from '../play/context.ts';
import { DIMENSION_NAMES, type FreeHeaders, isPossible, PLAIN, valuesOf } from './cell.ts';
import type { Cell } from './dimensions.ts';
import { type CellViolation, violationsIn } from './judge-table-property.ts';
import type { KnockProperty } from './knock-property.ts';
import { observeCell } from './observe-cell.ts';
import type { TableRequest } from './table.ts';

/** A random search: its seed, its largest number of knocks, and the path of a violation (null for a new search), which repeats that one at once. */
export type FuzzRequest = { seed: number; path: string | null; runs: number };

/** A random knock: a cell, and headers in addition to those of the cell or in their place. */
export type FuzzedKnock = { cell: Cell; free: FreeHeaders };

/** A minimal knock that violates a property: the knock, the property, the observed violation, the search that repeats it, and the shrink steps. */
export type Violation = {
  probe: FuzzedKnock;
  property: KnockProperty;
  breach: CellViolation;
  search: FuzzRequest;
  shrinks: number;
};

/**
 * The result of a search. `met`: the number of knocks played before shrinking. `found`: the minimal violation, or null. `fickle`: a knock that
 * violated a property during the search and not when it was observed once more, or null.
 */
export type FuzzResult = { met: number; found: Violation | null; fickle: FuzzedKnock | null };

/** Generates any possible cell. Impossible combinations are repaired with plain values, so that each dimension shrinks alone, towards plain. */
function anyCell(): fc.Arbitrary<Cell> {
  const choices = Object.fromEntries(DIMENSION_NAMES.map((name) => [name, fc.constantFrom(...valuesOf(name))]));
  return fc.record(choices).map((chosen: Partial<Cell>): Cell => {
    const cell = { ...PLAIN, ...chosen };
    const mended = [
      cell,
      { ...cell, metadata: PLAIN.metadata },
      { ...cell, metadata: PLAIN.metadata, credential: PLAIN.credential },
      { ...cell, metadata: PLAIN.metadata, credential: PLAIN.credential, prior: PLAIN.prior },
    ];
    return mended.find(isPossible) ?? PLAIN;
  });
}

/** Addresses in the forms that clients and proxies send, and in forms that neither sends. */
const ADDRESSES = [
  '127.0.0.1',
  '127.0.0.2',
  '::1',
  '[::1]:80',
  '::ffff:7f00:1',
  '0x7f.1',
  '2130706433',
  'localhost',
  '10.0.0.7',
  '203.0.113.9',
  'unknown',
  '',
  '127.0.0.1%00',
];

/** Generates headers that name a client's address, in any combination and with any list of addresses. */
function anyHeaders(): fc.Arbitrary<FreeHeaders> {
  const list = fc.array(fc.constantFrom(...ADDRESSES), { maxLength: 3 }).map((each) => each.join(', '));
  const host = fc.constantFrom('localhost', '127.0.0.1:18789', '[::1]', 'localhost.', 'LOCALHOST:18789', '127.1');
  return fc.record(
    {
      'X-Forwarded-For': list,
      'X-Real-IP': fc.constantFrom(...ADDRESSES),
      Forwarded: fc.constantFrom(...ADDRESSES).map((address) => `for=${address}`),
      'X-Forwarded-Proto': fc.constantFrom('https', 'wss', 'http'),
      'X-Forwarded-Host': host,
      'X-Client-IP': fc.constantFrom(...ADDRESSES),
      'CF-Connecting-IP': fc.constantFrom(...ADDRESSES),
      Host: host,
    },
    { requiredKeys: [] },
  );
}

/**
 * Plays random knocks until one violates a property that is claimed for this release, or `runs` knocks were played. Shrinks a violation to a
 * minimal knock, and observes that once more. The same seed generates the same knocks. Rejects if the engine fails.
 */
export async function fuzz(request: Omit<TableRequest, 'cells' | 'doubted'>, search: FuzzRequest): Promise<FuzzResult> {
  const runExclusive = createMutex();
  const breachesOf = async ({
    cell,
    free,
  }: FuzzedKnock): Promise<{ property: KnockProperty; breach: CellViolation }[]> => {
    if (request.stopped()) return [];
    const cellResult = { first: await observeCell(cell, { ...request, runExclusive }, free), second: null };
    return request.properties.flatMap((property) =>
      violationsIn(property, cellResult).map((breach) => ({ property, breach })),
    );
  };
  const probes = fc.record<FuzzedKnock>({ cell: anyCell(), free: anyHeaders() });
  // An engine failure must not be shrunk as if the knock had caused it, so it is kept and thrown at the end.
  let failure: unknown = null;
  const property = fc.asyncProperty(probes, async (probe) => {
    if (failure !== null) return true;
    try {
      return (await breachesOf(probe)).length === 0;
    } catch (error) {
      failure = error;
      return true;
    }
  });
  const { seed, path, runs } = search;
  const details = await fc.check(property, { seed, numRuns: runs, ...(path === null ? {} : { path }) });
  if (failure !== null) throw failure;
  const [probe] = details.counterexample ?? [];
  const first = probe === undefined ? undefined : (await breachesOf(probe))[0];
  const found =
    probe === undefined || first === undefined
      ? null
      : { probe, ...first, search: { ...search, path: details.counterexamplePath }, shrinks: details.numShrinks };
  return { met: details.numRuns, found, fickle: found === null && !request.stopped() ? (probe ?? null) : null };
}
