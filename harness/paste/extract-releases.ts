import type { PlainFact, ReleaseFact } from './facts.ts';
import { fromShort, nearestPublished, newestOn, plainNumber } from './nearest-release.ts';
import { sourceOf } from './source-of.ts';
import type { Statement } from './statement.ts';

/** A whole release number. */
const WHOLE =
  /(?<![\d.])v?(20\d\d\.\d{1,2}\.\d{1,2}(?:-(?:(?:beta|alpha|rc)\.?\d{0,2}|\d{1,2})(?!\w|\.\d))?)(?!\.?\d)/g;

/** A number without the year, after a word that says that it is a release. */
const SHORT =
  /\b(?:v|version |release |openclaw |update (?:to )?|upgrade (?:to )?|updated to |since |on |from |to |after )\.?((?:[1-9]|1[0-2])\.\d{1,2}(?:-\d{1,2})?)(?![\d.]*\d|%| ?(?:gb|mb|ms|s|min|h|x|ghz|inch|k)\b)/g;
/** Two numbers without the year with an arrow between them: an update. */
const ARROW =
  /(?<![\d.])((?:[1-9]|1[0-2])\.\d{1,2}(?:-\d{1,2})?)(?= ?(?:->|→|=>|➜) ?v?(?:[1-9]|1[0-2])\.\d)|(?:->|→|=>|➜) ?v?((?:[1-9]|1[0-2])\.\d{1,2}(?:-\d{1,2})?)(?!\.?\d)/g;
const ERA = /\b((?:[1-9]|1[0-2])\.\d{1,2}) (?:era|release|line|build|update)\b/g;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = MONTHS.join('|');
/** Months in other languages, with the number of each. */
const FOREIGN_MONTHS: ReadonlyMap<string, number> = new Map([
  ['januar', 1],
  ['februar', 2],
  ['märz', 3],
  ['april', 4],
  ['mai', 5],
  ['juni', 6],
  ['juli', 7],
  ['enero', 1],
  ['febrero', 2],
  ['marzo', 3],
  ['abril', 4],
  ['mayo', 5],
  ['junio', 6],
  ['julio', 7],
  ['agosto', 8],
  ['septiembre', 9],
]);
const DAY = new RegExp(
  `\\b(${MONTH})[a-z]*\\.? (\\d{1,2})(?:st|nd|rd|th)?\\b|\\b(\\d{1,2})(?:st|nd|rd|th)?\\.? (?:of )?(${MONTH})[a-z]*\\b`,
  'g',
);
const MONTH_ALONE = new RegExp(
  `\\b(?:in|of|from|since|late|early|mid|around|this|last) (${MONTH})[a-z]*\\b|\\b(${MONTH})[a-z]* (?:build|release|version|update|nightly)\\b`,
  'g',
);
const FOREIGN_DAY = /(?:^|[^\p{L}])(\d{1,2})\.? (?:de )?(\p{L}{3,10})\b/gu;
const CHINESE_DAY = /(\d{1,2})月(\d{1,2})[日号]/g;
/** A day at the beginning of a log line. */
const LOG_DAY = /^\W{0,2}2026-(\d\d)-(\d\d)[T ]\d/;

