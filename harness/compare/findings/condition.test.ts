import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Condition, Term } from '../../results/finding.ts';
import { covers, explain, MOST_CONJUNCTIONS, type Row } from './condition.ts';

const DIMENSIONS: Readonly<Record<string, readonly string[]>> = {
  route: ['lan', 'loopback', 'proxy', 'silent'],
  forwarded: ['none', 'xff', 'proto', 'host', 'rfc'],
  kind: ['cli', 'page', 'node'],
  secret: ['right', 'wrong'],
  asks: ['read', 'write', 'admin'],
};
const NAMES = Object.keys(DIMENSIONS);
const row = fc.record(Object.fromEntries(NAMES.map((name) => [name, fc.constantFrom(...(DIMENSIONS[name] ?? []))])));
const rows = fc.uniqueArray(row, { minLength: 40, maxLength: 80, selector: (each) => JSON.stringify(each) });
const term = fc.constantFrom(...NAMES).chain((dimension): fc.Arbitrary<Term> => {
  const values = DIMENSIONS[dimension] ?? [];
  return fc
    .subarray([...values], { minLength: 1, maxLength: values.length - 1 })
    .map((some) => ({ dimension, is: 'in', values: some }));
});
const conjunction = fc.uniqueArray(term, { minLength: 1, maxLength: 3, selector: ({ dimension }) => dimension });
const NEVER = (): boolean => false;

/** The rows that a condition changes, and the others. */
function planted(all: readonly Row[], condition: Condition): { changed: Row[]; unchanged: Row[] } {
  return {
    changed: all.filter((each) => covers(condition, each, NEVER)),
    unchanged: all.filter((each) => !covers(condition, each, NEVER)),
  };
}

/** The indices of rows that a condition covers. */
const coveredIn = (condition: Condition, all: readonly Row[]): number[] =>
  all.flatMap((each, index) => (covers(condition, each, NEVER) ? [index] : []));

describe('random rows', () => {
  test('a planted conjunction is found: it covers the same rows, with no more terms and no exception', () => {
    fc.assert(
      fc.property(rows, conjunction, (all, terms) => {
        const { changed, unchanged } = planted(all, [terms]);
        fc.pre(changed.length > 0);
        const { condition, exceptions } = explain(changed, unchanged);
        expect(coveredIn(condition, all)).toEqual(coveredIn([terms], all));
        expect(condition).toHaveLength(1);
        expect(condition[0]?.length).toBeLessThanOrEqual(terms.length);
        expect(exceptions).toEqual([]);
      }),
    );
  });

  test('what a condition covers is what it says: no unchanged row without being counted as an exception', () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.boolean()), (all, coins) => {
        const isChanged = all.map(() => coins.next().value === true);
        const changed = all.filter((_, index) => isChanged[index]);
        const unchanged = all.filter((_, index) => !isChanged[index]);
        fc.pre(changed.length > 0);
        const { condition, covered, exceptions } = explain(changed, unchanged);
        expect(covered).toEqual(coveredIn(condition, changed));
        expect(exceptions).toEqual(coveredIn(condition, unchanged));
        expect(condition.length).toBeLessThanOrEqual(MOST_CONJUNCTIONS);
        expect(covered.length).toBeGreaterThan(0);
      }),
      { numRuns: 30 },
    );
  });

  test('the order of the unchanged rows does not matter', () => {
    fc.assert(
      fc.property(rows, conjunction, (all, terms) => {
        const { changed, unchanged } = planted(all, [terms]);
        fc.pre(changed.length > 0);
        expect(explain(changed, unchanged.toReversed()).condition).toEqual(explain(changed, unchanged).condition);
      }),
    );
  });
});

const every = (values: Readonly<Record<string, readonly string[]>>): Row[] =>
  Object.entries(values).reduce<Row[]>(
    (made, [name, list]) => made.flatMap((each) => list.map((value) => ({ ...each, [name]: value }))),
    [{}],
  );

test('a term names the values that are not meant, if they are fewer', () => {
  const all = every({ forwarded: DIMENSIONS.forwarded ?? [], kind: ['cli', 'page'] });
  const { changed, unchanged } = planted(all, [[{ dimension: 'forwarded', is: 'not-in', values: ['none'] }]]);
  expect(explain(changed, unchanged).condition).toEqual([[{ dimension: 'forwarded', is: 'not-in', values: ['none'] }]]);
});

test('two unrelated dimensions make a disjunction', () => {
  const all = every({
    forwarded: ['none', 'xff', 'proto'],
    route: ['lan', 'loopback', 'proxy'],
    kind: ['cli', 'page'],
  });
  const forwarded: Term = { dimension: 'forwarded', is: 'not-in', values: ['none'] };
  const proxied: Term = { dimension: 'route', is: 'in', values: ['proxy'] };
  const { changed, unchanged } = planted(all, [[forwarded], [proxied]]);
  expect(explain(changed, unchanged).condition).toEqual([[forwarded], [proxied]]);
});

test('one row that did not change is an exception to a simple condition, and is counted', () => {
  const all = every({
    route: DIMENSIONS.route ?? [],
    forwarded: DIMENSIONS.forwarded ?? [],
    kind: DIMENSIONS.kind ?? [],
  });
  const isException = (each: Row): boolean => each.forwarded === 'xff' && each.kind === 'page';
  const { changed, unchanged } = planted(all, [[{ dimension: 'route', is: 'in', values: ['proxy'] }]]);
  const { condition, exceptions } = explain(
    changed.filter((each) => !isException(each)),
    [...changed.filter(isException), ...unchanged],
  );
  expect(condition).toEqual([[{ dimension: 'route', is: 'in', values: ['proxy'] }]]);
  expect(exceptions).toEqual([0]);
});

test('without an unchanged row the condition is always true', () => {
  expect(explain([{ route: 'lan', kind: 'cli' }], [])).toEqual({ condition: [[]], covered: [0], exceptions: [] });
});
