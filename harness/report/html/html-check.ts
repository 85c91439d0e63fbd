import type { CheckResult } from '../../results/report.ts';
import { duration } from '../../text/format.ts';
import { toneOf, VERDICT_LABELS } from '../verdict-labels.ts';
import { type Html, html } from './escape.ts';
import { logHtml, observationHtml, transcriptHtml } from './html-evidence.ts';

/** The sign and word of a verdict, with its meaning as a tooltip. */
export function badge(check: CheckResult): Html {
  const { icon, word, meaning } = VERDICT_LABELS[check.verdict];
  return html`<span class="badge ${toneOf(check)} v-${check.verdict}" title="${meaning}"><span aria-hidden="true">${icon}</span> ${word}</span>`;
}

const PART_WORDS: Record<CheckResult['part'], string> = {
  steps: 'reported behaviour',
  boundary: 'boundary',
  remedies: 'workaround',
};

function chips(check: CheckResult): Html {
  const words = [
    `${check.version}${check.gateway === check.version ? '' : ` (${check.gateway})`}`,
    PART_WORDS[check.part],
    ...(check.vantage === null ? [] : [`from ${check.vantage}`]),
    duration(check.durationMs),
  ];
  return html`<ul class="chips">${words.map((word) => html`<li>${word}</li>`)}</ul>`;
}

function words(check: CheckResult): Html {
  return html`<dl class="compare">
<div class="expected"><dt>Expected</dt><dd>${check.expected}</dd></div>
<div class="seen"><dt>Seen</dt><dd>${check.seen}</dd></div>
</dl>
${
  check.differences.length > 0
    ? html`<div class="differences"><h4>What differs</h4><ul>${check.differences.map((line) => html`<li>${line}</li>`)}</ul></div>`
    : null
}
${check.because === null ? null : html`<p class="because"><b>Because</b> ${check.because}</p>`}`;
}

function foot(check: CheckResult): Html {
  const { file, line, column } = check.source;
  return html`<div class="repeat"><pre tabindex="0" aria-label="Command that repeats this check">${check.repeat}</pre><button type="button" class="copy" hidden>Copy</button></div>
<p class="meta"><code class="source">${file}:${line}:${column}</code> <a href="#${check.scenario}">scenario</a> · ${check.compared} compared</p>`;
}

/** The evidence of a verdict: observation, transcript, log lines. */
export function evidenceOf(check: CheckResult): Html {
  return html`${observationHtml(check)}${transcriptHtml(check)}${logHtml(check)}`;
}

/** The note in place of evidence that the page leaves out. */
export const EVIDENCE_LEFT_OUT = html`<p class="meta">Evidence left out to keep this page small; report.json has it.</p>`;

/** A check that does not hold: fully visible except for its evidence, which is collapsed. */
export function openCheck(check: CheckResult, anchor: string, evidence: Html): Html {
  return html`<article class="check ${toneOf(check)}" id="${anchor}" data-verdict="${check.verdict}" tabindex="-1">
<header>${badge(check)} <h3><a href="#${anchor}">${check.name}</a></h3>${chips(check)}</header>
${words(check)}
${evidence}
${foot(check)}
</article>`;
}

/** A check that holds: one line; the rest is collapsed. */
export function closedCheck(check: CheckResult, anchor: string, evidence: Html): Html {
  return html`<details class="check row ${toneOf(check)}" id="${anchor}" data-verdict="${check.verdict}">
<summary>${badge(check)} <b>${check.name}</b> <span class="where">${check.version}${check.vantage === null ? '' : ` · ${check.vantage}`}</span></summary>
${words(check)}${evidence}${foot(check)}
</details>`;
}
