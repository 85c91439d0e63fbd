import { isDeepStrictEqual } from 'node:util';
import type { AuditPattern, Expectation } from '../scenario/schema/expectation.ts';
import type { AuditEvent, Cause, Observation, Outcome } from '../scenario/schema/observation.ts';
import {
  around,
  describeAnswer,
  describeEvent,
  describeExpectation,
  describeObservation,
  describeOutcome,
  describeOutput,
  describeRefusals,
  EXPECTATION_KEYS,
  type ExpectationParts,
  partOf,
  shown,
} from './describe.ts';

/** The result of comparing one observation with one expectation. The expectation holds if `differences` is empty. */
export type Comparison = {
  /** How many parts were compared. With 0 the expectation never holds. */
  compared: number;
  /** One line for each difference, with what was expected and what was observed. */
  differences: string[];
  /** The expectation in one line of plain words. */
  expected: string;
  /** The observation in one line of plain words. */
  seen: string;
};

/** The result of one part that was compared: null if it is as expected, else the line with the difference. */
type Finding = string | null;

type Comparers = { [K in keyof ExpectationParts]: (want: ExpectationParts[K], seen: Observation) => Finding[] };

function differs(what: string, expected: string, saw: string): string {
  return `${what}: expected ${expected}, saw ${saw}`;
}

function equal(what: string, expected: unknown, saw: unknown): Finding {
  return isDeepStrictEqual(expected, saw) ? null : differs(what, shown(expected), shown(saw));
}

function sameSet(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.every((item) => b.includes(item)) && b.every((item) => a.includes(item));
}

function scopesHold(want: NonNullable<Expectation['admitted']>['scopes'], saw: readonly string[]): boolean {
  return 'atLeast' in want ? want.atLeast.every((scope) => saw.includes(scope)) : sameSet(want, saw);
}

/**
 * The audit events about a refusal, by its cause, for releases that write the reason only to the log (2026.2.19). The events of an observation
 * are those of its own step, so the reason belongs to the same knock.
 */
const REASON_IN_LOG: Partial<Record<Cause, readonly AuditEvent['event'][]>> = {
  'pairing-required': ['access-upgrade', 'metadata-upgrade', 'refused'],
  credentials: ['unauthorized', 'refused'],
  'rate-limit': ['unauthorized', 'refused'],
};

function reasonIsLogged(cause: Cause, reason: string, audit: readonly AuditEvent[]): boolean {
  const events = REASON_IN_LOG[cause] ?? ['refused'];
  return audit.some((event) => events.includes(event.event) && event.reason === reason);
}

