import { partOf } from '../../judge/describe.ts';
import type { CheckResult } from '../../results/report.ts';
import type { Answer, Observation, Outcome } from '../../scenario/schema/observation.ts';
import { clip } from '../../text/control-characters.ts';
import { duration } from '../../text/format.ts';
import { type Html, html } from './escape.ts';

/** The page shows this much of one frame, body or command output, in characters; report.json has the rest. */
const TEXT_CHARACTERS = 4_000;
const LOG_LINES = 60;
/** Transcript entries of a check that holds; readers rarely need its frames. */
const ENTRIES_OF_HOLDING = 4;
const ENTRIES_OF_RED = 80;

type Entry = NonNullable<CheckResult['transcript']>['entries'][number];

function pre(text: string): Html {
  return html`<pre tabindex="0">${clip(text, TEXT_CHARACTERS)}</pre>`;
}

/** JSON with indentation; any other text unchanged. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const DIRECTIONS: Record<string, { sign: string; words: string }> = {
  opened: { sign: '●', words: 'opened' },
  sent: { sign: '→', words: 'client sent' },
  received: { sign: '←', words: 'gateway sent' },
  'received-binary': { sign: '←', words: 'gateway sent binary' },
  closed: { sign: '■', words: 'gateway closed' },
  dropped: { sign: '■', words: 'dropped' },
  http: { sign: '←', words: 'gateway answered HTTP' },
};

function entryBody(entry: Entry): Html | null {
  const { at, kind, text, ...rest } = entry;
  if (typeof text === 'string') return pre(pretty(text));
  const facts = Object.entries(rest).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return facts.length === 0 ? null : pre(facts.join('\n'));
}

function entryRow(entry: Entry): Html {
  const { sign, words } = DIRECTIONS[entry.kind] ?? { sign: '·', words: entry.kind };
  return html`<li class="frame"><p><span aria-hidden="true">${sign}</span> ${words} <time>+${entry.at.toFixed(1)} ms</time></p>${entryBody(entry)}</li>`;
}

/** The first `most` entries of a transcript. */
export function framesHtml(transcript: NonNullable<CheckResult['transcript']>, most: number): Html {
  return html`<ol class="frames">${transcript.entries.slice(0, most).map(entryRow)}</ol>`;
}

/** The transcript of a check, collapsed; null if it has none. */
export function transcriptHtml(check: CheckResult): Html | null {
  const { transcript } = check;
  if (transcript === null) return null;
  const most = check.holds ? ENTRIES_OF_HOLDING : ENTRIES_OF_RED;
  const left = transcript.entries.length - most;
  const headers = Object.entries(transcript.headers).map(([name, value]) => `${name}: ${value}`);
  return html`<details class="evidence"><summary>Transcript <small>${transcript.entries.length} entries</small></summary>
<p class="meta"><code>${transcript.url}</code>, started <time>${transcript.startedAt}</time></p>
${headers.length > 0 ? html`<p class="meta">Headers that the client set</p>${pre(headers.join('\n'))}` : null}
${framesHtml(transcript, most)}
${left > 0 ? html`<p class="meta">The first ${most} entries; ${left} more are in report.json.</p>` : null}</details>`;
}

/** The gateway's log lines of a check, collapsed; null if it has none. */
export function logHtml(check: CheckResult): Html | null {
  if (check.logLines.length === 0) return null;
  const left = check.logLines.length - LOG_LINES;
  const lines = check.logLines.slice(0, LOG_LINES).map((line) => clip(line, TEXT_CHARACTERS));
  return html`<details class="evidence"><summary>Gateway log <small>${check.logLines.length} lines</small></summary>
<pre tabindex="0">${lines.join('\n')}</pre>
${left > 0 ? html`<p class="meta">The first ${LOG_LINES} lines; ${left} more are in report.json.</p>` : null}</details>`;
}

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
  audit: (events) => events.map((event): Fact => [`audit: ${event.event}`, event.line]),
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

function facts(seen: Observation): Fact[] {
  return PARTS.flatMap((key) => factsOf(key, seen));
}

/** The observation of a check as a list of facts, collapsed; null if it has none. */
export function observationHtml(check: CheckResult): Html | null {
  if (check.observation === null) return null;
  const rows = facts(check.observation).filter(([, value]) => value !== '');
  return html`<details class="evidence"><summary>Observation <small>${rows.length} facts</small></summary>
<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${clip(value, TEXT_CHARACTERS)}</dd></div>`)}</dl></details>`;
}
