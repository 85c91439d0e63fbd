import { FACTS, HARDENED_BY } from './facts.ts';

/** What stands in a file: nothing is known of its values but that they came out of YAML. */
export type Source = Record<string, unknown>;

/** What a shorthand stands for, by its key. */
type Rules = Record<string, (value: unknown) => Source>;

/**
 * A scenario as it stands in its file, with each shorthand written out. Digests are taken of the result, so keys keep the order of the
 * file. Takes what the schema of the file has let pass; what is no shorthand is left as it is.
 */
export function spelledOut(written: Source): Source {
  return replaced(written, {
    needs: (fact) => ({ applies: appliesWhere(fact) }),
    steps: (steps) => ({ steps: listOf(steps, spelledStep) }),
    boundary: (steps) => ({ boundary: listOf(steps, spelledStep) }),
    remedies: (remedies) => ({ remedies: listOf(remedies, spelledRemedy) }),
  });
}

function spelledRemedy(remedy: Source): Source {
  return replaced(remedy, { steps: (steps) => ({ steps: listOf(steps, spelledStep) }) });
}

function spelledStep(step: Source): Source {
  return replaced(step, {
    together: (held) => ({ together: listOf(held, spelledStep) }),
    hardened: (given) => ({ hardened: spelledHardening(given) }),
  });
}

function appliesWhere(name: unknown): unknown {
  const fact = named(FACTS, name);
  return fact === undefined ? name : { range: fact.range, because: fact.elsewhere };
}

/** A stricter release by the fact that makes it so: the name alone, or with what is expected there instead. */
function spelledHardening(given: unknown): unknown {
  const name = isSource(given) ? given['by'] : given;
  const fact = named(FACTS, name);
  if (fact === undefined) return given;
  const expect = isSource(given) ? given['expect'] : named(HARDENED_BY, name);
  return { range: fact.range, because: fact.says, expect };
}

function isSource(value: unknown): value is Source {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown, each: (item: Source) => Source): unknown {
  return Array.isArray(value) ? value.map((item) => (isSource(item) ? each(item) : item)) : value;
}

/** The entries in their order; in the place of one that has a rule stands what the rule gives. */
function replaced(entries: Source, rules: Rules): Source {
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
