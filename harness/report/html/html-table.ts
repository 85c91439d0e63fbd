import type { Report, TableCell } from '../../results/report.ts';
import type { Observation } from '../../scenario/schema/observation.ts';
import { count } from '../../text/format.ts';
import { PROBE_TITLES } from '../probe-titles.ts';
import { type Html, html } from './escape.ts';

function short({ outcome, pairing, notCarriedOut }: Observation): string {
  if (notCarriedOut !== undefined) return '–';
  const list = pairing === undefined || pairing === 'none' || pairing === 'unchanged' ? '' : `, ${pairing}`;
  switch (outcome?.kind) {
    case 'admitted': {
      const scopes = outcome.scopes.map((scope) => scope.replace('operator.', '')).sort();
      return `admitted: ${scopes.length === 0 ? 'no scope' : scopes.join(' ')}${list}`;
    }
    case 'refused':
      return `${outcome.code} ${outcome.cause}${list}`;
    default:
      return `${outcome?.kind ?? 'nothing'}${list}`;
  }
}

/** `noted` if the probe was admitted or its request approved silently, else `quiet`. */
function tone({ outcome, pairing }: Observation): string {
  return outcome?.kind === 'admitted' || pairing === 'approved-silently' ? 'noted' : 'quiet';
}

function row(cell: TableCell): Html {
  if (cell.unreached !== null)
    return html`<tr><th scope="row">${cell.id}</th><td colspan="4">not reached: ${cell.unreached}</td></tr>`;
  const looks = Object.keys(PROBE_TITLES).map((name) => {
    const seen = cell.looks.find(({ look }) => look === name)?.observation ?? {};
    return html`<td class="${tone(seen)}">${short(seen)}</td>`;
  });
  return html`<tr><th scope="row">${cell.id}${cell.flaky ? html` <small>flaky</small>` : null}</th>${looks}</tr>`;
}

/** The decision table of each gateway, collapsed; violated properties are among the checks. Null if no table was played. */
export function tableHtml({ table, subjects }: Report): Html | null {
  if (table.length === 0) return null;
  const heads = Object.values(PROBE_TITLES).map((title) => html`<th scope="col">${title}</th>`);
  const parts = subjects.map(({ reference, version }) => {
    const cells = table.filter(({ gateway }) => gateway === reference);
    const admitted = cells.filter(({ looks }) => looks[0]?.observation.outcome?.kind === 'admitted').length;
    return html`<details><summary>${version}: ${count(cells.length, 'knock')}, ${admitted} admitted</summary>
<div class="scroll" tabindex="0" role="region" aria-labelledby="table"><table class="matrix"><thead><tr><th scope="col">Knock, by how it differs from the plain one</th>${heads}</tr></thead><tbody>${cells.map(row)}</tbody></table></div></details>`;
  });
  return html`<section aria-labelledby="table"><h2 id="table">Decision table</h2>
<p class="meta">The plain knock comes from an unapproved device on another machine that has the shared secret, sends no false header or field, and asks for read access. report.json has the frames and log lines of each probe.</p>
${parts}</section>`;
}
