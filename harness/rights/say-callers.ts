import { CALLERS, PLACES } from './callers.ts';

/** Callers in words: a kind that is there from every place by its name alone, others with their place. */
export function sayCallers(ids: readonly string[]): string {
  const nameOf = (id: string): string => id.slice(id.indexOf('/') + 1);
  const everywhere = new Set(
    ids
      .map(nameOf)
      .filter((name) =>
        PLACES.every(
          (place) => ids.includes(`${place}/${name}`) || !CALLERS.some(({ id }) => id === `${place}/${name}`),
        ),
      ),
  );
  const told = ids.map((id) => (everywhere.has(nameOf(id)) ? nameOf(id) : id));
  return [...new Set(told)].join(', ');
}
