import { withoutMojibake } from './mojibake.ts';

/** A part of a pasted text, cleaned, and the number of the line on which it stands in the paste, counted from 1. */
export type Line = { number: number; text: string };

/** The longest line in characters; a longer one becomes several parts with the same number. Every pattern reads one part at a time. */
export const LONGEST_LINE = 4_000;

/** Escape sequences of terminals: CSI, OSC, and two characters. Also those of colours whose escape character was lost on the way. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are what is looked for
const ESCAPES = /\u001b\[[0-?]*[ -/]*[@-~]?|\u001b\][^\u0007\u001b]*\u0007?|\u001b[ -~]?|\u009b[0-?]*[@-~]?/g;
const LOST_COLOURS = /␛?\[(?:\d{1,3};){0,4}\d{1,3}m/g;

/** Characters without a picture: controls, formats, private use, and marks that change the picture before them. */
const UNSEEN = /(?!\t)[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Variation_Selector}]/gu;

const DOUBLE_QUOTES = /[“”„‟«»〝〞「」『』]/g;
const SINGLE_QUOTES = /[‘’‚‛‹›´′]/g;
const DASHES = /[‐‑‒–—―−﹘⸺]/g;
/** A dash that an editor made of the two hyphens of an option: `—token`. */
const OPTION_DASH = /(^|[\s(`"'])[–—](?=[a-z]{2})/g;
const SPACES = /[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
/** Full-width forms of ASCII, as Chinese and Japanese keyboards write them. */
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const FULL_WIDTH_OFFSET = 0xfee0;
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
};
const ENTITY = /&(?:lt|gt|amp|quot|nbsp|#39);/g;

/**
 * One line without what a terminal, an editor, a web page or a wrong decoding added: escape sequences, control characters, typographic
 * quotes and dashes, special spaces, full-width letters, HTML entities, mojibake.
 */
function cleanLine(line: string): string {
  return withoutMojibake(line)
    .toWellFormed()
    .replace(ESCAPES, '')
    .replace(LOST_COLOURS, '')
    .replace(SPACES, ' ')
    .replace(UNSEEN, '')
    .replace(DOUBLE_QUOTES, '"')
    .replace(SINGLE_QUOTES, "'")
    .replace(OPTION_DASH, '$1--')
    .replace(DASHES, '-')
    .replaceAll('…', '...')
    .replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replace(ENTITY, (entity) => ENTITIES[entity] ?? entity)
    .trimEnd();
}

/** Cuts a line into parts of at most `LONGEST_LINE` characters, where it has a space or a comma if there is one near. */
function partsOf(line: string): string[] {
  const parts: string[] = [];
  let from = 0;
  while (line.length - from > LONGEST_LINE) {
    const at = Math.max(line.lastIndexOf(' ', from + LONGEST_LINE), line.lastIndexOf(',', from + LONGEST_LINE));
    const end = at > from + LONGEST_LINE / 2 ? at + 1 : from + LONGEST_LINE;
    parts.push(line.slice(from, end));
    from = end;
  }
  return [...parts, line.slice(from)];
}

/**
 * The lines of a pasted text, cleaned. Gives parts that keep the number of their line in the paste. A carriage return within a line, as
 * progress bars write it, parts the line and keeps its number.
 */
export function linesOf(text: string): Line[] {
  return text.split(/\r\n|\n|[\u2028\u2029]/).flatMap((line, index) =>
    line
      .split('\r')
      .flatMap((piece) => partsOf(cleanLine(piece)))
      .map((part) => ({ number: index + 1, text: part })),
  );
}
