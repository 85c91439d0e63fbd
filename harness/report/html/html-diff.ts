import { createHash } from 'node:crypto';
import { describeDeviation } from '../../judge/deviation.ts';
import { type ComparedObservation, type Comparison, nameOf, type ObservationChange } from '../../results/comparison.ts';
import { count } from '../../text/format.ts';
import {
  capital,
  changesIn,
  describeDiff,
  describeUncompared,
  describeVerdict,
  describeWho,
  groupsOfSimilar,
  SECTIONS,
  type Section,
  standingGroups,
} from '../diff.ts';
import { type Html, html, markupOf, raw } from './escape.ts';
import { framesHtml } from './html-evidence.ts';
import { STYLE } from './html-style.ts';

/** Transcript entries that the page shows of each gateway; report.json has them all. */
const FRAMES = 30;
/** Changes of one section that are shown with both transcripts; the others are rows of a table. */
const WHOLE = 40;

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

function side(title: string, { seen, transcript }: ComparedObservation): Html {
  return html`<div><h4>${title}</h4><p>${seen}</p>${transcript === null ? null : html`<details class="evidence"><summary>Transcript <small>${transcript.entries.length} entries</small></summary>${framesHtml(transcript, FRAMES)}</details>`}</div>`;
}

function wholeHtml({ id, base, head }: ObservationChange, diff: Comparison): Html {
  return html`<article class="check bad"><header><h3>${id}</h3>${head.vantage === null ? null : html`<ul class="chips"><li>from ${head.vantage}</li></ul>`}</header>
${head.expected === null ? null : html`<p class="meta">Expected: ${head.expected}</p>`}
<div class="sides">${side(`Base: ${nameOf(diff.base)}`, base)}${side(`Head: ${nameOf(diff.head)}`, head)}</div>
<div class="repeat"><pre tabindex="0" aria-label="Command that repeats this check">${head.repeat}</pre></div></article>`;
}

/** One row for a group of equal changes. */
function lineHtml(group: readonly ObservationChange[]): Html | null {
  const [first] = group;
  if (first === undefined) return null;
  const accepted = first.accepted === null ? null : html`<br><small>${describeDeviation(first.accepted)}</small>`;
  const who = group.map((change, index) => html`${index === 0 ? null : html`<br>`}${describeWho(change)}`);
  return html`<tr><th scope="row">${who}${accepted}</th><td>${group.length}</td><td>${first.base.seen}</td><td>${first.head.seen}</td></tr>`;
}

function sectionHtml(section: Section, diff: Comparison): Html | null {
  const found = changesIn(diff, section);
  if (found.length === 0) return null;
  const whole = section.whole ? found.slice(0, WHOLE) : [];
  const lines = groupsOfSimilar(found.slice(whole.length)).map(lineHtml);
  const table =
    lines.length === 0
      ? null
      : html`<div class="scroll" tabindex="0"><table class="changes"><thead><tr><th scope="col">Check or probe</th><th scope="col">Count</th><th scope="col">Base</th><th scope="col">Head</th></tr></thead><tbody>${lines}</tbody></table></div>`;
  const body = html`${whole.map((change) => wholeHtml(change, diff))}${table}`;
  return html`<section><h2>${section.title}: ${found.length}</h2>${section.note === '' ? null : html`<p class="meta">${section.note}</p>`}${body}</section>`;
}

function standingHtml({ title, checks }: ReturnType<typeof standingGroups>[number], { base, head }: Comparison): Html {
  const rows = checks.map(
    (check) =>
      html`<tr><th scope="row">${check.id}</th><td>${describeVerdict(check.base)}</td><td>${describeVerdict(check.head)}</td></tr>`,
  );
  return html`<section><h2>${title}: ${checks.length}</h2>
<div class="scroll" tabindex="0"><table class="changes"><thead><tr><th scope="col">Check</th><th scope="col">${nameOf(base)}</th><th scope="col">${nameOf(head)}</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

/** comparison.html: the same as comparison.md, with the transcripts of base and head in two columns. */
export function comparisonHtml(diff: Comparison): string {
  const same = diff.changes.filter(({ change }) => change === 'same').length;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${raw(POLICY)}">
<title>Postern: ${nameOf(diff.base)} to ${nameOf(diff.head)}</title>
<style>${raw(STYLE)}</style>
</head>
<body><main>
<h1>${nameOf(diff.base)} → ${nameOf(diff.head)}</h1>
<p>${capital(describeDiff(diff))}.</p>
${[...describeUncompared(diff), ...diff.stale].map((text) => html`<p class="because">${capital(text)}.</p>`)}
${standingGroups(diff).map((group) => standingHtml(group, diff))}
${SECTIONS.map((section) => sectionHtml(section, diff))}
<p class="meta">${capital(count(same, 'check'))} and probes of cells are the same.</p>
</main></body></html>
`;
  return markupOf(page);
}
