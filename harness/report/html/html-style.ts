/** The style of the report. It is constant text, because the page's policy has its hash. Colours are pairs, light and dark. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f6f4f0, #15171a);
  --sheet: light-dark(#ffffff, #1d2024);
  --sunken: light-dark(#f3f1ec, #16181b);
  --line: light-dark(#dcd8cf, #343940);
  --ink: light-dark(#1c1f24, #e8e6e1);
  --soft: light-dark(#5a5f68, #a3a8b0);
  --link: light-dark(#0b5394, #8fc1f7);
  --bad: light-dark(#a4161a, #ff8f8a);
  --bad-wash: light-dark(#fdeceb, #3a1d1e);
  --bad-solid: light-dark(#a4161a, #c4302b);
  --good: light-dark(#14653a, #7fd6a3);
  --good-wash: light-dark(#e6f4ea, #16301f);
  --noted: light-dark(#6b4a00, #f0c36a);
  --noted-wash: light-dark(#fbf1d9, #33290f);
  --quiet: light-dark(#5a5f68, #a3a8b0);
  --quiet-wash: light-dark(#eeece7, #282c31);
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 7.5rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
main, footer { max-width: 76rem; margin: 0 auto; padding: 0 clamp(1rem, 3vw, 2rem); }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
h1, h2, h3, h4, p, ul, ol, dl, dd, pre { margin: 0; }
ul, ol { padding: 0; list-style: none; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; }
small, .meta { font-size: .85rem; color: var(--soft); font-weight: 400; }
code, pre { font-family: var(--mono); font-size: .85em; }
pre { white-space: pre; overflow-x: auto; overflow-wrap: normal; background: var(--sunken); border: 1px solid var(--line); border-radius: 6px; padding: .5rem .75rem; line-height: 1.45; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--sheet); padding: .5rem; z-index: 9; }
.scroll { overflow-x: auto; margin-top: .6rem; }
button, input { font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; padding: .3rem .65rem; }
button:not(:disabled) { cursor: pointer; }
button:not(:disabled):hover { border-color: var(--soft); }
summary { cursor: pointer; }

.verdict { margin: clamp(1rem, 3vw, 2rem) 0 0; padding: clamp(1rem, 3vw, 2rem); background: var(--sheet); border: 1px solid var(--line); border-top: 6px solid var(--tone); border-radius: 10px; }
.verdict.bad { --tone: var(--bad-solid); }
.verdict.good { --tone: light-dark(#14653a, #2f9e62); }
.brand { display: flex; flex-wrap: wrap; gap: 0 .5rem; align-items: center; overflow-wrap: normal; font-weight: 700; letter-spacing: .02em; }
.brand span { font-weight: 400; color: var(--soft); }
.brand svg { flex: none; }
h1 { display: flex; gap: .75rem; font-size: clamp(1.25rem, 1rem + 1.5vw, 1.9rem); line-height: 1.28; margin: 1rem 0 .5rem; text-wrap: pretty; }
h1 .sign { color: light-dark(var(--tone), var(--ink)); }
.also { font-size: clamp(1.05rem, 1rem + .4vw, 1.2rem); margin-bottom: .6rem; text-wrap: pretty; }
.exit { margin-bottom: .25rem; }
.repeat { display: flex; gap: .5rem; align-items: stretch; margin-top: .75rem; }
.repeat pre { flex: 1; min-width: 0; }
.repeat pre::before { content: "$ "; color: var(--soft); user-select: none; }

.reasons { margin-top: .5rem; padding-left: 1.1rem; list-style: disc; font-size: .92rem; }
.summaries { margin-top: 1rem; }
.summaries .card h3 { font-size: 1.02rem; }
.summaries li { padding-top: .25rem; font-size: .92rem; }
.condition { margin-top: .5rem; }
article.check.noted { border-left-color: var(--noted); }
article.check.quiet { border-left-color: var(--line); }
article.check:not(.bad) .seen { background: var(--sunken); }
article.check:not(.bad) .seen dt { color: var(--soft); }

.problems { margin-top: 1rem; padding: .1rem 1.25rem 1rem; border: 1px solid var(--bad); border-radius: 10px; background: var(--bad-wash); }
.problems h2 { margin-top: .9rem; color: var(--bad); }
.problems li { margin-top: .25rem; }

.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: .75rem; }
.cards-folded { margin-top: 1.5rem; }
.cards-folded > summary { margin-bottom: .6rem; }
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; padding: .9rem 1.1rem; }
.card h3 { font-size: 1.25rem; }
.card dl { margin-top: .5rem; font-size: .9rem; }
.card dl div { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr); gap: .5rem; padding: .1rem 0; }
dt { color: var(--soft); }
.digest { display: block; color: var(--soft); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }

.badge, .tally, .mark { display: inline-block; white-space: nowrap; font-size: .85rem; font-weight: 600; border-radius: 5px; padding: .08rem .5rem; }
.bad { --fore: var(--bad); --wash: var(--bad-wash); }
.good { --fore: var(--good); --wash: var(--good-wash); }
.noted { --fore: var(--noted); --wash: var(--noted-wash); }
.quiet { --fore: var(--quiet); --wash: var(--quiet-wash); }
.badge, .tally { color: var(--fore); background: var(--wash); }
.tally { white-space: normal; }
.badge.bad { color: #fff; background: var(--bad-solid); }
.badge.bad.v-reproduced { color: var(--bad); background: var(--bad-wash); box-shadow: inset 0 0 0 1px var(--bad); }
.mark { font-weight: 400; color: var(--soft); border: 1px solid var(--line); }

.tools { position: sticky; top: 0; z-index: 2; padding: .6rem 0; background: var(--paper); border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .5rem 1rem; justify-content: space-between; }
.filters { display: flex; flex-wrap: wrap; gap: .4rem; }
.filter { color: var(--fore); background: var(--wash); border-color: transparent; opacity: 1; padding: .2rem .6rem; font-size: .92rem; }
.filter b { font-variant-numeric: tabular-nums; }
.filter[aria-pressed=true] { border-color: var(--fore); box-shadow: inset 0 0 0 1px var(--fore); }
.search { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.search input { width: 17rem; max-width: 100%; }
.search label { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }

table { border-collapse: separate; border-spacing: 0; font-size: .9rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 8px; min-width: 100%; }
th, td { padding: .5rem .75rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
tr:last-child > * { border-bottom: 0; }
thead th { white-space: nowrap; font-weight: 600; }
th small { display: block; }
.matrix th[scope=row] { position: sticky; left: 0; background: var(--sheet); font-weight: 400; min-width: 18rem; max-width: 26rem; border-right: 1px solid var(--line); }
.matrix td { white-space: nowrap; background: var(--wash); border-left: 1px solid var(--line); }
.matrix td a { color: var(--fore); display: block; text-decoration: none; font-weight: 600; }
.matrix td a:hover { text-decoration: underline; }
.matrix td code { font-weight: 400; }
.matrix td small { display: block; }
.matrix td.bad { box-shadow: inset 4px 0 var(--bad-solid); }

.scenario { margin-top: .75rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; }
.scenario > summary { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; align-items: baseline; padding: .75rem 1.1rem; }
.scenario > summary::-webkit-details-marker { display: none; }
.scenario .title { font-weight: 650; }
.scenario .title::before { content: "▸"; display: inline-block; width: 1.1em; color: var(--soft); }
.scenario[open] > summary .title::before { content: "▾"; }
.scenario .head { flex: 1 1 24rem; }
.scenario .head code { color: var(--soft); white-space: nowrap; }
.inside { padding: 0 1.1rem 1.1rem; }
.why { max-width: 48rem; text-wrap: pretty; }
.about { display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; margin: .35rem 0 .5rem; font-size: .9rem; }
.about div { display: flex; gap: .5rem; }
.about dt { white-space: nowrap; }

article.check { margin-top: .75rem; padding: .9rem 1.1rem 1rem; border: 1px solid var(--line); border-left: 5px solid var(--bad-solid); border-radius: 8px; }
.check > header { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; }
.check h3 { font-size: 1.02rem; }
.check h3 a { color: inherit; text-decoration: none; }
.check h3 a:hover { text-decoration: underline; }
.check:target { outline: 3px solid var(--link); outline-offset: 2px; }
.chips { display: flex; flex-wrap: wrap; font-size: .85rem; color: var(--soft); }
.chips li:not(:last-child)::after { content: "·"; margin: 0 .45rem; }
.compare { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: .5rem; margin: .65rem 0; }
.compare div { background: var(--sunken); border-radius: 6px; padding: .5rem .75rem; }
.compare dt { font-size: .8rem; }
article.check .seen { background: var(--bad-wash); }
article.check .seen dt { color: var(--bad); }
.differences { margin: .65rem 0; }
.differences h4 { font-size: .9rem; font-weight: 600; }
.differences li { padding-left: 1.2rem; position: relative; font-size: .92rem; }
.differences li::before { content: "≠"; position: absolute; left: 0; color: var(--soft); }
.because { margin: .65rem 0; font-size: .92rem; }
.changes { width: 100%; border-collapse: collapse; }
.changes th, .changes td { text-align: left; vertical-align: top; padding: .45rem .7rem; border-bottom: 1px solid var(--line); font-weight: 400; overflow-wrap: anywhere; }
.changes thead th { font-weight: 600; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1rem; }
.sides > div { min-width: 0; }
.evidence { margin-top: .35rem; }
.evidence > summary { padding: .2rem 0; width: fit-content; }
.evidence[open] { padding-bottom: .5rem; }
.evidence > pre, .evidence .meta + pre { margin: .35rem 0; }
.frames { border-left: 2px solid var(--line); margin: .5rem 0 .5rem .3rem; padding-left: .9rem; }
.frame { margin-bottom: .5rem; }
.frame p { font-size: .88rem; }
.frame time { color: var(--soft); font-variant-numeric: tabular-nums; }
.frame pre { max-height: 24rem; overflow: auto; margin-top: .2rem; }
.facts { border: 1px solid var(--line); border-radius: 6px; font-size: .9rem; margin-top: .3rem; }
.facts div { display: grid; grid-template-columns: minmax(7rem, 12rem) minmax(0, 1fr); gap: .75rem; padding: .3rem .75rem; }
.facts div + div { border-top: 1px solid var(--line); }
.facts dd { white-space: pre-wrap; }
.check .meta:last-child { margin-top: .4rem; }

details.check { border-top: 1px solid var(--line); padding: .1rem 0; }
.about + details.check { margin-top: .6rem; }
.holding { margin-top: .9rem; }
.holding > summary { color: var(--soft); font-size: .92rem; margin-bottom: .4rem; width: fit-content; }
details.check > summary { display: flex; flex-wrap: wrap; gap: .2rem .7rem; align-items: baseline; padding: .35rem 0; }
details.check > summary::-webkit-details-marker { display: none; }
details.check > summary::after { content: "▸"; margin-left: auto; color: var(--soft); }
details.check[open] > summary::after { content: "▾"; }
details.check[open] { padding-bottom: .8rem; }
.where { color: var(--soft); font-size: .85rem; }

.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr)); gap: .75rem; font-size: .9rem; color: var(--soft); }
.numbers b { display: block; font-size: 1.35rem; color: var(--ink); font-variant-numeric: tabular-nums; }
#effort ~ h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
.slowest li { display: grid; grid-template-columns: minmax(0, 1fr) 8rem 5rem; gap: .25rem 1rem; align-items: center; padding: .15rem 0; max-width: 52rem; font-size: .92rem; }
.slowest svg { width: 100%; height: .6rem; }
.slowest rect { fill: var(--soft); }
.slowest .ms { text-align: right; font-variant-numeric: tabular-nums; }
.stages { margin-top: 1rem; }
.stages .scroll { margin-top: .5rem; }
footer { margin-top: 3rem; padding-bottom: 2rem; }
.empty { padding: 1rem 0; }

@media (max-width: 45rem) {
  .tools { position: static; }
  html { scroll-padding-top: 1rem; }
  .repeat { flex-direction: column; }
  .repeat button { align-self: flex-start; }
  .facts div { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .matrix th[scope=row] { min-width: 9rem; max-width: 10.5rem; }
  .matrix th[scope=row] small { display: none; }
  article.check, .inside { padding-left: .8rem; padding-right: .8rem; }
  .scenario > summary { padding: .7rem .8rem; }
}
@media print {
  .tools, .copy { display: none !important; }
  .scenario, article.check { break-inside: avoid; }
}
`;
