/** One way to read a text: what it says then, and where each of its characters stands in the text itself. */
export type View = {
  text: string;
  /** Where the character begins in the text itself, and where it ends there; null where that was not asked for, or both are the same. */
  places: { from: Uint32Array; to: Uint32Array } | null;
};

/**
 * What writers of URLs, JSON, markup and mail put for a character, or between two of them: percent-encoding, `\u0041`, `\x41`, `\"`,
 * `&#65;`, and the end of a line with the white space that the next one begins with.
 */
const ESCAPE =
  /%([0-9a-f]{2})|\\u\{?([0-9a-f]{1,6})(?:\}|(?<=\\u[0-9a-f]{4}))|\\x([0-9a-f]{2})|&#x([0-9a-f]{1,6});|&#(\d{1,7});|(?:\\[nr]|[\\=]?\r?\n)(?:[ \t\r\n]|\\[nrt])*|\\(["'\\/])/gi;

/** Text in text in text: JSON in JSON in a URL. What is wrapped more often is not unwrapped. */
const MOST_LAYERS = 4;

/**
 * A text as it is, and as it reads with its escapes undone, once for each layer of them; line ends are left out there. `placed` keeps where
 * every character stands, which takes eight bytes for each.
 */
export function* viewsOf(text: string, placed: boolean): Generator<View> {
  let view: View | null = { text, places: null };
  for (let layer = 0; layer <= MOST_LAYERS && view !== null; layer += 1) {
    yield view;
    view = unescaped(view, placed);
  }
}

/** The view without one layer of escapes; null where it has none. */
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

/** The one UTF-16 unit that an escape stands for, '' for the end of a line. Beyond that plane there are no secrets. */
function meaningOf([, percent, u, x, hexEntity, entity, plain]: RegExpMatchArray): string {
  if (plain !== undefined) return plain;
  const hex = percent ?? u ?? x ?? hexEntity;
  if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
  return entity === undefined ? '' : String.fromCharCode(Number(entity));
}
