import type { CheckResult, Report } from '../../results/report.ts';
import { outcomeWord, representativeOf, type ScenarioChecks, verdictTally } from '../sort.ts';
import { toneOf, VERDICT_LABELS } from '../verdict-labels.ts';
import { type Html, html } from './escape.ts';

/** One cell: sign and word of the scenario's worst check on one gateway, the outcome, and a link to the check. */
function cell(checks: readonly CheckResult[], anchors: Map<CheckResult, string>): Html {
  const { check, notRun } = representativeOf(checks);
  if (check === undefined) return html`<td class="quiet">not run</td>`;
  const { icon, word } = VERDICT_LABELS[check.verdict];
  const seen = outcomeWord(check);
  const title = `${check.name}: ${check.seen} (all checks: ${verdictTally(checks)})`;
  return html`<td class="${toneOf(check)}"><a href="#${anchors.get(check) ?? ''}" title="${title}"><span aria-hidden="true">${icon}</span> ${word}${seen === '' ? null : html` <code>${seen}</code>`}</a>${notRun > 0 ? html`<small>${notRun} not run</small>` : null}</td>`;
}

/** The table of scenarios (rows) and gateways (columns). Null for one gateway, for which the list of checks says the same. */
export function matrixHtml(
  report: Report,
  groups: readonly ScenarioChecks[],
  anchors: Map<CheckResult, string>,
): Html | null {
  if (report.subjects.length < 2) return null;
  const heads = report.subjects.map(
    (subject) =>
      html`<th scope="col">${subject.version}${subject.reference === subject.version ? null : html` <small>${subject.reference}</small>`}</th>`,
  );
  const rows = groups.map(({ scenario, checks }) => {
    const cells = report.subjects.map((subject) =>
      cell(
        checks.filter((check) => check.gateway === subject.reference),
        anchors,
      ),
    );
    return html`<tr><th scope="row"><a href="#${scenario.id}">${scenario.title}</a> <small>${scenario.id}</small></th>${cells}</tr>`;
  });
  return html`<section aria-labelledby="matrix"><h2 id="matrix">Scenarios by gateway</h2>
<p class="meta">Each cell shows the worst check of a scenario on a gateway, with the close code or another outcome. It links to the check.</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="matrix"><table class="matrix"><thead><tr><th scope="col">Scenario</th>${heads}</tr></thead><tbody>${rows}</tbody></table></div></section>`;
}
