import type { ReleaseReason, ReleaseVerdict } from '../../results/release-verdict.ts';
import { clip } from '../../text/control-characters.ts';
import { capitalized, count } from '../../text/format.ts';
import {
  baselineLines,
  candidateName,
  describeAgainst,
  describeChecks,
  describeLeftOut,
  EFFECT_WORDS,
  exitMeaning,
  groupsOf,
  OUTCOME_TITLES,
  verdictSentence,
  type WeightGroup,
} from '../release/release-words.ts';
import type { Tone } from '../verdict-labels.ts';
import { type Html, html, markupOf } from './escape.ts';
import { brandHtml } from './html-brand.ts';
import { documentHead } from './html-document-head.ts';

/** Reasons of one weight that the page draws, and reasons of it on its card; release.json has them all. */
const REASONS = 100;
const ON_CARD = 4;
/** The reasons on one page, in characters. */
const REASON_CHARACTERS = 600_000;
/** The longest text of one line, in characters. */
const TEXT = 800;

const TONES: Record<ReleaseReason['effect'], Tone> = { holds: 'bad', waived: 'noted', noted: 'quiet' };

function headHtml(verdict: ReleaseVerdict): Html {
  const tone = verdict.verdict === 'SHIP' ? 'good' : 'bad';
  const leftOut = describeLeftOut(verdict);
  return html`<header class="verdict ${tone}">
${brandHtml(`release of ${candidateName(verdict)}`)}
<h1><span class="sign" aria-hidden="true">${tone === 'good' ? '✓' : '✕'}</span> <span>${verdict.verdict}: ${verdictSentence(verdict)}.</span></h1>
<p class="exit">Exit code <b>${verdict.exitCode}</b>: ${exitMeaning(verdict.exitCode)}.</p>
<p class="meta">${capitalized(describeChecks(verdict))}.</p>
${leftOut === '' ? null : html`<p class="because">${leftOut}</p>`}
</header>`;
}

function baselinesHtml(verdict: ReleaseVerdict): Html {
  return html`<div class="card"><h3>Baselines</h3><ul>${baselineLines(verdict).map(({ name, words }) => html`<li>${name}: ${words}</li>`)}</ul></div>`;
}

function cardHtml({ weight, title, reasons }: WeightGroup): Html {
  const more = reasons.length - ON_CARD;
  return html`<div class="card"><h3><a href="#${weight}">${title}</a> <small>${reasons.length}</small></h3><ul>${reasons
    .slice(0, ON_CARD)
    .map(({ id }) => html`<li>${clip(id, TEXT)}</li>`)}${more > 0 ? html`<li>and ${more} more</li>` : null}</ul></div>`;
}

function factsHtml(facts: readonly (readonly [name: string, value: string])[]): Html {
  return html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function reasonHtml(reason: ReleaseReason): Html {
  const { outcome, id, text, effect, rule, waiver, command } = reason;
  const against = describeAgainst(reason);
  const facts = [
    ...(rule === null ? [] : ([[`Rule of ${rule.owner}`, rule.reason]] as const)),
    ...(waiver === null
      ? []
      : ([[`Waived by ${waiver.owner}`, `${waiver.reason} (${waiver.link}, until ${waiver.expires})`]] as const)),
  ];
  return html`<article class="check ${TONES[effect]}">
<header><span class="badge ${TONES[effect]}">${OUTCOME_TITLES[outcome]}</span> <h3>${clip(id, TEXT)}</h3></header>
${against === '' ? null : html`<p class="meta">${capitalized(against)}.</p>`}
${text === id ? null : html`<p class="because">${clip(capitalized(text), TEXT)}.</p>`}
${facts.length === 0 ? null : factsHtml(facts)}
${command === null ? null : html`<div class="repeat"><pre tabindex="0" aria-label="Command for this reason">${command}</pre></div>`}
</article>`;
}

/** Draws the reasons of a group, or as many as still fit on the page. */
type DrawReasons = (group: WeightGroup) => Html;

/** Creates what draws the reasons of one page. The heaviest are drawn first. */
function createReasonBudget(): DrawReasons {
  let left = REASON_CHARACTERS;
  return ({ reasons }) => {
    const drawn = reasons.slice(0, REASONS).map(reasonHtml);
    const shown = drawn.filter((each) => {
      left -= markupOf(each).length;
      return left >= 0;
    });
    const more = reasons.length - shown.length;
    return html`${shown}${more > 0 ? html`<p class="meta">And ${more} more, which release.json has.</p>` : null}`;
  };
}

function quietHtml(verdict: ReleaseVerdict, effect: 'waived' | 'noted', draw: DrawReasons): Html[] {
  return groupsOf(verdict, effect).map(
    (group) =>
      html`<details class="holding"><summary>${group.title}, ${EFFECT_WORDS[effect]}: ${group.reasons.length}</summary>${draw(group)}</details>`,
  );
}

/** What was decided about, by whom and on what: each with its digest. */
function provenanceHtml({ candidate, gates, suite, policy, judgedOn, channel }: ReleaseVerdict): Html {
  const by = ({ version, commit }: ReleaseVerdict['suite']): string =>
    `Postern ${version}${commit === null ? '' : ` (${commit})`}`;
  return factsHtml([
    ['Candidate', `${candidate.version} as ${channel}, ${candidate.image}, ${candidate.digest}`],
    ...(candidate.tarball === null
      ? []
      : ([['Tarball', `${candidate.tarball.name}, sha256:${candidate.tarball.sha256}`]] as const)),
    ...gates.map(
      (gate) =>
        [
          `Gate against ${gate.base.version}`,
          `run ${gate.run} of ${by(gate.suite)}, exit code ${gate.exitCode}, image ${gate.base.digest}, report.json sha256:${gate.sha256}`,
        ] as const,
    ),
    ['Policy', `${policy.file}, sha256:${policy.sha256}`],
    ['Decided', `on ${judgedOn} by ${by(suite)}`],
  ]);
}

/**
 * release.html: whether the candidate can be released, on one screen, and then each reason with its rule, its owner and its command. One file without a
 * script, which needs no network.
 */
export function releaseHtml(verdict: ReleaseVerdict): string {
  const holding = groupsOf(verdict, 'holds');
  const draw = createReasonBudget();
  const total = holding.reduce((sum, { reasons }) => sum + reasons.length, 0);
  const page = html`${documentHead({ title: `Postern: ${verdict.verdict} ${candidateName(verdict)}`, script: null, generator: null })}
<body>
<a class="skip" href="#reasons">Skip to the reasons</a>
<main>
${headHtml(verdict)}
<section class="cards summaries" aria-label="Summary">${baselinesHtml(verdict)}${holding.map(cardHtml)}</section>
<h2 id="reasons" tabindex="-1">${capitalized(count(total, 'reason'))} to hold it</h2>
${holding.map((group) => html`<h2 id="${group.weight}">${group.title}: ${group.reasons.length}</h2>${draw(group)}`)}
${quietHtml(verdict, 'waived', draw)}${quietHtml(verdict, 'noted', draw)}
<h2>What was decided about</h2>
${provenanceHtml(verdict)}
</main>
<footer><p class="meta">release.json has every reason, and release.intoto.json the digests for a signature.</p></footer>
</body></html>
`;
  return markupOf(page);
}
