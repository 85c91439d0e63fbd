import { FACTS, HARDENED_BY } from '../releases/facts.ts';

/** The content of a file: values from YAML of unknown shape. */
export type Source = Record<string, unknown>;

type Path = readonly (string | number)[];

/** A scenario with each shorthand expanded. */
export type Expanded = {
  source: Source;
  /** The path in the file for a path in the source; everything that a shorthand expands to has the path of the shorthand. */
  writtenAt(path: Path): (string | number)[];
};

/** An item of a list, and its path in the file below that list. */
type Placed = { item: unknown; path: Path };

/**
 * Expands each shorthand of a scenario file. Takes content that fits the schema of the file, and the `id` that the file name implies; null
 * for a file outside of the catalogue, which must state its id. Keys keep the order of the file, because digests depend on it. Everything
 * else stays unchanged.
 */
export function expanded(written: Source, id: string | null): Expanded {
  const moved = new Map<string, Path>();
  /** Records the paths of the items of a list, and returns the items. */
  const placed = (list: readonly Placed[], at: Path, base: Path): unknown[] =>
    list.map(({ item, path }, index) => {
      moved.set(JSON.stringify([...at, index]), [...base, ...path]);
      return item;
    });
  const steps = (value: unknown, at: Path, base: Path): unknown =>
    Array.isArray(value) ? placed(expandedSteps(value, written.clients), at, base) : value;
  const workarounds = (value: unknown): unknown => {
    if (!Array.isArray(value)) return value;
    const list = value.flatMap(workaroundsIn);
    const items = placed(list, ['workarounds'], ['workarounds']);
    return items.map((workaround, index) =>
      isSource(workaround)
        ? replaced(workaround, {
            steps: (given) => ({
              steps: steps(
                given,
                ['workarounds', index, 'steps'],
                ['workarounds', ...(list[index]?.path ?? []), 'steps'],
              ),
            }),
          })
        : workaround,
    );
  };
  const named = id ?? (typeof written.id === 'string' ? written.id : null);
  const source = replaced(
    { ...(named === null ? {} : { id: named, class: named.split('/')[0] }), level: 'must', blocker: true, ...written },
    {
      needs: (fact) => ({ applies: appliesWhere(fact) }),
      steps: (given) => ({ steps: steps(given, ['steps'], ['steps']) }),
      boundary: (given) => ({ boundary: steps(given, ['boundary'], ['boundary']) }),
      workarounds: (given) => ({ workarounds: workarounds(given) }),
    },
  );
  return {
    source,
    writtenAt(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const at = moved.get(JSON.stringify(path.slice(0, length)));
        if (at !== undefined) return [...at, ...path.slice(length)];
      }
      return [...path];
    },
  };
}

/** The workarounds of an entry: the entry itself, or one for each of its `outcomes`. */
function workaroundsIn(entry: unknown, index: number): Placed[] {
  if (!isSource(entry) || !Array.isArray(entry.outcomes)) return [{ item: entry, path: [index] }];
  const { outcomes, ...shared } = entry;
  return entry.outcomes.map((outcome: unknown, which) => ({
    item: isSource(outcome) ? { ...shared, ...outcome } : outcome,
    path: [index, 'outcomes', which],
  }));
}

function expandedSteps(steps: readonly unknown[], clients: unknown): Placed[] {
  return steps.flatMap((step, index) => {
    const made = isSource(step) && 'pair' in step ? pairing(step, clients) : [step];
    return made.map((item) => ({ item: isSource(item) ? expandedStep(item) : item, path: [index] }));
  });
}

/** The three steps of `pair`: the client waits, the operator approves it, and it is admitted with every scope that it asks for. */
function pairing({ pair, names }: Source, clients: unknown): Source[] {
  const { as, claims } = isSource(pair) ? pair : {};
  const [waits, isIn] = Array.isArray(names) ? names : [`${as}-waits`, `${as}-is-in`];
  const declared = isSource(clients) ? clients[`${as}`] : undefined;
  const { scopes = [] } = { ...(isSource(declared) ? declared : {}), ...(isSource(claims) ? claims : {}) };
  return [
    { knock: pair, name: waits, expect: 'waits' },
    { approve: { of: as } },
    { knock: pair, name: isIn, expect: { in: scopes } },
  ];
}

function expandedStep(step: Source): Source {
  return replaced(step, {
    together: (held) => ({
      together: Array.isArray(held) ? held.map((item) => (isSource(item) ? expandedStep(item) : item)) : held,
    }),
    expect: (given) => ({ expect: expandedExpectation(given) }),
    symptom: (given) => ({ symptom: expandedExpectation(given) }),
    hardened: (given) => ({ hardened: expandedHardening(given) }),
  });
}

/** The refusal of an unapproved device, or of a device that asks for more than was approved: its request is pending. */
const waiting = (reason: unknown): Source => ({
  refused: { code: 1008, cause: 'pairing-required', ...(typeof reason === 'string' ? { reason } : {}) },
  pairing: 'pending',
});

/** Expands the named outcomes of an expectation, and fills in the default parts of a refusal. */
export function expandedExpectation(given: unknown): unknown {
  if (given === 'waits') return waiting(true);
  if (!isSource(given)) return given;
  return replaced(given, {
    waits: waiting,
    in: (scopes) => ({ admitted: { scopes }, pairing: 'unchanged' }),
    pairedSilently: (scopes) => ({ admitted: { scopes }, pairing: 'approved-silently' }),
    admitted: (admitted) => ({ admitted: Array.isArray(admitted) ? { scopes: admitted } : admitted }),
    refused: (refused) => ({ refused: expandedRefusal(refused) }),
  });
}

/** Expands a refusal: a refusal with a close frame has code 1008 (policy violation) by default. */
function expandedRefusal(refused: unknown): unknown {
  if (typeof refused === 'string') return { code: 1008, cause: refused };
  return isSource(refused) && refused.at !== 'http' ? { code: 1008, ...refused } : refused;
}

function appliesWhere(name: unknown): unknown {
  const fact = named(FACTS, name);
  return fact === undefined ? name : { releases: fact.releases, because: fact.elsewhere };
}

/** Expands `hardened` by a release fact: the name of the fact alone, or with the expectation on these releases. */
function expandedHardening(given: unknown): unknown {
  const { by = given, expect } = isSource(given) ? given : {};
  const fact = named(FACTS, by);
  if (fact === undefined)
    return isSource(given) ? replaced(given, { expect: (e) => ({ expect: expandedExpectation(e) }) }) : given;
  return {
    releases: fact.releases,
    because: fact.statement,
    expect: expandedExpectation(expect ?? named(HARDENED_BY, by)),
  };
}

function isSource(value: unknown): value is Source {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries in their order, each entry with a rule replaced by the result of the rule. */
function replaced(entries: Source, rules: Record<string, (value: unknown) => Source>): Source {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, value]) => {
      const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
      return rule === undefined ? [[key, value]] : Object.entries(rule(value));
    }),
  );
}

/** The entry of this name, or undefined. */
function named<T extends object>(table: T, name: unknown): T[keyof T] | undefined {
  const key = Object.keys(table).find((known): known is string & keyof T => known === name);
  return key === undefined ? undefined : table[key];
}
