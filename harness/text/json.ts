/** The value of a JSON text; null if the text is not JSON, or is `null`. The caller must validate the shape. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
