import { nameOf } from '../../results/comparison.ts';
import type { ExplainedComparison } from '../../results/explained-comparison.ts';
import { everyFinding, type Finding } from '../../results/finding.ts';
import { capitalized, count } from '../../text/format.ts';
import {
  comparisonVerdictOf,
  describeUncompared,
  type Summary,
  summariesOf,
} from '../comparison/comparison-verdict.ts';
import { HARM_TITLES, unexplained } from '../comparison/finding-words.ts';
import { describeVerdict, standingGroups } from '../comparison/standing-words.ts';
import { describeGains, groupsOf, placesOf, SURVEY_TITLES, surveysHeading } from '../comparison/survey-words.ts';
import { meaningOf } from '../headline.ts';
import { type Html, html, markupOf } from './escape.ts';
import { brandHtml } from './html-brand.ts';
import { documentHead } from './html-document-head.ts';
import { anchorOf, createTranscriptBudget, findingHtml } from './html-finding.ts';
import { withheldHtml } from './html-head.ts';

/** Findings that are open; the others are collapsed. */
const OPEN = 15;
/** Checks of one standing that the page lists. */
const CHECKS = 200;

function verdictHtml(comparison: ExplainedComparison): Html {
  const { exitCode, reasons } = comparison;
  const { words, sentence, tone } = comparisonVerdictOf(comparison);
  return html`<header class="verdict ${tone}">
${brandHtml(`${nameOf(comparison.base)} → ${nameOf(comparison.head)}`)}
<h1><span class="sign" aria-hidden="true">${tone === 'good' ? '✓' : '✕'}</span> <span>${words}: ${sentence}.</span></h1>
<p class="exit">Exit code <b>${exitCode}</b>: ${meaningOf(exitCode)}.</p>
${reasons.length === 0 ? null : html`<ul class="reasons">${reasons.map(({ text }) => html`<li>${capitalized(text)}.</li>`)}</ul>`}${withheldHtml(comparison.withheld)}
</header>`;
}

/** How many observations a finding is about, with those of other clients. */
function observationsOf(finding: Finding): number {
  return everyFinding([finding]).reduce(
    (sum, { changes, consequences }) => sum + changes.length + consequences.length,
    0,
  );
}

function summaryHtml({ title, findings, surveys, unwritten }: Summary): Html {
  const items = [
    ...findings.map(
      (finding) =>
        html`<li><a href="#${anchorOf(finding)}">${HARM_TITLES[finding.harm]}</a> <small>${count(observationsOf(finding), 'observation')}</small></li>`,
    ),
    ...groupsOf(surveys)
      .slice(0, OPEN)
      .map(
        ({ change, where: [first, ...others] }) =>
          html`<li><a href="#surveys">${first ?? ''}${others.length > 0 ? ` and ${others.length} more` : ''}</a> <small>${describeGains(change)}</small></li>`,
      ),
    ...unwritten.map((event) => html`<li>every line about ${event}</li>`),
  ];
  return html`<div class="card"><h3>${title}</h3>${items.length === 0 ? html`<p class="meta">Nothing.</p>` : html`<ul>${items}</ul>`}</div>`;
}

function surveysHtml({ surveys, base, head }: ExplainedComparison): Html | null {
  if (surveys.length === 0) return null;
  const groups = groupsOf(surveys);
  const rows = groups
    .slice(0, CHECKS)
    .map(
      (group) =>
        html`<tr><th scope="row">${placesOf(group)}</th><td>${SURVEY_TITLES[group.change.kind]}</td><td>${describeGains(group.change)}</td></tr>`,
    );
  const more = groups.length - CHECKS;
  return html`<h2 id="surveys" tabindex="-1">${surveysHeading(surveys)}</h2>
<p class="meta">Who may call which method, what opens which HTTP route, and which event reaches whom, from ${nameOf(base)} to ${nameOf(head)}; comparison.json names each of them.</p>
<div class="scroll" tabindex="0"><table class="changes"><thead><tr><th scope="col">Where</th><th scope="col">What</th><th scope="col">For whom</th></tr></thead><tbody>${rows}</tbody></table></div>
${more > 0 ? html`<p class="meta">And ${more} more, which comparison.json has.</p>` : null}`;
}

function standingHtml(
  { title, checks }: ReturnType<typeof standingGroups>[number],
  { base, head }: ExplainedComparison,
): Html {
  const rows = checks
    .slice(0, CHECKS)
    .map(
      (check) =>
        html`<tr><th scope="row">${check.id}</th><td>${describeVerdict(check.base)}</td><td>${describeVerdict(check.head)}</td></tr>`,
    );
  const more = checks.length - CHECKS;
  return html`<details class="stages"><summary>${title}: ${checks.length}</summary>
<div class="scroll" tabindex="0"><table class="changes"><thead><tr><th scope="col">Check</th><th scope="col">${nameOf(base)}</th><th scope="col">${nameOf(head)}</th></tr></thead><tbody>${rows}</tbody></table></div>
${more > 0 ? html`<p class="meta">And ${more} more, which comparison.json has.</p>` : null}</details>`;
}

/**
 * comparison.html: whether the head can be merged, on one screen, and then each finding with both transcripts of its plainest example. One file
 * without a script, which needs no network.
 */
export function comparisonHtml(comparison: ExplainedComparison): string {
  const { findings, changes } = comparison;
  const transcripts = createTranscriptBudget();
  const draw = (finding: (typeof findings)[number]): Html => findingHtml(finding, comparison, transcripts);
  const same = changes.filter(({ change }) => change === 'same').length;
  const further = findings.slice(OPEN);
  const page = html`${documentHead({ title: `Postern: ${nameOf(comparison.base)} to ${nameOf(comparison.head)}`, script: null, generator: null })}
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<main>
${verdictHtml(comparison)}
<section class="cards summaries" aria-label="Summary">${summariesOf(comparison).map(summaryHtml)}</section>
<h2 id="findings" tabindex="-1">${capitalized(count(findings.length, 'finding'))}</h2>
${findings.slice(0, OPEN).map(draw)}
${further.length === 0 ? null : html`<details class="holding"><summary>${count(further.length, 'further finding')}</summary>${further.map(draw)}</details>`}
${surveysHtml(comparison)}
${[...describeUncompared(comparison), ...comparison.stale].map((text) => html`<p class="because">${capitalized(text)}.</p>`)}
${standingGroups(unexplained(comparison)).map((group) => standingHtml(group, comparison))}
</main>
<footer><p class="meta">${capitalized(count(same, 'observation'))} the same. comparison.json has every finding with the ids of its observations, and report.json the observations.</p></footer>
</body></html>
`;
  return markupOf(page);
}
