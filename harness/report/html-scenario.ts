import { count } from './amounts.ts';
import { type Html, html, markupOf } from './escape.ts';
import { closedCheck, EVIDENCE_LEFT_OUT, evidenceOf, openCheck } from './html-check.ts';
import type { ScenarioChecks } from './order.ts';
import type { CheckResult, ScenarioInfo } from './report.ts';
import { toneOf, VERDICT_WORDS } from './verdict-words.ts';

/** How much evidence one page carries, in characters; the worst checks are drawn first and get it first. */
const EVIDENCE_CHARACTERS = 5_000_000;

/** Hands out the evidence of checks until the page is full. */
export type EvidenceBudget = (check: CheckResult) => Html;

/** A budget for one page. */
export function createEvidenceBudget(characters: number = EVIDENCE_CHARACTERS): EvidenceBudget {
  let left = characters;
  return (check) => {
    if (left <= 0) return EVIDENCE_LEFT_OUT;
    const evidence = evidenceOf(check);
    left -= markupOf(evidence).length;
    return left < 0 ? EVIDENCE_LEFT_OUT : evidence;
  };
}

/** The link to a report such as `openclaw/openclaw#123` or an https address; other text stays text. */
function reportLink(report: string): Html {
  const issue = /^([\w.-]+\/[\w.-]+)#(\d+)$/.exec(report);
  if (issue !== null) {
    return html`<a href="https://github.com/${issue[1] ?? ''}/issues/${issue[2] ?? ''}" rel="noreferrer">${report}</a>`;
  }
  return report.startsWith('https://') ? html`<a href="${report}" rel="noreferrer">${report}</a>` : html`${report}`;
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
  const red = checks.filter((check) => !check.holds).length;
  const worst = checks[0];
  const icon = worst === undefined ? '' : VERDICT_WORDS[worst.verdict].icon;
  const tone = worst === undefined ? 'quiet' : toneOf(worst);
  return html`<span class="tally ${tone}"><span aria-hidden="true">${icon}</span> ${
    red > 0
      ? `${red} of ${count(checks.length, 'check')} not holding`
      : `${count(checks.length, 'check')} hold${checks.length === 1 ? 's' : ''}`
  }</span>`;
}

/**
 * One scenario with its checks on every gateway, worst first: open where a check does not hold, else collapsed.
 * The checks come sorted.
 */
export function scenarioHtml(group: ScenarioChecks, anchors: Map<CheckResult, string>, evidence: EvidenceBudget): Html {
  const { scenario, checks } = group;
  const red = checks.some((check) => !check.holds);
  const drawn = checks.map((check) => {
    const draw = check.holds ? closedCheck : openCheck;
    return draw(check, anchors.get(check) ?? '', evidence(check));
  });
  const open = red ? html` open` : null;
  return html`<details class="scenario" id="${scenario.id}"${open}>
<summary><span class="head"><span class="title">${scenario.title}</span> <code>${scenario.id}</code></span>
<span class="marks">${scenario.blocker ? html`<span class="mark">blocks a release</span> ` : null}<span class="mark">${scenario.level}</span> ${tally(checks)}</span></summary>
<div class="inside">${about(scenario)}${drawn}</div>
</details>`;
}
