import type { AuditPattern, Expectation } from '../scenario/schema/expectation.ts';
import type { Answer, CommandResult, Observation, Outcome } from '../scenario/schema/observation.ts';

// Descriptions for reports. An expectation and an observation have the same form, so that a reader can compare them word by word.

/** The longest payload or output in a line of text, in characters; longer ones are cut, and the report shows them whole next to the line. */
const SHOWN_CHARACTERS = 160;

function scopesIn(scopes: readonly string[]): string {
  return scopes.length === 0 ? 'no scopes' : [...scopes].sort().join(', ');
}

function refusalIn(refusal: {
  at: 'http' | 'handshake';
  code: number;
  cause: string;
  unknownCode?: string | undefined;
  reason?: string | null | undefined;
}): string {
  const finer = [refusal.unknownCode, refusal.reason].flatMap((word) => (word == null ? [] : [` (${word})`])).join('');
  return `refused with ${refusal.at === 'http' ? 'HTTP ' : ''}${refusal.code}, ${refusal.cause}${finer}`;
}

/** The refusals of knocks that were made during a start, in one line. */
export function describeRefusals(refusals: readonly { code: number; cause: string }[]): string {
  return refusals.length === 0
    ? 'nothing refused'
    : `refused with ${refusals
        .map(({ code, cause }) => `${code}, ${cause}`)
        .sort()
        .join(' or ')}`;
}

/** A value as JSON in one line, cut after `SHOWN_CHARACTERS` characters. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value));
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)} …` : text;
}

/** The index of the longest beginning of the wanted words in the text, ignoring case; null if the text lacks even the first word. */
function placeOf(wanted: string, text: string): number | null {
  const haystack = text.toLowerCase();
  const words = wanted.toLowerCase().split(' ');
  for (let count = words.length; count > 0; count -= 1) {
    const at = haystack.indexOf(words.slice(0, count).join(' '));
    if (at !== -1) return at;
  }
  return null;
}

/**
 * A text in one line. A long text is cut to the part around the wanted words, or around their beginning if the text has only that. If the text
 * lacks even the first word, the line has the beginning and the end of the text.
 */
export function around(wanted: string, text: string): string {
  if (JSON.stringify(text).length <= SHOWN_CHARACTERS) return JSON.stringify(text);
  const half = SHOWN_CHARACTERS / 2;
  const at = wanted === '' ? null : placeOf(wanted, text);
  if (at === null) return `${JSON.stringify(text.slice(0, half))} … ${JSON.stringify(text.slice(-half))}`;
  const from = Math.max(0, Math.min(at - half, text.length - SHOWN_CHARACTERS));
  const to = from + SHOWN_CHARACTERS;
  return `${from > 0 ? '… ' : ''}${JSON.stringify(text.slice(from, to))}${to < text.length ? ' …' : ''}`;
}

/** What a command printed: the stream that has the wanted words, or both streams if none has them. */
export function describeOutput({ stdout, stderr }: Pick<CommandResult, 'stdout' | 'stderr'>, wanted: string): string {
  const streams = Object.entries({ stdout, stderr });
  const having = streams.filter(([, text]) => text.includes(wanted));
  const told = wanted !== '' && having.length > 0 ? having : streams;
  return told.map(([name, text]) => `${name} ${around(wanted, text)}`).join(' and ');
}

/** An audit event, or a pattern of one, in one line: its name, and its fields in alphabetical order. */
export function describeEvent(event: AuditPattern): string {
  const fields = Object.entries(event)
    .filter(([key, value]) => key !== 'event' && key !== 'line' && value !== undefined)
    .map(([key, value]) => `${key} ${Array.isArray(value) ? scopesIn(value) : value}`)
    .sort();
  return fields.length === 0 ? event.event : `${event.event} (${fields.join('; ')})`;
}

