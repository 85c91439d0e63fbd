import type { CheckResult } from '../../results/report.ts';
import { clip } from '../../text/control-characters.ts';
import { observationFacts } from '../observation-facts.ts';
import { type Transcript, type TranscriptEntry, textOfEntry, wordsOfEntry } from '../transcript-entry.ts';
import { type Html, html } from './escape.ts';

/** The page shows this much of one frame, body or command output, in characters; report.json has the rest. */
const TEXT_CHARACTERS = 4_000;
const LOG_LINES = 60;
/** Transcript entries of a check that holds; readers rarely need its frames. */
const ENTRIES_OF_HOLDING = 5;
const ENTRIES_OF_RED = 80;

function pre(text: string): Html {
  return html`<pre tabindex="0">${clip(text, TEXT_CHARACTERS)}</pre>`;
}

/** The content of a frame that is JSON, with indentation. */
const indented = (json: unknown): string => JSON.stringify(json, null, 2);

function entryRow(entry: TranscriptEntry): Html {
  const { sign, words } = wordsOfEntry(entry);
  const text = textOfEntry(entry, indented);
  return html`<li class="frame"><p><span aria-hidden="true">${sign}</span> ${words} <time>+${entry.at.toFixed(1)} ms</time></p>${text === '' ? null : pre(text)}</li>`;
}

/** The first `most` entries of a transcript. */
export function framesHtml(transcript: Transcript, most: number): Html {
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

/** The observation of a check as a list of facts, collapsed; null if it has none. */
export function observationHtml(check: CheckResult): Html | null {
  if (check.observation === null) return null;
  const rows = observationFacts(check.observation, check.pairingList).filter(([, value]) => value !== '');
  return html`<details class="evidence"><summary>Observation <small>${rows.length} facts</small></summary>
<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${clip(value, TEXT_CHARACTERS)}</dd></div>`)}</dl></details>`;
}
