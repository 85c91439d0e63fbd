import { type Purpose, VERDICTS } from '../../judge/verdict.ts';
import type { Report, Subject } from '../../results/report.ts';
import { capitalized, count, duration, mebibytes } from '../../text/format.ts';
import { headlineClauses, meaningOf } from '../headline.ts';
import { describeShard } from '../shard-note.ts';
import { verdictTally, worstFirst } from '../sort.ts';
import { toneOf, VERDICT_LABELS } from '../verdict-labels.ts';
import { describeWithheld } from '../withheld-note.ts';
import { type Html, html } from './escape.ts';
import { brandHtml } from './html-brand.ts';

/** `2026-11-21T09:30:00.000Z` as `2026-11-21 09:30 UTC`; any other text unchanged. */
function minute(iso: string): string {
  return iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):[\d.]+Z$/, '$1 $2 UTC');
}

const PURPOSE_WORDS: Record<Purpose, string> = {
  run: 'access boundary of the OpenClaw gateway',
  matrix: 'release matrix',
  gate: 'a gateway compared with its base',
};

/** The head of the page: headline, exit code, and the run with its command. */
export function verdictHtml(report: Report): Html {
  const { run } = report;
  const tone = run.exitCode === 0 ? 'good' : 'bad';
  const [first = '', ...rest] = headlineClauses(report);
  const engine = run.engine === null ? null : html` on ${run.engine.kind} ${run.engine.version}`;
  return html`<header class="verdict ${tone}">
${brandHtml(PURPOSE_WORDS[run.purpose])}
<h1><span class="sign" aria-hidden="true">${tone === 'good' ? '✓' : '✕'}</span> <span>${first}.</span></h1>
${rest.length === 0 ? null : html`<p class="also">${capitalized(rest.join('; '))}.</p>`}
<p class="exit">Exit code <b>${run.exitCode}</b>: ${meaningOf(run.exitCode)}.</p>
${withheldHtml(report.withheld)}
${shardHtml(run)}
${run.purpose === 'gate' ? html`<p class="meta"><a href="comparison.html">What changed from the base to the head</a></p>` : null}
<p class="meta">Run <code>${run.id}</code>, <time datetime="${run.startedAt}">${minute(run.startedAt)}</time>, ${duration(run.wallMs)}${engine}. Seed <code>${run.seed}</code>. Suite ${run.suite.version}${
    run.suite.commit === null ? null : html` (<code>${run.suite.commit}</code>)`
  }.</p>
<div class="repeat"><pre tabindex="0" aria-label="Command of this run">${run.command}</pre><button type="button" class="copy" hidden>Copy</button></div>
</header>`;
}

/** The sentence about what the page leaves out; null if it leaves out nothing. */
export function withheldHtml(withheld: number): Html | null {
  return withheld === 0 ? null : html`<p class="because">${capitalized(describeWithheld(withheld))}</p>`;
}

/** The sentence about the shard; null for a whole run. */
function shardHtml(run: Report['run']): Html | null {
  const shard = describeShard(run);
  return shard === null ? null : html`<p class="because">${shard}</p>`;
}

/** The problems outside the checks; null if there are none. */
export function problemsHtml(report: Report): Html | null {
  if (report.run.problems.length === 0) return null;
  return html`<section class="problems" aria-labelledby="problems"><h2 id="problems"><span aria-hidden="true">⚠</span> Problems outside the checks</h2>
<ul>${report.run.problems.map((text) => html`<li>${text}</li>`)}</ul></section>`;
}

function subjectRow(report: Report, subject: Subject): Html {
  const checks = report.checks.filter((check) => check.gateway === subject.reference);
  const red = checks.filter((check) => !check.holds).length;
  const state =
    checks.length === 0
      ? html`<span class="tally quiet"><span aria-hidden="true">○</span> not tested</span>`
      : red === 0
        ? html`<span class="tally good"><span aria-hidden="true">✓</span> ${verdictTally(worstFirst(checks))}</span>`
        : html`<span class="tally bad"><span aria-hidden="true">✕</span> ${red} of ${count(checks.length, 'check')} not holding</span>`;
  return html`<li class="card"><h3>${subject.version}</h3>${state}
<dl><div><dt>Reference</dt><dd><code>${subject.reference}</code></dd></div>
<div><dt>Image</dt><dd><code>${subject.image}</code> <code class="digest">${subject.digest}</code></dd></div>
<div><dt>Base</dt><dd>${subject.base}</dd></div>
<div><dt>Protocol</dt><dd>${subject.protocol ?? 'not read'}</dd></div></dl></li>`;
}

