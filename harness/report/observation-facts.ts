import { partOf } from '../judge/describe.ts';
import type { CheckResult } from '../results/report.ts';
import type { Answer, Observation, Outcome } from '../scenario/schema/observation.ts';
import { duration } from '../text/format.ts';

function outcomeFacts(outcome: Outcome): [string, string][] {
  switch (outcome.kind) {
    case 'admitted':
      return [
        ['outcome', 'admitted'],
        ['role', outcome.role],
        ['scopes held', outcome.scopes.join(', ') || 'none'],
        ['protocol', `${outcome.protocol}`],
        ['device token', outcome.deviceToken ? 'issued' : 'not issued'],
      ];
    case 'refused':
      return [
        [
          'outcome',
          outcome.at === 'http'
            ? `refused before the upgrade, HTTP ${outcome.code}`
            : `refused, close code ${outcome.code}`,
        ],
        ['cause', outcome.cause],
        ['reason', outcome.reason ?? 'none given'],
        ['message of the gateway', outcome.text],
      ];
    case 'timeout':
      return [['outcome', `timeout after ${duration(outcome.afterMs)} while ${outcome.phase}`]];
    case 'crash':
    case 'unreadable':
      return [
        ['outcome', `${outcome.kind} while ${outcome.phase}`],
        ['details', outcome.text],
      ];
    case 'unreachable':
      return [
        ['outcome', 'unreachable'],
        ['details', outcome.text],
      ];
  }
}

function answerFacts(answer: Answer): [string, string][] {
  switch (answer.kind) {
    case 'answered':
      return [['answer', JSON.stringify(answer.payload, null, 2)]];
    case 'denied':
      return [['answer', `denied, ${answer.code}: ${answer.message}`]];
    case 'closed':
      return [['answer', `connection closed, ${answer.code} ${answer.reason}`]];
    case 'timeout':
      return [['answer', `none after ${duration(answer.afterMs)}`]];
    case 'open':
      return [['connection', `still open after ${duration(answer.afterMs)}`]];
  }
}

type Fact = [string, string];
/** The parts of an observation, each as it is if present. */
type Parts = { [K in keyof Observation]-?: NonNullable<Observation[K]> };

/** The facts of each part of an observation, in the order of the page. */
const FACTS: { [K in keyof Parts]: (part: Parts[K]) => Fact[] } = {
  outcome: outcomeFacts,
  pairing: (pairing) => [['pairing', pairing.replaceAll('-', ' ')]],
  audit: (events) =>
    events.length === 0
      ? [['audit', 'no line of the log is about it']]
      : events.map((event): Fact => [`audit: ${event.event}`, event.line]),
  answer: answerFacts,
  command: ({ argv, exitCode, stdout, stderr }) => [
    ['command', argv.join(' ')],
    ['exit code', `${exitCode}`],
    ['stdout', stdout],
    ['stderr', stderr],
  ],
  tool: ({ name, text }) => [[`${name} answered`, text]],
  rows: ({ paired, pending }) => [['pairing list', `${paired} paired, ${pending} pending`]],
  http: ({ status, body }) => [
    ['HTTP status', `${status}`],
    ['HTTP body', body],
  ],
  page: ({ url, text }) => [
    ['page', url],
    ['visible text', text],
  ],
  ready: ({ version, afterMs }) => [['ready', `${version} after ${duration(afterMs)}`]],
  turnedAway: (refusals) => refusals.map(({ code, cause }): Fact => ['refused while starting', `${code}, ${cause}`]),
  succeeded: (count) => [['succeeded', `${count}`]],
  exited: ({ exitCode, lastLines }) => [
    ['exited with', `${exitCode}`],
    ['last lines', lastLines],
  ],
  leaked: (leaks) => leaks.map((leak): Fact => ['leaked', leak]),
  notCarriedOut: (why) => [['not carried out', why]],
  environmentFailed: (why) => [['the environment failed', why]],
};
const PARTS = Object.keys(FACTS).filter((key): key is keyof Parts => key in FACTS);

function factsOf<K extends keyof Parts>(key: K, seen: Observation): Fact[] {
  const part = partOf<Parts, K>(seen, key);
  return part === undefined ? [] : FACTS[key](part);
}

/**
 * All that an observation shows, as pairs of a label and a text, which may have several lines or none. `pairingList` has the entries of the
 * client's device before and after it; null if the step was about no device.
 */
export function observationFacts(seen: Observation, pairingList: CheckResult['pairingList']): Fact[] {
  const rows = (when: 'before' | 'after'): Fact[] =>
    pairingList === null ? [] : [[`pairing list ${when}`, pairingList[when].join('\n') || 'no entry of this device']];
  return [...PARTS.flatMap((key) => factsOf(key, seen)), ...rows('before'), ...rows('after')];
}
