import type { Line } from './clean-text.ts';
import type { Speaker } from './statement.ts';

/** A line that says who speaks from here on. `rest` is what the person says on the same line. */
type Mark = { name: string; bot: boolean; rest: string };

/**
 * Ways in which chats and issue threads name who speaks, with the name in group 1 and the rest of the line in group 2. `sure`: one such line
 * is enough. The others count only if the text has several of them, because `Config: …` has the same form.
 */
const MARKS: readonly { sure: boolean; pattern: RegExp }[] = [
  // GitHub: "alice opened this issue", "bob commented on Feb 19", "carol (bot) commented".
  {
    sure: true,
    pattern:
      /^\s*@?([\w.[\]-]{2,39}(?: \(?(?:bot|app)\)?)?) (?:opened this issue|commented|replied|wrote|added a comment)\b[^:]{0,60}:?(.*)$/i,
  },
  // Mail: "On Feb 19, Alice wrote:".
  { sure: true, pattern: /^\s*On [^:]{4,60}\b([\w.-]{2,30}) wrote:(.*)$/ },
  // Chats: "[12:01] alice: …", "[19.02.26, 12:01] alice: …", "12:01 alice: …", "<alice> …".
  { sure: true, pattern: /^\s*\[[\d.,/:\s-]{4,24}(?:[AP]M)?\]\s*([^:<>[\]{}"=]{2,30}):\s(.*)$/i },
  { sure: true, pattern: /^\s*<@?([\w.-]{2,30})>\s+(.*)$/ },
  // Discord and Slack: the name, maybe "APP" or "BOT", then the time, on a line of their own.
  {
    sure: true,
    pattern:
      /^\s*([\w. -]{2,30}?(?:\s+(?:APP|BOT|\[bot\]))?)\s*(?:-|·|—)?\s*(?:Today at|Yesterday at|\d{1,2}\/\d{1,2}\/\d{2,4},?)\s+\d{1,2}:\d\d(?:\s?[AP]M)?()$/i,
  },
  { sure: true, pattern: /^\s*([\w. -]{2,30}?(?:\s+(?:APP|BOT))?)\s{1,3}\d{1,2}:\d\d(?:\s?[AP]M)?()$/i },
  {
    sure: true,
    pattern:
      /^\s*\*\*@?([\w. -]{2,30}(?:\s\[?\(?(?:bot|app|maintainer)\)?\]?)?)\*\*(?:\s*\([^)]{1,30}\))?\s*:\s*(.*)$/i,
  },
  { sure: true, pattern: /^\s*([\w.-]{2,24} ?[[(](?:bot|app|maintainer|mod|op)[\])]):\s*(.*)$/i },
  // "alice: …".
  { sure: false, pattern: /^([\w.-]{2,24}):\s+(.*)$/ },
];

/** Names that belong to programs which answer. */
const BOT =
  /\b(?:bot|app|assistant|helper-?ai|clawd|krill|molty|gpt|claude|gemini|copilot|barnacle|answeroverflow|kapa)\b|\[bot\]|bot$/i;

/** Words before a colon that are keys of configurations, outputs and forms, and no names. */
const NO_NAMES =
  /^(?:error|warning|warn|info|debug|fatal|source|config|bind|gateway|version|os|note|edit|update|env|environment|logs?|steps?|expected|actual|result|port|host|origin|status|mode|token|auth|url|http|https|ws|wss|reason|code|image|services?|volumes|ports|ok|title|summary|description|install|node|platform|browser|docker|nginx|user|role|scopes|client|remote|request|device|pending|paired|cause|context|ps|tl|tldr|p\.s|setup|proxy|dashboard|runtime|capability|reachable|deployment|config-file|question|problem|issue|fix|workaround|pd|nb|hinweis|versión|entorno|restart|command|labels|listen|name|type|from|to|date|subject|cc|re|fwd|impact|severity|model|provider|log|channel|channels|agents|docker-compose|compose|ui|cli|app|server|system|linux|macos|windows|msg|message|level|time|gw|vps|mac|box|pi|then|also|so|and|but|first|second|third|btw|fwiw|observed|tried|background|caddyfile|dockerfile|entrypoint|ingress|network|networks|hostname)$/i;

function markIn(text: string, names: ReadonlySet<string>): Mark | null {
  for (const { sure, pattern } of MARKS) {
    const [, name = '', rest = ''] = pattern.exec(text) ?? [];
    if (name === '' || (!sure && !names.has(name.toLowerCase()))) continue;
    return { name: name.trim().toLowerCase(), bot: BOT.test(name), rest };
  }
  return null;
}

/**
 * The names of a chat whose lines have the form `name: text`: those that begin two lines or more, if there are two such names at least, or one
 * of them is a bot's.
 */
function namesIn(lines: readonly Line[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { text } of lines) {
    const name = /^([\w.-]{2,24}):\s+\S/.exec(text)?.[1]?.toLowerCase();
    if (name !== undefined && !NO_NAMES.test(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const often = [...counts].filter(([, count]) => count > 1).map(([name]) => name);
  const hasBot = [...counts.keys()].some((name) => BOT.test(name));
  const isChat = often.length > 1 || (often.length > 0 && counts.size > 1) || (hasBot && counts.size > 1);
  return isChat ? new Set(counts.keys()) : new Set();
}

/** A line with the person who says it. `text` is without the name. */
export type Spoken = { number: number; text: string; speaker: Speaker };

/** Sentences in which the reporter retells what somebody else claimed. */
const RETOLD =
  /\b(?:the |a |their )?(?:bot|ai|chatgpt|gpt|claude|gemini|krill|support|someone|somebody|discord|reddit|another issue|the docs bot)\b[^.]{0,30}\b(?:says?|said|told|tells|suggest(?:s|ed)?|recommend(?:s|ed)?|answered|claim(?:s|ed)?|insists?)\b|^\s*\((?:bot|ai)\)|机器人(?:说|回复)|客服说|(?:bot|ki) (?:sagt|meint)|el bot dice/i;

/** What looks like a log or a command behind a `>`: the reporter used the mark of a quote for output. */
const QUOTED = /^\s*>+\s?/;

/**
 * Tells who says each line. The first person in a thread is the reporter, and so is whoever speaks before anybody is named; everybody else
 * answers. `isOutput` tells whether a text is what a program prints: such a line behind `>` is no quoted answer.
 */
export function spokenBy(lines: readonly Line[], isOutput: (text: string) => boolean): Spoken[] {
  const names = namesIn(lines);
  const isQuotedWhole = lines.every(({ text }) => text === '' || QUOTED.test(text));
  let reporter: string | null = null;
  let current: Speaker = 'reporter';
  return lines.flatMap(({ number, text: whole }): Spoken[] => {
    const text = isQuotedWhole ? whole.replace(QUOTED, '') : whole;
    const mark = markIn(text, names);
    if (mark !== null) {
      if (reporter === null && !mark.bot) reporter = mark.name;
      current = mark.name === reporter ? 'reporter' : 'answer';
      return [{ number, text: mark.rest, speaker: current }];
    }
    if (QUOTED.test(text)) {
      const inner = text.replace(QUOTED, '');
      return [{ number, text: inner, speaker: isOutput(inner) ? current : 'answer' }];
    }
    if (!RETOLD.test(text)) return [{ number, text, speaker: current }];
    return sentencesOf(text).map((sentence) => ({
      number,
      text: sentence,
      speaker: RETOLD.test(sentence) ? 'answer' : current,
    }));
  });
}

/** The sentences of a line. A point within a number or a name ends none. */
function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?。]["')]?)\s+/);
}
