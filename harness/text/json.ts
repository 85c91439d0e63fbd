/** What a text is as JSON; null where it is none, and where it is `null`. For whoever checks the shape next. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
