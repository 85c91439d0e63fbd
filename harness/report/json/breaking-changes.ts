/** One place of a JSON Schema, such as `/properties/run/properties/seed/type`, and what it says there, as JSON. */
type Statement = readonly [place: string, says: string];

/** Lists that may gain words within a version: a reader must expect causes and outcomes that it does not know. */
const OPEN_LIST = /\/properties\/(cause|outcome)\/enum$/;

/**
 * The differences between two JSON Schemas of the same version of a file, such as report.json, after which a program for the one would misread a file of
 * the other, one line each. A field may be added if it may be absent, so that older files stay valid, and a cause or an outcome may be added. All else counts.
 */
export function breakingChanges(before: object, after: object): string[] {
  const [old, now] = [new Map(statementsOf(before, '')), new Map(statementsOf(after, ''))];
  const changed = [...old].flatMap(([place, said]) => {
    const says = now.get(place);
    if (says === said || (says !== undefined && OPEN_LIST.test(place) && isWithin(said, says))) return [];
    return [`${place}: ${said} became ${says ?? 'nothing'}`];
  });
  const places = [...old.keys()];
  const fields = (place: string): string[] => [...place.matchAll(/\/properties\/[^/]+/g)].map(fieldUpTo);
  const isNewField = (place: string): boolean =>
    fields(place).some((field) => !places.some((each) => each.startsWith(`${field}/`)));
  const added = [...now].flatMap(([place, says]) =>
    old.has(place) || isNewField(place) ? [] : [`${place}: nothing became ${says}`],
  );
  return [...changed, ...added];
}

/** The place of a field, from a match of its last part. */
function fieldUpTo({ input, index, 0: part }: RegExpExecArray): string {
  return `${input.slice(0, index)}${part}`;
}

/** What a schema says, place by place. A list of words or types is one statement. */
function statementsOf(schema: unknown, place: string): Statement[] {
  const isLeaf = typeof schema !== 'object' || schema === null;
  if (isLeaf || (Array.isArray(schema) && schema.every((item) => typeof item === 'string')))
    return [[place, JSON.stringify(schema)]];
  return Object.entries(schema).flatMap(([key, value]) => statementsOf(value, `${place}/${key}`));
}

/** Whether a list, as JSON, has every word of another one. */
function isWithin(words: string, others: string): boolean {
  const all = new Set<unknown>(JSON.parse(others));
  return new Set<unknown>(JSON.parse(words)).isSubsetOf(all);
}
