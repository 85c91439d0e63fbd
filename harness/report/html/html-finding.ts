import type { ComparedObservation } from '../../results/comparison.ts';
import type { ExplainedComparison } from '../../results/explained-comparison.ts';
import { everyFinding, type Finding, type Harm } from '../../results/finding.ts';
import { clip } from '../../text/control-characters.ts';
import { capitalized } from '../../text/format.ts';
import {
  describeAlso,
  describeAnswers,
  describeCondition,
  describeExtent,
  factsOf,
  HARM_TITLES,
} from '../comparison/finding-words.ts';
import type { Tone } from '../verdict-labels.ts';
import { type Html, html, markupOf } from './escape.ts';
import { framesHtml } from './html-evidence.ts';

/** Transcript entries of each gateway that the page shows. */
const FRAMES = 12;
/** The longest text of one line, in characters. */
const TEXT = 1_200;
/** Ids of checks and probes that the list of a finding has. */
const IDS = 200;

const TONES: Record<Harm, Tone> = {
  'remote-admin': 'bad',
  'remote-admission': 'bad',
  'remote-secret': 'bad',
  'remote-scopes': 'bad',
  'remote-nearer': 'bad',
  unlogged: 'bad',
  undecided: 'bad',
  'local-gain': 'noted',
  'local-loss': 'noted',
  accepted: 'noted',
  'remote-loss': 'quiet',
  other: 'quiet',
};

/** Gives both transcripts of an example, or a note in their place once the transcripts of the page are too long. */
export type TranscriptBudget = (finding: Finding, comparison: ExplainedComparison) => Html;

/** The transcripts on one page, in characters. The worst findings come first and get them first. */
const TRANSCRIPT_CHARACTERS = 600_000;

/** Creates the budget of one page. */
export function createTranscriptBudget(): TranscriptBudget {
  let left = TRANSCRIPT_CHARACTERS;
  return ({ example }, { base, head }) => {
    const both = html`<details class="evidence"><summary>Both transcripts of <code>${example.id}</code></summary>
<div class="sides">${side(`Base: ${base.version}`, example.base)}${side(`Head: ${head.version}`, example.head)}</div></details>`;
    const { length } = markupOf(both);
    if (length > left)
      return html`<p class="meta">The transcripts are left out to keep this page small; transcripts.json.gz has them.</p>`;
    left -= length;
    return both;
  };
}

function side(title: string, { seen, transcript }: ComparedObservation): Html {
  const frames =
    transcript === null ? html`<p class="meta">There is no transcript.</p>` : framesHtml(transcript, FRAMES);
  return html`<div><h4>${title}</h4><p>${clip(seen, TEXT)}</p>${frames}</div>`;
}

/** The fragment of a finding in the page. */
export function anchorOf({ id }: Finding): string {
  return `finding-${id.replace(/[^\w.-]+/g, '-')}`;
}

function alsoHtml(finding: Finding): Html | null {
  const clauses = describeAlso(finding);
  if (clauses.length === 0) return null;
  return html`<p class="meta">The same change, as other clients meet it:</p><ul class="reasons">${clauses.map((clause) => html`<li>${clip(clause, TEXT)}</li>`)}</ul>`;
}

function membersHtml(finding: Finding): Html | null {
  const ids = everyFinding([finding]).flatMap(({ changes, consequences }) =>
    [...changes, ...consequences].map(({ id }) => id),
  );
  if (ids.length < 2) return null;
  const more = ids.length - IDS;
  return html`<details class="evidence"><summary>All ${ids.length} observations</summary><p class="meta">${ids.slice(0, IDS).join(', ')}${more > 0 ? ` and ${more} more, which comparison.json has` : ''}</p></details>`;
}

function conditionHtml(finding: Finding): Html | null {
  const clauses = describeCondition(finding);
  if (clauses.length === 0) return null;
  return html`<p class="condition">${clauses.map((clause, at) => html`${at === 0 ? 'If ' : html`<br>or if `}${clip(clause, TEXT)}`)}</p>`;
}

/** A finding: what it means, whom it concerns, what both gateways do, and the plainest example with both transcripts. */
export function findingHtml(finding: Finding, comparison: ExplainedComparison, transcripts: TranscriptBudget): Html {
  const { harm, before, after, example } = finding;
  const facts = factsOf(finding);
  return html`<article class="check ${TONES[harm]}" id="${anchorOf(finding)}" tabindex="-1">
<header><span class="badge ${TONES[harm]}">${HARM_TITLES[harm]}</span> <h3><a href="#${anchorOf(finding)}">${clip(describeAnswers(before), TEXT)} → ${clip(describeAnswers(after), TEXT)}</a></h3></header>
${conditionHtml(finding)}
<p class="meta">${capitalized(describeExtent(finding))}.</p>
<dl class="compare"><div><dt>Base</dt><dd>${clip(example.base.seen, TEXT)}</dd></div><div class="seen"><dt>Head</dt><dd>${clip(example.head.seen, TEXT)}</dd></div></dl>
${facts.length === 0 ? null : html`<dl class="facts">${facts.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${clip(value, TEXT)}</dd></div>`)}</dl>`}
${alsoHtml(finding)}
${transcripts(finding, comparison)}
${membersHtml(finding)}
<div class="repeat"><pre tabindex="0" aria-label="Command that repeats the example">${example.head.repeat}</pre></div>
</article>`;
}
