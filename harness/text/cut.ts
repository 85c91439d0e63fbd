import { createHash } from 'node:crypto';

/**
 * A copy of a text. In V8 the result of `slice` or of a regular expression only points into the whole text and keeps it in memory, so copy
 * each part of a large text that is kept. A lone surrogate becomes U+FFFD.
 */
export function copyOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/**
 * A copy of a text, if it has at most `most` characters. Otherwise its first `most` characters, with a note of its length and its SHA-256
 * in UTF-8, so that different texts stay different.
 */
export function cutTo(text: string, most: number): string {
  if (text.length <= most) return copyOf(text);
  return `${copyOf(text.slice(0, most))} … (cut: ${text.length} characters, SHA-256 ${sha256(text)})`;
}

/** The SHA-256 of a text in UTF-8, as hex. */
function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
