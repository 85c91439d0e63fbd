import { oneLine, visible } from '../../text/control-characters.ts';
import { issueLink } from '../issue-links.ts';

/** Characters with a meaning in GitHub's Markdown: links, mentions, table cells, HTML. */
const MEANINGFUL = /[\\`*_{}[\]<>()#+!|~@&:]/g;

/** Escapes running text: one line, with each character of `MEANINGFUL` as an entity. */
export function prose(text: string): string {
  return oneLine(text).replace(MEANINGFUL, (each) => `&#${each.charCodeAt(0)};`);
}

/** A report as a link, or as text if it has no URL. */
export function linkTo(reported: string): string {
  const address = issueLink(reported);
  return address === null || address === reported ? prose(reported) : `[${prose(reported)}](${address})`;
}

/** A link from a page in results/ to the file of a scenario, whose path is its id. */
export function linkToScenario(id: string, name: string = id): string {
  return `[${name}](../scenarios/${id}.yaml)`;
}

/** Escaped text in `<code>`. GitHub makes no links or mentions of it, and it is safe in a table cell. */
export function code(text: string): string {
  return `<code>${prose(text)}</code>`;
}

/** A fenced code block. Its fence is longer than any run of backticks in the text, so that the text cannot end it. */
export function fenced(language: string, text: string): string {
  const runs = visible(text).match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}${language}\n${visible(text)}\n${fence}\n`;
}
