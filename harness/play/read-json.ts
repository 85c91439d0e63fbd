/** Gives a field of a value that a gateway sent; undefined if there is none. */
export function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** Gives a field that is a string; null if it is not one. */
export function textIn(value: unknown, key: string): string | null {
  const found = fieldOf(value, key);
  return typeof found === 'string' ? found : null;
}

/** Gives the strings in a field that is a list; null if it is not one. */
export function stringsIn(value: unknown, key: string): string[] | null {
  const found = fieldOf(value, key);
  return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : null;
}

/** Gives every string field of this name in a value, at any depth. */
export function textsNamed(value: unknown, name: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) =>
    key === name && typeof part === 'string' ? [part] : textsNamed(part, name),
  );
}
