import type { Report } from '../../results/report.ts';
import { byScenario } from '../sort.ts';
import { anchorsOf } from './check-anchors.ts';
import { html, markupOf, raw } from './escape.ts';
import { documentHead } from './html-document-head.ts';
import { effortHtml, filtersHtml, problemsHtml, subjectsHtml, verdictHtml } from './html-head.ts';
import { matrixHtml } from './html-matrix.ts';
import { createEvidenceBudget, scenarioHtml } from './html-scenario.ts';
import { SCRIPT } from './html-script.ts';
import { tableHtml } from './html-table.ts';

/** index.html: the whole run in one file, which needs no network and no JavaScript. */
export function renderHtml(report: Report): string {
  const groups = byScenario(report);
  const anchors = anchorsOf(report.checks);
  const evidence = createEvidenceBudget();
  const red = groups.filter(({ checks }) => checks.some((check) => !check.holds));
  const known = groups.filter(
    (group) => !red.includes(group) && group.checks.some((check) => check.verdict === 'known-deviation'),
  );
  const holding = groups.filter((group) => !red.includes(group) && !known.includes(group));
  const draw = (group: (typeof groups)[number]) => scenarioHtml(group, anchors, evidence);
  const versions = report.subjects.map((subject) => subject.version).join(', ');

  const page = html`${documentHead({ title: `Postern: ${versions}`, script: SCRIPT, generator: `Postern ${report.run.suite.version}` })}
<body>
<a class="skip" href="#checks">Skip to the checks</a>
<main>
${verdictHtml(report)}
${problemsHtml(report)}
${subjectsHtml(report)}
${matrixHtml(report, groups, anchors)}
<h2 id="checks" tabindex="-1">Checks</h2>
${filtersHtml(report)}
${red.map(draw)}
${known.length > 0 ? html`<section class="held" aria-labelledby="known"><h2 id="known">Known deviations</h2>${known.map(draw)}</section>` : null}
${tableHtml(report)}
${holding.length > 0 ? html`<section class="held" aria-labelledby="held"><h2 id="held">Scenarios that hold</h2>${holding.map(draw)}</section>` : null}
${groups.length === 0 ? html`<p class="empty">No check was executed, so this run proves nothing about any gateway.</p>` : null}
${effortHtml(report)}
</main>
<footer><p class="meta">Made from report.json, which has every frame and every log line. Secrets of the run are replaced by their names in «guillemets».</p></footer>
<script>${raw(SCRIPT)}</script>
</body>
</html>
`;
  return markupOf(page);
}
