import { oneLine, visible } from '../../text/control-characters.ts';
import { issueLink } from '../issue-links.ts';

/** Characters that mean something to GitHub's Markdown: links, mentions, table cells, HTML. */
const MEANINGFUL = /[\\`*_{}[\]<>()#+!|~@&:]/g;

/** A piece of running text that Markdown leaves as it is: one line, everything meaningful as an entity. */
export function prose(text: string): string {
  return oneLine(text).replace(MEANINGFUL, (each) => `&#${each.charCodeAt(0)};`);
}

/** A report as a link to where it can be read, or as text where it has no address. */
export function linkTo(reported: string): string {
  const address = issueLink(reported);
  return address === null || address === reported ? prose(reported) : `[${prose(reported)}](${address})`;
}

/** A scenario as a link from reports/ to its file, which stands where its id says. */
export function linkToScenario(id: string, name: string = id): string {
  return `[${name}](../scenarios/${id}.yaml)`;
}

/** Text in `<code>`: GitHub makes no links and no mentions in it, and it is safe in a table cell. */
export function code(text: string): string {
  return `<code>${prose(text)}</code>`;
}

/** A fenced block. The fence is longer than any run of backticks in the text, so nothing in the text can end it. */
export function fenced(language: string, text: string): string {
  const runs = visible(text).match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}${language}\n${visible(text)}\n${fence}\n`;
}
