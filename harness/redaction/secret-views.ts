/** A text after some layers of escapes were undone, and the position of each of its characters in the original text. */
export type View = {
  text: string;
  /** The start and end of each character in the original text; null if not asked for, or if the view is the original text. */
  places: { from: Uint32Array; to: Uint32Array } | null;
};

/**
 * Escapes of one character in URLs, JSON, HTML and mail: percent-encoding, `\u0041`, `\x41`, `\"`, `&#65;`. Also the end of a line with the
 * white space at the beginning of the next line.
 */
const ESCAPE =
  /%([0-9a-f]{2})|\\u\{?([0-9a-f]{1,6})(?:\}|(?<=\\u[0-9a-f]{4}))|\\x([0-9a-f]{2})|&#x([0-9a-f]{1,6});|&#(\d{1,7});|(?:\\[nr]|[\\=]?\r?\n)(?:[ \t\r\n]|\\[nrt])*|\\(["'\\/])/gi;

/** How many layers of escapes are undone, as for JSON in JSON in a URL. Further layers stay. */
const MOST_LAYERS = 4;

/**
 * Gives the text itself, and then the text with its escapes undone, once for each layer; line ends are removed with the escapes. `placed`
 * adds the positions of the characters, which take eight bytes for each character.
 */
export function* viewsOf(text: string, placed: boolean): Generator<View> {
  let view: View | null = { text, places: null };
  for (let layer = 0; layer <= MOST_LAYERS && view !== null; layer += 1) {
    yield view;
    view = unescaped(view, placed);
  }
}

/** Gives the view with one layer of escapes undone; null if it has no escapes. */
function unescaped(view: View, placed: boolean): View | null {
  if (view.text.search(ESCAPE) === -1) return null;
  const parts: string[] = [];
  const size = placed ? view.text.length : 0;
  const [from, to] = [new Uint32Array(size), new Uint32Array(size)];
  let length = 0;
  let read = 0;
  const place = (first: number, last: number): void => {
    from[length] = view.places?.from[first] ?? first;
    to[length] = view.places?.to[last] ?? last + 1;
    length += 1;
  };
  const keep = (end: number): void => {
    parts.push(view.text.slice(read, end));
    if (placed) for (let at = read; at < end; at += 1) place(at, at);
  };
  for (const match of view.text.matchAll(ESCAPE)) {
    const { index } = match;
    const end = index + match[0].length;
    keep(index);
    read = end;
    const character = meaningOf(match);
    if (character === '') continue;
    parts.push(character);
    if (placed) place(index, end - 1);
  }
  keep(view.text.length);
  return { text: parts.join(''), places: placed ? { from, to } : null };
}

/** Gives the UTF-16 unit that an escape represents, or '' for the end of a line. No secret has characters beyond one UTF-16 unit. */
function meaningOf([, percent, u, x, hexEntity, entity, plain]: RegExpMatchArray): string {
  if (plain !== undefined) return plain;
  const hex = percent ?? u ?? x ?? hexEntity;
  if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
  return entity === undefined ? '' : String.fromCharCode(Number(entity));
}
