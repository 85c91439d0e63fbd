import { oneLine } from '../../text/control-characters.ts';
import { issueLink } from '../issue-links.ts';

/**
 * Markdown of text that is ours: from scenarios, lists and code of this repository, which were reviewed. Only what Markdown would take for
 * something else is escaped, so that a file can be read as it is. Text of others goes through markdown-text.ts.
 */

/**
 * What would be taken for an escape, the end of a cell, code, emphasis, a tag, a link, an entity, or an issue: a number of one without its
 * repository is that of none.
 */
const MEANINGFUL = /[\\|`*]|(?<!\w)_|_(?!\w)|~(?=~)|<(?=[A-Za-z/!?])|(?<=\])\(|&(?=#?\w+;)|(?<!\w)#(?=\d)/g;

/** Running text of ours, in a table cell or outside of one. What stands between two backticks is code, as its author meant it. */
export function ownProse(text: string): string {
  return oneLine(text)
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? ownCode(part.slice(1, -1)) : part.replace(MEANINGFUL, '\\$&')))
    .join('');
}

/** Text of ours as code, in a table cell or outside of one; it holds no backtick. */
export function ownCode(text: string): string {
  return `\`${oneLine(text).replaceAll('|', '\\|')}\``;
}

/** A report that we name, as a link to where it can be read, or as text where it has no address. */
export function ownLink(reported: string): string {
  const address = issueLink(reported);
  return address === null || address === reported ? ownProse(reported) : `[${reported}](${address})`;
}
