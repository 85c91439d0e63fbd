import { createHash } from 'node:crypto';

/**
 * The same text with a memory of its own. A part of a text, as `slice` and regular expressions give it, keeps the whole alive: V8 only
 * points into it. Whatever is kept of something large is copied. Half a surrogate pair at an edge becomes U+FFFD.
 */
export function copyOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/**
 * A text of at most so many characters, with a memory of its own. Of a longer one the beginning, and a note of how long it was and of
 * its SHA-256 in UTF-8, by which two of them can still be told apart.
 */
export function cutTo(text: string, most: number): string {
  if (text.length <= most) return copyOf(text);
  return `${copyOf(text.slice(0, most))} … (cut: ${text.length} characters, SHA-256 ${sha256(text)})`;
}

/** The SHA-256 of a text in UTF-8, in hex. */
function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
