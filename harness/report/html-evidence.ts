import type { Answer, Observation, Outcome } from '../scenario/observation.ts';
import { duration } from './amounts.ts';
import { type Html, html } from './escape.ts';
import { clip } from './odd-characters.ts';
import type { CheckResult } from './report.ts';

/** How much of one frame, body or command output the page shows, in characters; report.json has the rest. */
const TEXT_CHARACTERS = 4_000;
const LOG_LINES = 60;
/** A check that holds is read for its verdict, rarely for its frames. */
const ENTRIES_OF_HOLDING = 4;
const ENTRIES_OF_RED = 80;

type Entry = NonNullable<CheckResult['transcript']>['entries'][number];

function pre(text: string): Html {
  return html`<pre tabindex="0">${clip(text, TEXT_CHARACTERS)}</pre>`;
}

/** JSON laid out for reading; anything else as it came. */
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

/** What went over the wire, collapsed. Null where the check has no transcript. */
export function transcriptHtml(check: CheckResult): Html | null {
  const { transcript } = check;
  if (transcript === null) return null;
  const most = check.holds ? ENTRIES_OF_HOLDING : ENTRIES_OF_RED;
  const shown = transcript.entries.slice(0, most);
  const left = transcript.entries.length - shown.length;
  const headers = Object.entries(transcript.headers).map(([name, value]) => `${name}: ${value}`);
  return html`<details class="evidence"><summary>Transcript <small>${transcript.entries.length} entries</small></summary>
<p class="meta"><code>${transcript.url}</code>, begun <time>${transcript.startedAt}</time></p>
${headers.length > 0 ? html`<p class="meta">Headers that the client set</p>${pre(headers.join('\n'))}` : null}
<ol class="frames">${shown.map(entryRow)}</ol>
${left > 0 ? html`<p class="meta">The first ${most} entries; ${left} more stand in report.json.</p>` : null}</details>`;
}

/** The gateway's log lines that belong to the check, collapsed. */
export function logHtml(check: CheckResult): Html | null {
  if (check.logLines.length === 0) return null;
  const left = check.logLines.length - LOG_LINES;
  const lines = check.logLines.slice(0, LOG_LINES).map((line) => clip(line, TEXT_CHARACTERS));
  return html`<details class="evidence"><summary>Gateway log <small>${check.logLines.length} lines</small></summary>
<pre tabindex="0">${lines.join('\n')}</pre>
${left > 0 ? html`<p class="meta">The first ${LOG_LINES} lines; ${left} more stand in report.json.</p>` : null}</details>`;
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
        ['gateway’s words', outcome.text],
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
  }
}

function facts(seen: Observation): [string, string][] {
  return [
    ...(seen.outcome === undefined ? [] : outcomeFacts(seen.outcome)),
    ...(seen.pairing === undefined ? [] : [['pairing', seen.pairing.replaceAll('-', ' ')] satisfies [string, string]]),
    ...(seen.audit ?? []).map((event): [string, string] => [`audit: ${event.event}`, event.line]),
    ...(seen.answer === undefined ? [] : answerFacts(seen.answer)),
    ...(seen.command === undefined
      ? []
      : ([
          ['command', seen.command.argv.join(' ')],
          ['exit code', `${seen.command.exitCode}`],
          ['stdout', seen.command.stdout],
          ['stderr', seen.command.stderr],
        ] satisfies [string, string][])),
    ...(seen.rows === undefined
      ? []
      : [['pairing list', `${seen.rows.paired} paired, ${seen.rows.pending} pending`] satisfies [string, string]]),
    ...(seen.http === undefined
      ? []
      : ([
          ['HTTP status', `${seen.http.status}`],
          ['HTTP body', seen.http.body],
        ] satisfies [string, string][])),
    ...(seen.ready === undefined
      ? []
      : [['ready', `${seen.ready.version} after ${duration(seen.ready.afterMs)}`] satisfies [string, string]]),
    ...(seen.exited === undefined
      ? []
      : ([
          ['exited with', `${seen.exited.exitCode}`],
          ['last words', seen.exited.lastLines],
        ] satisfies [string, string][])),
    ...(seen.notCarriedOut === undefined ? [] : [['not carried out', seen.notCarriedOut] satisfies [string, string]]),
  ];
}

/** Everything that was observed, part by part, collapsed. */
export function observationHtml(check: CheckResult): Html | null {
  if (check.observation === null) return null;
  const rows = facts(check.observation).filter(([, value]) => value !== '');
  return html`<details class="evidence"><summary>Observation <small>${rows.length} facts</small></summary>
<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${clip(value, TEXT_CHARACTERS)}</dd></div>`)}</dl></details>`;
}
