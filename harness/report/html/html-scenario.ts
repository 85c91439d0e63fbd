import type { CheckResult, ScenarioInfo } from '../../results/report.ts';
import { count } from '../../text/format.ts';
import { issueLink } from '../issue-links.ts';
import { representativeOf, type ScenarioChecks, verdictTally } from '../sort.ts';
import { toneOf, VERDICT_LABELS } from '../verdict-labels.ts';
import { type Html, html, markupOf } from './escape.ts';
import { closedCheck, EVIDENCE_LEFT_OUT, evidenceOf, openCheck } from './html-check.ts';

/** The evidence on one page, in characters. The worst checks come first and get it first. */
const EVIDENCE_CHARACTERS = 5_000_000;

/** Gives the evidence of a check, or the note that it was left out if the page is full. */
export type EvidenceBudget = (check: CheckResult) => Html;

/** Creates the budget of one page. */
export function createEvidenceBudget(characters: number = EVIDENCE_CHARACTERS): EvidenceBudget {
  let left = characters;
  return (check) => {
    if (left <= 0) return EVIDENCE_LEFT_OUT;
    const evidence = evidenceOf(check);
    left -= markupOf(evidence).length;
    return left < 0 ? EVIDENCE_LEFT_OUT : evidence;
  };
}

/** A report such as `openclaw/openclaw#123` as a link; a report without an address as text. */
function reportLink(report: string): Html {
  const address = issueLink(report);
  return address === null ? html`${report}` : html`<a href="${address}" rel="noreferrer">${report}</a>`;
}

function about(scenario: ScenarioInfo): Html {
  return html`${scenario.why === '' ? null : html`<p class="why">${scenario.why}</p>`}
<dl class="about">
${scenario.reported.length === 0 ? null : html`<div><dt>Reported in</dt><dd>${scenario.reported.map((each) => html`<span>${reportLink(each)}</span> `)}</dd></div>`}
${scenario.affected === '' ? null : html`<div><dt>Affected</dt><dd><code>${scenario.affected}</code></dd></div>`}
<div><dt>Scenario</dt><dd><code>${scenario.file}</code></dd></div>
</dl>`;
}

function tally(checks: readonly CheckResult[]): Html {
  const { check } = representativeOf(checks);
  if (check === undefined) return html``;
  const red = checks.filter((each) => !each.holds).length;
  const words = red > 0 ? `${red} of ${count(checks.length, 'check')} not holding` : verdictTally(checks);
  return html`<span class="tally ${toneOf(check)}"><span aria-hidden="true">${VERDICT_LABELS[check.verdict].icon}</span> ${words}</span>`;
}

/**
 * One scenario with its checks on every gateway, worst first: open if a check does not hold, else collapsed. The caller must sort the
 * checks.
 */
export function scenarioHtml(group: ScenarioChecks, anchors: Map<CheckResult, string>, evidence: EvidenceBudget): Html {
  const { scenario, checks } = group;
  const anchor = (check: CheckResult): string => anchors.get(check) ?? '';
  const red = checks.filter((check) => !check.holds).map((check) => openCheck(check, anchor(check), evidence(check)));
  const held = checks.filter((check) => check.holds);
  const rows = held.map((check) => closedCheck(check, anchor(check), evidence(check)));
  const holding =
    red.length === 0 || rows.length === 0
      ? rows
      : html`<details class="holding"><summary>Other checks of this scenario: ${verdictTally(held)}</summary>${rows}</details>`;
  const open = red.length > 0 ? html` open` : null;
  return html`<details class="scenario" id="${scenario.id}"${open}>
<summary><span class="head"><span class="title">${scenario.title}</span> <code>${scenario.id}</code></span>
<span class="marks">${scenario.blocker ? html`<span class="mark">blocks a release</span> ` : null}<span class="mark">${scenario.level}</span> ${tally(checks)}</span></summary>
<div class="inside">${about(scenario)}${red}${holding}</div>
</details>`;
}