/** With more gateways than this, their cards are collapsed, so that the matrix stays on the first screen. */
const CARDS_IN_SIGHT = 4;

/** The tested gateways, one card each: version, reference, image, base, protocol. */
export function subjectsHtml(report: Report): Html {
  const { subjects } = report;
  const cards = html`<ul class="cards">${subjects.map((subject) => subjectRow(report, subject))}</ul>`;
  if (subjects.length > CARDS_IN_SIGHT) {
    return html`<details class="cards-folded"><summary>The ${subjects.length} tested gateways: versions, images, protocols</summary>${cards}</details>`;
  }
  return html`<section aria-labelledby="subjects"><h2 id="subjects">Tested ${subjects.length === 1 ? 'gateway' : 'gateways'}</h2>
${cards}</section>`;
}

/** Counts by verdict. With JavaScript they are filters, and there is a search field. */
export function filtersHtml(report: Report): Html {
  const buttons = VERDICTS.flatMap((verdict) => {
    const sample = report.checks.find((check) => check.verdict === verdict);
    if (sample === undefined) return [];
    const { icon, word, meaning } = VERDICT_LABELS[verdict];
    return [
      html`<li><button type="button" class="filter ${toneOf(sample)} v-${verdict}" data-filter="${verdict}" aria-pressed="false" title="${meaning}" disabled><b>${report.counts[verdict]}</b> <span aria-hidden="true">${icon}</span> ${word}</button></li>`,
    ];
  });
  return html`<div class="tools"><ul class="filters" aria-label="Checks by verdict">${buttons}</ul>
<p class="search" hidden><label for="search">Search</label> <input id="search" type="search" placeholder="scenario, report, close code"> <button type="button" id="reset">Show all</button> <output id="shown" aria-live="polite"></output></p></div>`;
}

/** The effort of the run: times, boots, knocks, memory, slowest scenarios, stages. */
export function effortHtml(report: Report): Html {
  const { effort, stages } = report;
  const numbers: [string, string][] = [
    [duration(report.run.wallMs), 'from start to end'],
    [`${effort.boots}`, `gateway ${effort.boots === 1 ? 'boot' : 'boots'}, ${duration(effort.bootMs)} together`],
    [duration(effort.longestChainMs), 'longest chain of boots in one scenario'],
    [`${effort.knocks}`, effort.knocks === 1 ? 'knock' : 'knocks'],
    [mebibytes(effort.peakMemoryBytes), 'memory at most'],
  ];
  const longest = Math.max(1, ...effort.slowest.map((each) => each.ms));
  return html`<section aria-labelledby="effort"><h2 id="effort">Effort</h2>
<ul class="numbers">${numbers.map(([amount, what]) => html`<li><b>${amount}</b> ${what}</li>`)}</ul>
${
  effort.slowest.length === 0
    ? null
    : html`<h3>Slowest scenarios</h3><ul class="slowest">${effort.slowest.map(
        (each) =>
          html`<li><span><a href="#${each.scenario}">${each.scenario}</a> <small>${each.gateway}</small></span> <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${Math.round((100 * each.ms) / longest)}" height="10" rx="2"/></svg> <span class="ms">${duration(each.ms)}</span></li>`,
      )}</ul>`
}
${
  stages.length === 0
    ? null
    : html`<details class="stages"><summary>${count(stages.length, 'stage')}</summary><div class="scroll" tabindex="0" role="region" aria-label="Stages"><table><thead><tr><th scope="col">Stage</th><th scope="col">Gateway</th><th scope="col">Boot</th><th scope="col">Scenarios</th><th scope="col">Log</th></tr></thead><tbody>${stages.map(
        (stage) =>
          html`<tr><td><code>${stage.id}</code></td><td>${stage.gateway}</td><td>${duration(stage.bootMs)}</td><td>${stage.scenarios.length}</td><td><code>${stage.log}</code></td></tr>`,
      )}</tbody></table></div></details>`
}</section>`;
}
