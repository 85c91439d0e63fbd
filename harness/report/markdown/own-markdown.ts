import { oneLine } from '../../text/control-characters.ts';
import { issueLink } from '../issue-links.ts';

/**
 * Markdown of reviewed text of this repository: scenarios, lists and code. Only characters with a meaning in Markdown are escaped, so that
 * the file is readable as source. Untrusted text must be escaped with markdown-text.ts.
 */

/**
 * The beginning of an escape, the end of a cell, code, emphasis, a tag, a link, an entity, or the number of an issue without its
 * repository, which GitHub would link to an issue of this repository.
 */
const MEANINGFUL = /[\\|`*]|(?<!\w)_|_(?!\w)|~(?=~)|<(?=[A-Za-z/!?])|(?<=\])\(|&(?=#?\w+;)|(?<!\w)#(?=\d)/g;

/** Escapes reviewed running text, for a table cell or a paragraph. Text between two backticks is code. */
export function ownProse(text: string): string {
  return oneLine(text)
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? ownCode(part.slice(1, -1)) : part.replace(MEANINGFUL, '\\$&')))
    .join('');
}

/** Reviewed text as code, for a table cell or a paragraph. The text must not contain a backtick. */
export function ownCode(text: string): string {
  return `\`${oneLine(text).replaceAll('|', '\\|')}\``;
}

/** A report that the repository names, as a link, or as text if it has no URL. */
export function ownLink(reported: string): string {
  const address = issueLink(reported);
  return address === null || address === reported ? ownProse(reported) : `[${reported}](${address})`;
}