function matchesPattern(pattern: AuditPattern, event: AuditEvent): boolean {
  const given = new Map<string, unknown>(Object.entries(event));
  return Object.entries(pattern).every(([key, want]) => {
    const saw = given.get(key);
    if (want === undefined) return true;
    return Array.isArray(want) ? Array.isArray(saw) && sameSet(want, saw) : want === saw;
  });
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Compares partially: an object may have more keys than expected; lists and plain values must be equal. `where` is the path of keys. */
function partial(want: unknown, saw: unknown, where: string): Finding[] {
  if (!isPlainObject(want)) return [equal(where, want, saw)];
  if (!isPlainObject(saw)) return [differs(where, shown(want), shown(saw))];
  return Object.entries(want).flatMap(([key, part]) =>
    Object.hasOwn(saw, key)
      ? partial(part, saw[key], `${where}.${key}`)
      : [differs(`${where}.${key}`, shown(part), 'no such key')],
  );
}

/** Why a refusal has no cause, with the error code if Postern does not know it, so that a maintainer can add the code. */
function sayUnreadable({ unknownCode, text }: Extract<Outcome, { kind: 'refused' }>): string {
  return unknownCode === undefined
    ? `none that can be read in ${shown(text)}`
    : `the error code ${unknownCode}, which Postern does not know`;
}

const COMPARERS: Comparers = {
  admitted(want, { outcome }) {
    const expected = describeExpectation({ admitted: want });
    if (outcome?.kind !== 'admitted') {
      return [differs('outcome', expected, outcome === undefined ? 'no outcome' : describeOutcome(outcome))];
    }
    return [
      scopesHold(want.scopes, outcome.scopes) ? null : differs('scopes', shown(want.scopes), shown(outcome.scopes)),
      ...(want.role === undefined ? [] : [equal('role', want.role, outcome.role)]),
      ...(want.deviceToken === undefined ? [] : [equal('device token', want.deviceToken, outcome.deviceToken)]),
    ];
  },
  refused(want, { outcome, audit = [] }) {
    const expected = describeExpectation({ refused: want });
    if (outcome?.kind !== 'refused') {
      return [differs('outcome', expected, outcome === undefined ? 'no outcome' : describeOutcome(outcome))];
    }
    const findings = [
      equal('refused at', want.at, outcome.at),
      equal('code', want.code, outcome.code),
      // A refusal whose cause could not be read may have any cause, so it matches no expected cause, not even `unstated`.
      outcome.cause === 'unstated'
        ? differs('cause', want.cause, sayUnreadable(outcome))
        : equal('cause', want.cause, outcome.cause),
    ];
    if (want.reason === undefined) return findings;
    if (outcome.reason !== null) return [...findings, equal('reason', want.reason, outcome.reason)];
    const logged = reasonIsLogged(outcome.cause, want.reason, audit);
    return [
      ...findings,
      logged ? null : differs('reason', shown(want.reason), 'none, neither in the error nor in the log'),
    ];
  },
  pairing(want, { pairing }) {
    const accepted = Array.isArray(want) ? want : [want];
    const holds = pairing !== undefined && accepted.includes(pairing);
    return [holds ? null : differs('pairing', accepted.join(' or '), pairing ?? 'no pairing list')];
  },
  audit(want, { audit }) {
    const saw = audit === undefined ? 'no log' : audit.map(describeEvent).join(', ') || 'no event';
    return want.map((pattern) =>
      audit?.some((event) => matchesPattern(pattern, event)) ? null : differs('audit', describeEvent(pattern), saw),
    );
  },
  notLogged(want, { audit }) {
    return want.map((name) => {
      if (audit === undefined) return differs('audit', `no ${name}`, 'no log');
      const found = audit.find((event) => event.event === name);
      return found === undefined ? null : differs('audit', `no ${name}`, describeEvent(found));
    });
  },
  answered(want, { answer }) {
    if (answer?.kind !== 'answered') {
      return [
        differs(
          'answer',
          describeExpectation({ answered: want }),
          answer === undefined ? 'no answer' : describeAnswer(answer),
        ),
      ];
    }
    return [null, ...partial(want, answer.payload, 'payload')];
  },
  denied(want, { answer }) {
    const holds = answer?.kind === 'denied' && answer.message.includes(want.message.contains);
    const saw = answer === undefined ? 'no answer' : describeAnswer(answer);
    return [holds ? null : differs('answer', describeExpectation({ denied: want }), saw)];
  },
  exit(want, { command }) {
    const holds = command !== undefined && (want === 'failure' ? command.exitCode !== 0 : command.exitCode === want);
    const saw = command === undefined ? 'no command' : `exit code ${command.exitCode}`;
    return [holds ? null : differs('exit', describeExpectation({ exit: want }), saw)];
  },
  output(want, { command }) {
    if (command === undefined) return [differs('output', describeExpectation({ output: want }), 'no command')];
    const holds = [command.stdout, command.stderr].some((text) => text.includes(want.contains));
    return [
      holds ? null : differs('output', describeExpectation({ output: want }), describeOutput(command, want.contains)),
    ];
  },
  tool(want, { tool }) {
    const holds = tool?.text.includes(want.contains) === true;
    return [
      holds
        ? null
        : differs(
            'tool',
            describeExpectation({ tool: want }),
            tool === undefined ? 'no tool result' : around(want.contains, tool.text),
          ),
    ];
  },
  rows(want, { rows }) {
    if (rows === undefined) return [differs('rows', describeExpectation({ rows: want }), 'no pairing list')];
    return [equal('rows paired', want.paired, rows.paired), equal('rows pending', want.pending, rows.pending)];
  },
  closed(want, { answer }) {
    const holds = answer?.kind === 'closed' && [want.code].flat().includes(answer.code);
    const saw = answer === undefined ? 'no answer' : describeAnswer(answer);
    return [holds ? null : differs('connection', describeExpectation({ closed: want }), saw)];
  },
  status(want, { http }) {
    return [equal('status', want, http?.status ?? 'no HTTP answer')];
  },
  body(want, { http }) {
    const holds = http?.body.includes(want.contains) === true;
    const saw = http === undefined ? 'no HTTP answer' : around(want.contains, http.body);
    return [holds ? null : differs('body', describeExpectation({ body: want }), saw)];
  },
  page(want, { page }) {
    const holds = page?.text.includes(want.contains) === true;
    const saw = page === undefined ? 'no page' : around(want.contains, page.text);
    return [holds ? null : differs('page', describeExpectation({ page: want }), saw)];
  },
  ready(want, seen) {
    return [
      seen.ready === undefined
        ? differs('gateway', describeExpectation({ ready: want }), describeObservation(seen))
        : null,
    ];
  },
  refusals(want, { turnedAway }) {
    const saw = turnedAway === undefined ? 'no start' : describeRefusals(turnedAway);
    return [saw === describeRefusals(want) ? null : differs('meanwhile', describeRefusals(want), saw)];
  },
  successes(want, { succeeded }) {
    return [equal('successes', want, succeeded ?? 'nothing that was carried out together')];
  },
  exited(want, seen) {
    const holds = seen.exited?.lastLines.includes(want.log.contains) === true;
    const saw =
      seen.exited === undefined ? describeObservation(seen) : around(want.log.contains, seen.exited.lastLines);
    return [holds ? null : differs('gateway', describeExpectation({ exited: want }), saw)];
  },
};

function compareKey<K extends keyof ExpectationParts>(key: K, expect: Expectation, seen: Observation): Finding[] {
  const want = partOf<ExpectationParts, K>(expect, key);
  return want === undefined ? [] : COMPARERS[key](want, seen);
}

/** Causes of a refusal that are no decision about the client. */
const NO_DECISION: readonly Cause[] = ['starting', 'unstated'];

/**
 * The difference of an observation whose knock got no decision: the gateway hung, crashed, was gone or was starting, or closed without a reason.
 * No expectation can name such an outcome, so an expectation about only the pairing list or only the log must not hold with it.
 */
function undecided(expect: Expectation, { outcome }: Observation): Finding[] {
  if (expect.admitted !== undefined || expect.refused !== undefined || outcome === undefined) return [];
  if (outcome.kind === 'admitted') return [];
  if (outcome.kind === 'refused' && !NO_DECISION.includes(outcome.cause)) return [];
  return [differs('outcome', 'a decision', describeOutcome(outcome))];
}

/** A difference for each leaked secret. No expectation can ask for one, so a leak fails the check of every step. */
function leaks({ leaked = [] }: Observation): Finding[] {
  return leaked.map((leak) => differs('secrets', 'none shown', leak));
}

/** Compares an observation with an expectation. A missing part of the observation is a difference. Pure. */
export function compare(expect: Expectation, seen: Observation): Comparison {
  const findings = EXPECTATION_KEYS.map((key) => ({ key, found: compareKey(key, expect, seen) }));
  const expected = findings.flatMap(({ found }) => found);
  const unseen = findings.filter(({ found }) => found.some((finding) => finding !== null)).map(({ key }) => key);
  const differences = [...expected, ...undecided(expect, seen), ...leaks(seen)].filter((finding) => finding !== null);
  if (expected.length === 0) differences.push('nothing was compared');
  return {
    compared: expected.length,
    differences,
    expected: describeExpectation(expect),
    seen: describeObservation(seen, { expect, unseen }),
  };
}
