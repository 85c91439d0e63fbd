/**
 * Characters that a terminal, an XML parser or a reader's eye would take for something else: control characters,
 * and the marks that reverse the direction of text or have no width.
 */
const ODD = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g;

/** Unicode draws a picture of each C0 control character at this distance from it. */
const CONTROL_PICTURES = 0x2400;

function picture(odd: string): string {
  const code = odd.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code);
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** The text with every odd character replaced by a visible one. Line feeds and tabs stay; lone surrogates become U+FFFD. */
export function visible(text: string): string {
  return text.toWellFormed().replaceAll('\r\n', '\n').replace(ODD, picture);
}

/** The text on one line: odd characters visible, every run of white space one space. */
export function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}

/** The first `most` characters of a text, and how much was cut where something was. Never ends in half a character. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most).toWellFormed()} … (${text.length - most} more characters)`;
}
