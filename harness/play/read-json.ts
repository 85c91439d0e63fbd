/** A field of whatever a gateway sent; undefined where there is no such field. */
export function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** The same where it is a text; null where it is not. */
export function textIn(value: unknown, key: string): string | null {
  const found = fieldOf(value, key);
  return typeof found === 'string' ? found : null;
}

/** The texts in a field that holds a list; null where it holds none. */
export function listIn(value: unknown, key: string): string[] | null {
  const found = fieldOf(value, key);
  return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : null;
}

/** Every text of this name in a value, however deep. */
export function textsNamed(value: unknown, name: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) =>
    key === name && typeof part === 'string' ? [part] : textsNamed(part, name),
  );
}