/** What the gateway did with a knock, in one line. */
export function describeOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'admitted':
      return `admitted as ${outcome.role} with ${scopesIn(outcome.scopes)}`;
    case 'refused':
      return refusalIn(outcome);
    case 'timeout':
      return `a timeout after ${outcome.afterMs} ms while ${outcome.phase}`;
    case 'crash':
      return `a connection that broke while ${outcome.phase}: ${outcome.text}`;
    case 'unreachable':
      return `no gateway to reach: ${outcome.text}`;
    case 'unreadable':
      return `an answer that cannot be read while ${outcome.phase}: ${outcome.text}`;
  }
}

/** How a call ended, in one line. */
export function describeAnswer(answer: Answer): string {
  switch (answer.kind) {
    case 'answered':
      return `answered with ${shown(answer.payload)}`;
    case 'denied':
      return `denied with ${answer.code}: ${shown(answer.message)}`;
    case 'closed':
      return `closed with ${answer.code}${answer.reason === '' ? '' : `: ${shown(answer.reason)}`}`;
    case 'timeout':
      return `no answer in ${answer.afterMs} ms`;
    case 'open':
      return `still open after ${answer.afterMs} ms`;
  }
}

/** `T` with every key required and no value null or undefined. */
type Present<T> = { [K in keyof T]-?: NonNullable<T[K]> };
export type ExpectationParts = Present<Expectation>;
type ObservationParts = Present<Observation>;

/** One part of an object whose parts may all be missing, typed by its key. */
export function partOf<P, K extends keyof P>(whole: { [Q in keyof P]?: P[Q] | undefined }, key: K): P[K] | undefined {
  return whole[key];
}

type Phrases = { [K in keyof ExpectationParts]: (want: ExpectationParts[K]) => string };

const PHRASES: Phrases = {
  admitted: ({ role, scopes, deviceToken }) =>
    `admitted${role === undefined ? '' : ` as ${role}`} with ${'atLeast' in scopes ? `at least ${scopesIn(scopes.atLeast)}` : scopesIn(scopes)}` +
    (deviceToken === undefined ? '' : ` and ${deviceToken ? 'a' : 'no'} device token`),
  refused: refusalIn,
  pairing: (want) => `pairing: ${Array.isArray(want) ? want.join(' or ') : want}`,
  audit: (want) => `logged: ${want.map(describeEvent).join(', ')}`,
  notLogged: (want) => `not logged: ${want.join(', ')}`,
  answered: (want) => `answered with ${shown(want)}`,
  denied: ({ message }) => `denied: ${shown(message.contains)}`,
  exit: (want) => (want === 'failure' ? 'an exit code other than 0' : `exit code ${want}`),
  output: ({ contains }) => `output with ${shown(contains)}`,
  tool: ({ contains }) => `a tool result with ${shown(contains)}`,
  rows: ({ paired, pending }) => `${paired} paired, ${pending} pending`,
  closed: ({ code }) => `closed with ${[code].flat().join(' or ')}`,
  status: (want) => `HTTP ${want}`,
  body: ({ contains }) => `a body with ${shown(contains)}`,
  page: ({ contains }) => `a page that says ${shown(contains)}`,
  ready: () => 'the gateway admits again',
  refusals: (want) => `meanwhile ${describeRefusals(want)}`,
  successes: (want) => `${want} of them succeed`,
  exited: ({ log }) => `the gateway refuses to start: ${shown(log.contains)}`,
};

/** The keys of an expectation, in the order in which a description lists them. */
export const EXPECTATION_KEYS = Object.keys(PHRASES).filter((key): key is keyof Expectation => key in PHRASES);

function phrase<K extends keyof ExpectationParts>(key: K, expect: Expectation): string[] {
  const want = partOf<ExpectationParts, K>(expect, key);
  return want === undefined ? [] : [PHRASES[key](want)];
}

