import type { AuditPattern, Expectation } from '../scenario/expectation.ts';
import type { Answer, Observation, Outcome } from '../scenario/observation.ts';

/** Plain words for reports. Both sides of a comparison are told in the same form, so that a reader can lay them side by side. */

/** Longer payloads and outputs are cut in sentences; the report shows the whole beside them. */
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

/** The ways in which knocks were turned away, in one line. */
export function sayTurnedAway(refusals: readonly { code: number; cause: string }[]): string {
  return refusals.length === 0
    ? 'nobody turned away'
    : `turned away with ${refusals
        .map(({ code, cause }) => `${code}, ${cause}`)
        .sort()
        .join(' or ')}`;
}

/** JSON in one line, cut where it is long. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value));
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)} …` : text;
}

/** An audit event or a pattern of one: its name, and the given fields in the order of the alphabet. */
export function sayEvent(event: AuditPattern): string {
  const fields = Object.entries(event)
    .filter(([key, value]) => key !== 'event' && key !== 'line' && value !== undefined)
    .map(([key, value]) => `${key} ${Array.isArray(value) ? scopesIn(value) : value}`)
    .sort();
  return fields.length === 0 ? event.event : `${event.event} (${fields.join('; ')})`;
}

/** What the gateway did with a knock, in one line. */
export function sayOutcome(outcome: Outcome): string {
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
export function sayAnswer(answer: Answer): string {
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

/** The parts of `T` as they are when present. */
type Present<T> = { [K in keyof T]-?: NonNullable<T[K]> };
export type ExpectationParts = Present<Expectation>;
type ObservationParts = Present<Observation>;

/** One part of a whole of which any part may be missing, typed by its key. */
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
  audit: (want) => `logged: ${want.map(sayEvent).join(', ')}`,
  unlogged: (want) => `not logged: ${want.join(', ')}`,
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
  turnedAway: (want) => `meanwhile ${sayTurnedAway(want)}`,
  succeeded: (want) => `${want} of them succeed`,
  exited: ({ log }) => `the gateway refuses to start: ${shown(log.contains)}`,
};

/** The keys of an expectation, in the order in which they are told. */
export const EXPECTATION_KEYS = Object.keys(PHRASES).filter((key): key is keyof Expectation => key in PHRASES);

function phrase<K extends keyof ExpectationParts>(key: K, expect: Expectation): string[] {
  const want = partOf<ExpectationParts, K>(expect, key);
  return want === undefined ? [] : [PHRASES[key](want)];
}

/** One line for what was expected, such as "refused with 1008, pairing-required (scope-upgrade); pairing: pending". */
export function sayExpectation(expect: Expectation): string {
  return EXPECTATION_KEYS.flatMap((key) => phrase(key, expect)).join('; ') || 'nothing';
}

type Sightings = { [K in keyof ObservationParts]: (part: ObservationParts[K]) => string };

const SIGHTINGS: Sightings = {
  outcome: sayOutcome,
  pairing: (pairing) => `pairing: ${pairing}`,
  audit: (events) => `${events.length} audit event${events.length === 1 ? '' : 's'}`,
  answer: sayAnswer,
  command: ({ exitCode }) => `exit code ${exitCode}`,
  tool: ({ name, text }) => `${name} answered ${shown(text)}`,
  rows: ({ paired, pending }) => `${paired} paired, ${pending} pending`,
  http: ({ status }) => `HTTP ${status}`,
  page: ({ text }) => `a page that says ${shown(text)}`,
  ready: ({ version }) => `the gateway admits again, as ${version}`,
  turnedAway: (ways) => `meanwhile ${sayTurnedAway(ways)}`,
  succeeded: (count) => `${count} of them succeeded`,
  exited: ({ exitCode }) => `the gateway exited with ${exitCode}`,
  leaked: (leaks) => `leaked: ${leaks.join(', ')}`,
  notCarriedOut: (why) => `not carried out: ${why}`,
  environmentFailed: (why) => `the environment failed: ${why}`,
};

const OBSERVATION_KEYS = Object.keys(SIGHTINGS).filter((key): key is keyof Observation => key in SIGHTINGS);

function sighting<K extends keyof ObservationParts>(key: K, seen: Observation): string[] {
  const part = partOf<ObservationParts, K>(seen, key);
  return part === undefined ? [] : [SIGHTINGS[key](part)];
}

/** One line for what was seen, such as "refused with 1008, pairing-required (scope-upgrade); pairing: pending; 1 audit event". */
export function sayObservation(seen: Observation | null): string {
  if (seen === null) return 'nothing';
  return OBSERVATION_KEYS.flatMap((key) => sighting(key, seen)).join('; ') || 'nothing';
}