/** What stands right before a number and says what it is the number of. The first that matches decides. */
const BEFORE: readonly { of: ReleaseFact['of']; pattern: RegExp }[] = [
  {
    of: 'gateway',
    pattern:
      /(?:\bgateway\b[^,;()]{0,30}|\bopenclaw(?: \(?gateway\)?)?[ :@/v(]{0,4}|\bopenclaw@|ghcr\.io\/\S{0,40}:v?|image: ?\S{0,60}:v?)$/,
  },
  { of: 'command', pattern: /\b(?:cli|command|client=cli cli|acp)\b[^,;]{0,16}$/ },
  {
    of: 'distribution',
    pattern:
      /\b(?:add-?on|addon|plugin|chart|template|package|luci-app-openclaw|trim\.openclaw|snap|flatpak)\b[^,;(]{0,18}$/,
  },
  {
    of: 'client',
    pattern:
      /(?:\b(?:app|android|ios|iphone|ipad|apk|testflight|companion|desktop|node v|client=[^,;]{1,40}|clawpanel|laptop|phone|tablet|mac|macbook|min(?:imum)?)\b[^,;.]{0,16})$/,
  },
  { of: 'gateway', pattern: /\bbundle[sd]?\b[^,;]{0,14}$/ },
];

/** A number after `client=` in the same line is that of the client. */
const CLIENT_LINE = /\bclient=/;

const ANOTHER =
  /\b(?:mate|friend|colleague|coworker|another user|somebody else|someone else|he|she|they|him|buddy) (?:has|have|is|are|runs?|also|too|on)\b|\bthere\)?$/;
const BUNDLED_CLIENT = /\b(?:clawpanel|panel|desktop|studio|deck|companion)\b[^,;]{0,40}bundle[sd]?\b[^,;]{0,10}$/;

/** Words before or after a number that say when that release ran. */
const WHEN_BEFORE: readonly { when: ReleaseFact['when']; pattern: RegExp }[] = [
  {
    when: 'went-back',
    pattern:
      /\b(?:the older|older one|roll(?:ed|ing)? back to|downgrad(?:ed|ing|e) to|f[ae]ll(?:s|ing)? back to|went back|back (?:on|to)|pinned)\b[^.;]{0,50}$|(?:退回|回退|降级|退到)[^。；]{0,40}$/,
  },
  {
    when: 'worked',
    pattern:
      /(?:\b(?:worked|fine|ok|good|works) (?:on|in|with|until|till|up to|before)\b|\b(?:last good|last working|known good)\b)[^,;.]{0,18}$/,
  },
  {
    when: 'mentioned',
    pattern: /\b(?:old(?:er)? versions?|back then|used to|in the past|earlier this year|months ago)\b[^;]*$/,
  },
  {
    when: 'before',
    pattern:
      /\b(?:from|von|desde|coming from|was on|previously|before that|vorher|de la)\b[^,;.]{0,14}$|从\s?v?$|之前(?:的?版本)?(?:是|用的?是?)?\s?v?$|原来(?:是|用)?\s?v?$/,
  },
  {
    when: 'mentioned',
    pattern:
      /\b(?:fixed in|fix(?:es)? (?:is )?in|needs?|requires?|until|at least|newer than|>=|older than|supports?|since|introduced in|landed in|shipped in)\s?v?$/,
  },
];
const WHEN_AFTER: readonly { when: ReleaseFact['when']; pattern: RegExp }[] = [
  {
    when: 'worked',
    pattern:
      /^[)"'`*]{0,2},?(?: \*?(?:is|was|were|still|always|all|just|it|this|that|everything|had|been|i|think|believe|guess|there)\*?){0,5} (?:works?|worked|fine|ok|good|not affected|no problem|lief|ging|funktionierte|funcionaba)\b|^之前正常/,
  },
  { when: 'worked', pattern: /^[)"'`*]{0,2},? (?:did|does)(?: not|n't) (?:show|have|do)\b/ },
  {
    when: 'before',
    pattern: /^[)"'`]? ?(?:->|=>|→|➜|到|升级到|to|auf|nach|para o|a)\s?v?(?:20\d\d|\d{1,2}\.\d)/,
  },
];
/** Whose context makes "since 2026.4.1" the release that shows the failure. */
const SINCE = /\b(?:since|after|seit|desde|nach)\b[^,;.]{0,30}$/;

function whenOf(before: string, after: string): ReleaseFact['when'] {
  const later = WHEN_AFTER.find(({ pattern }) => pattern.test(after))?.when;
  if (later !== undefined) return later;
  const sentence = before.slice(before.lastIndexOf('. ') + 1);
  const earlier = WHEN_BEFORE.find(({ pattern }) => pattern.test(sentence))?.when;
  if (earlier === 'mentioned' && SINCE.test(before)) return 'now';
  return earlier ?? 'now';
}

function ofWhat(context: string): ReleaseFact['of'] {
  const before = context.slice(context.lastIndexOf('. ') + 1);
  if (ANOTHER.test(before)) return 'another-user';
  if (BUNDLED_CLIENT.test(before)) return 'client';
  const named = BEFORE.find(({ pattern }) => pattern.test(before))?.of;
  if (named !== undefined) return named;
  if (CLIENT_LINE.test(before)) return before.includes('client=cli') ? 'command' : 'client';
  return 'gateway';
}

/** A line with more release numbers is a list of releases, and no report of one. */
const MOST_IN_A_LINE = 12;

/** How many characters around a number are read for what it means. */
const CONTEXT = 160;

/** The line above a line of prose, if the same sentence may go on from it. */
function lineAbove(statements: readonly Statement[], index: number): string {
  const [above, statement] = [statements[index - 1], statements[index]];
  if (above?.form !== 'prose' || statement?.form !== 'prose' || above.number !== statement.number - 1) return '';
  return /[.!?:]$/.test(above.text) ? '' : above.text.toLowerCase();
}

/** Reads the release numbers, commits and days of a report. */
export function extractReleases(statements: readonly Statement[]): (ReleaseFact | PlainFact)[] {
  return statements.flatMap((statement, index) => {
    const text = statement.text.toLowerCase();
    const above = lineAbove(statements, index);
    const { number: line } = statement;
    const source = sourceOf(statement);
    const found: (ReleaseFact | PlainFact)[] = [];
    const add = (value: string, at: number, length: number, given: ReleaseFact['given']): void => {
      const before = `${above} ${text.slice(0, at)}`.slice(-CONTEXT);
      const after = text.slice(at + length, at + length + CONTEXT);
      const of = /^[)"'`]? there\b/.test(after) ? 'another-user' : ofWhat(before);
      const when = whenOf(before, after);
      found.push({ kind: 'release', value, line, source, of, when, given, published: nearestPublished(value) });
    };
    for (const match of text.matchAll(WHOLE)) {
      if (found.length >= MOST_IN_A_LINE) break;
      const [whole, number = ''] = match;
      add(plainNumber(number), match.index, whole.length, 'exact');
    }
    const isProse = statement.form === 'prose';
    const shorts = found.length === 0 && isProse ? [...text.matchAll(SHORT), ...text.matchAll(ERA)] : [];
    for (const match of isProse ? [...shorts, ...text.matchAll(ARROW)] : []) {
      const [whole, first, second] = match;
      const short = first ?? second ?? '';
      const release = fromShort(short);
      if (release !== null) add(release, match.index + whole.length - short.length, short.length, 'short');
    }
    for (const match of text.matchAll(
      /openclaw (?:v?20\d\d[\d.a-z-]+ )?\(?([0-9a-f]{7,12})\)|\b20\d\d\.\d+\.\d+\S* \(([0-9a-f]{7,12})\)/g,
    )) {
      found.push({ kind: 'commit', value: match[1] ?? match[2] ?? '', line, source });
    }
    for (const day of daysIn(text)) found.push({ kind: 'day', value: day, line, source });
    return found;
  });
}

/** The days and months of 2026 in a line, as `02-19` or `08`. */
function daysIn(text: string): string[] {
  const days: string[] = [];
  const add = (month: number, day: number | null): void => {
    if (month < 1 || month > 12 || (day !== null && (day < 1 || day > 31))) return;
    const two = (part: number): string => String(part).padStart(2, '0');
    days.push(day === null ? two(month) : `${two(month)}-${two(day)}`);
  };
  const [, month, day] = LOG_DAY.exec(text) ?? [];
  if (month !== undefined && day !== undefined) add(Number(month), Number(day));
  for (const [, name, after, before, last] of text.matchAll(DAY))
    add(MONTHS.indexOf((name ?? last ?? '').slice(0, 3)) + 1, Number(after ?? before));
  for (const [, first, second] of text.matchAll(MONTH_ALONE))
    add(MONTHS.indexOf((first ?? second ?? '').slice(0, 3)) + 1, null);
  for (const [, before, name] of text.matchAll(FOREIGN_DAY)) {
    const known = FOREIGN_MONTHS.get(name ?? '');
    if (known !== undefined) add(known, Number(before));
  }
  for (const [, first, second] of text.matchAll(CHINESE_DAY)) add(Number(first), Number(second));
  return days;
}

/** A guess at the release from a day or month (`02-19`, `08`) that a report names: the newest one then. */
export function releaseOnDay({ value, line, source }: PlainFact): ReleaseFact | null {
  const [month = '', day] = value.split('-');
  const release = newestOn(Number(month), day === undefined ? null : Number(day));
  if (release === null) return null;
  return {
    kind: 'release',
    value: release,
    line,
    source,
    of: 'gateway',
    when: 'now',
    given: 'day',
    published: release,
  };
}
