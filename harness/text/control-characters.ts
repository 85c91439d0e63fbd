/**
 * Characters that are invisible, or that a terminal, an XML parser or a reader can misread: control characters, marks that reverse the
 * direction of text or have no width, invisible letters (tags, fillers, variation selectors), and unassigned code points.
 */
const ODD = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** The offset from a C0 control character to its picture in Unicode. */
const CONTROL_PICTURES = 0x2400;

function picture(odd: string): string {
  const code = odd.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code);
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** Whether the text is one line without tabs, in which every character is visible. */
export function isPlainLine(text: string): boolean {
  return text.isWellFormed() && text.search(ODD) === -1 && !/[\t\n]/.test(text);
}

/** The text with every character of `ODD` replaced by a visible one. Line feeds and tabs stay; lone surrogates become U+FFFD. */
export function visible(text: string): string {
  return text.toWellFormed().replaceAll('\r\n', '\n').replace(ODD, picture);
}

/** The text on one line, as `visible`, with one space for each run of white space. */
export function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}

/** The first `most` characters of a text, and the number of characters that were cut, if any. Never ends in half a character. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most).toWellFormed()} … (${text.length - most} more characters)`;
}