/** An expectation in one line, such as "refused with 1008, pairing-required (scope-upgrade); pairing: pending". */
export function describeExpectation(expect: Expectation): string {
  return EXPECTATION_KEYS.flatMap((key) => phrase(key, expect)).join('; ') || 'nothing';
}

/** The expectation that an observation was compared with, and the parts of it that differ. */
export type Search = { expect: Expectation; unseen: readonly (keyof Expectation)[] };

type Descriptions = { [K in keyof ObservationParts]: (part: ObservationParts[K], search: Search) => string };

const DESCRIPTIONS: Descriptions = {
  outcome: describeOutcome,
  pairing: (pairing) => `pairing: ${pairing}`,
  audit: (events) => `${events.length} audit event${events.length === 1 ? '' : 's'}`,
  answer: describeAnswer,
  command(command, { expect: { output }, unseen }) {
    const ended = `exit code ${command.exitCode}`;
    if (output === undefined && !unseen.includes('exit')) return ended;
    const printed = describeOutput(command, output?.contains ?? '');
    return unseen.includes('exit') || !unseen.includes('output') ? `${ended}, ${printed}` : `${printed}, ${ended}`;
  },
  tool: ({ name, text }, { expect: { tool } }) =>
    `${name} answered ${tool === undefined ? shown(text) : around(tool.contains, text)}`,
  rows: ({ paired, pending }) => `${paired} paired, ${pending} pending`,
  http({ status, body }, { expect, unseen }) {
    const answered = `HTTP ${status}`;
    if (expect.body === undefined && !unseen.includes('status')) return answered;
    const said = `body ${around(expect.body?.contains ?? '', body)}`;
    return unseen.includes('status') || !unseen.includes('body') ? `${answered}, ${said}` : `${said}, ${answered}`;
  },
  page: ({ text }, { expect: { page } }) =>
    `a page that says ${page === undefined ? shown(text) : around(page.contains, text)}`,
  ready: ({ version }) => `the gateway admits again, as ${version}`,
  turnedAway: (refusals) => `meanwhile ${describeRefusals(refusals)}`,
  succeeded: (count) => `${count} of them succeeded`,
  exited: ({ exitCode, lastLines }, { expect: { exited } }) =>
    `the gateway exited with ${exitCode}${exited === undefined ? '' : `, last words ${around(exited.log.contains, lastLines)}`}`,
  leaked: (leaks) => `leaked: ${leaks.join(', ')}`,
  notCarriedOut: (why) => `not carried out: ${why}`,
  environmentFailed: (why) => `the environment failed: ${why}`,
};

const OBSERVATION_KEYS = Object.keys(DESCRIPTIONS).filter((key): key is keyof Observation => key in DESCRIPTIONS);

function describePart<K extends keyof ObservationParts>(key: K, seen: Observation, search: Search): string[] {
  const part = partOf<ObservationParts, K>(seen, key);
  return part === undefined ? [] : [DESCRIPTIONS[key](part, search)];
}

/** The part of an observation that a description lists first if this part of the expectation differs. */
const TEXT_OF: Partial<Record<keyof Expectation, keyof Observation>> = {
  exit: 'command',
  output: 'command',
  tool: 'tool',
  status: 'http',
  body: 'http',
  page: 'page',
};

/**
 * An observation in one line, such as "refused with 1008, pairing-required (scope-upgrade); pairing: pending; 1 audit event". With `search`, a
 * text is cut to the part around the expected words, and comes first if it lacks them.
 */
export function describeObservation(seen: Observation | null, search: Search = { expect: {}, unseen: [] }): string {
  if (seen === null) return 'nothing';
  const first = search.unseen.map((key) => TEXT_OF[key]);
  const keys = [
    ...OBSERVATION_KEYS.filter((key) => first.includes(key)),
    ...OBSERVATION_KEYS.filter((key) => !first.includes(key)),
  ];
  return keys.flatMap((key) => describePart(key, seen, search)).join('; ') || 'nothing';
}
