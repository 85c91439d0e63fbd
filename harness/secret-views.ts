/** One way to read a text: what it says then, and where each of its characters stands in the text itself. */
export type View = {
  text: string;
  /** Where the character begins in the text itself; null where both are the same. */
  from: Uint32Array | null;
  /** Where it ends there. */
  to: Uint32Array | null;
};

/**
 * What writers of URLs, JSON, markup and mail put for a character, or between two of them: percent-encoding, `\u0041`, `\x41`, `\"`,
 * `&#65;`, and the end of a line with the white space that the next one begins with.
 */
const ESCAPE =
  /%([0-9a-f]{2})|\\u\{?([0-9a-f]{1,6})(?:\}|(?<=\\u[0-9a-f]{4}))|\\x([0-9a-f]{2})|&#x([0-9a-f]{1,6});|&#(\d{1,7});|(?:\\[nr]|[\\=]?\r?\n)(?:[ \t\r\n]|\\[nrt])*|\\(["'\\/])/gi;

/** Text in text in text: JSON in JSON in a URL. What is wrapped more often is not unwrapped. */
const MOST_LAYERS = 4;

/** A text as it is, and as it reads with its escapes undone, once for each layer of them; line ends are left out there. */
export function viewsOf(text: string): View[] {
  const views: View[] = [{ text, from: null, to: null }];
  for (let layer = 0; layer < MOST_LAYERS; layer += 1) {
    const view = views.at(-1);
    const next = view && unescaped(view);
    if (next == null) break;
    views.push(next);
  }
  return views;
}

/** The view without one layer of escapes; null where it has none. */
function unescaped(view: View): View | null {
  const parts: string[] = [];
  const from = new Uint32Array(view.text.length);
  const to = new Uint32Array(view.text.length);
  let length = 0;
  let read = 0;
  const keep = (end: number): void => {
    parts.push(view.text.slice(read, end));
    for (let at = read; at < end; at += 1, length += 1) {
      from[length] = view.from?.[at] ?? at;
      to[length] = view.to?.[at] ?? at + 1;
    }
  };
  for (const match of view.text.matchAll(ESCAPE)) {
    const { index } = match;
    const end = index + match[0].length;
    keep(index);
    read = end;
    const character = meaningOf(match);
    if (character === '') continue;
    parts.push(character);
    from[length] = view.from?.[index] ?? index;
    to[length] = view.to?.[end - 1] ?? end;
    length += 1;
  }
  if (read === 0) return null;
  keep(view.text.length);
  return { text: parts.join(''), from, to };
}

/** The one UTF-16 unit that an escape stands for, '' for the end of a line. Beyond that plane there are no secrets. */
function meaningOf([, percent, u, x, hexEntity, entity, plain]: RegExpMatchArray): string {
  if (plain !== undefined) return plain;
  const hex = percent ?? u ?? x ?? hexEntity;
  if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
  return entity === undefined ? '' : String.fromCharCode(Number(entity));
}
