/** Colours by day, and on paper whatever the screen shows. */
const LIGHT = `  --ground: #f4f5f7; --card: #ffffff; --ink: #1b1f27; --soft: #5b6472; --line: #dfe3e9; --track: #eceff3;
  --bad: #b3261e; --warning: #8a5300; --good: #1f6b3b; --link: #0f5cc0;
  --bar-bad: #d0453b; --bar-warning: #e0a024; --bar-good: #4f9d69; --bar-plain: #5b7fb5;
  --careful: #fdecea; --careful-line: #d0453b; --code: #eef1f5;
`;

/** Light and dark by the reader's own setting; system fonts only, because a page that asks for nothing has no others. */
export const STYLE = `
:root {
  color-scheme: light dark;
${LIGHT}}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12151a; --card: #1b2027; --ink: #e8ebf0; --soft: #a2abb9; --line: #323a45; --track: #2a313b;
    --bad: #ff9a90; --warning: #f3c26b; --good: #86d3a0; --link: #8ab8ff;
    --bar-bad: #e5695f; --bar-warning: #d9a441; --bar-good: #5aa878; --bar-plain: #7ea0d6;
    --careful: #3a1f1d; --careful-line: #e5695f; --code: #272e38;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main { max-width: 1080px; margin: 0 auto; padding: 32px 24px 64px; }
section {
  background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 20px 28px 24px; margin: 0 0 20px;
}
h1 { font-size: 1.9rem; line-height: 1.2; margin: 8px 0 12px; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 4px 0 12px; }
p, ul, dl { margin: 0 0 14px; }
p, dl { max-width: 74ch; }
p.lead { font-size: 1.1rem; }
p.careful {
  background: var(--careful); border-left: 4px solid var(--careful-line); border-radius: 6px; padding: 10px 14px;
  max-width: none;
}
ul { padding-left: 1.2em; }
li { margin: 0 0 8px; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 6px 20px; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
code.command { display: table; margin-top: 4px; }
code {
  font: 0.88em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--code); border-radius: 4px;
  padding: 1px 5px; overflow-wrap: anywhere;
}
.bad { color: var(--bad); font-weight: 600; }
.warning { color: var(--warning); font-weight: 600; }
.good { color: var(--good); font-weight: 600; }
.dim { color: var(--soft); }
.chart { display: block; margin: 18px 0 4px; overflow: visible; }
.chart text { fill: var(--ink); font-size: 15px; }
.chart .count { text-anchor: end; font-weight: 600; font-variant-numeric: tabular-nums; }
.chart .none { fill: var(--soft); font-weight: 400; }
.chart .track { fill: var(--track); }
.chart .bar.bad { fill: var(--bar-bad); }
.chart .bar.warning { fill: var(--bar-warning); }
.chart .bar.good { fill: var(--bar-good); }
.chart .bar { fill: var(--bar-plain); }
.table { overflow-x: auto; margin: 0 -8px 12px; }
table { border-collapse: collapse; width: 100%; font-size: 0.94rem; }
th, td { text-align: left; vertical-align: top; padding: 7px 8px; border-bottom: 1px solid var(--line); }
td { overflow-wrap: anywhere; }
tbody tr:last-child td { border-bottom: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.rigid { white-space: nowrap; overflow-wrap: normal; }
th button {
  all: unset; cursor: pointer; color: var(--soft); font-size: 0.86rem; font-weight: 600; border-radius: 4px;
}
th button:hover { color: var(--ink); }
th button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
th button::after { content: "\\2195"; opacity: 0.35; padding-left: 4px; }
th[aria-sort] button { color: var(--ink); }
th[aria-sort="ascending"] button::after { content: "\\2191"; opacity: 1; }
th[aria-sort="descending"] button::after { content: "\\2193"; opacity: 1; }
@media (max-width: 700px) {
  main { padding: 12px 10px 32px; }
  section { padding: 14px 16px 16px; border-radius: 10px; margin-bottom: 12px; }
  h1 { font-size: 1.45rem; }
  p.lead { font-size: 1rem; }
  .wide { display: none; }
  th, td { padding: 7px 5px; }
  th:first-child, td:first-child { min-width: 9rem; }
  th button::after { content: ""; padding: 0; }
  td.rigid:not(.number) { white-space: normal; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin: 0 0 8px; }
}
@media print {
  :root {
    color-scheme: light;
${LIGHT}    --ground: #ffffff; --ink: #000000; --soft: #444444; --line: #bbbbbb;
  }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  section { border: 0; padding: 0; margin: 0 0 14pt; break-inside: auto; }
  h2 { break-after: avoid; }
  tr, .chart { break-inside: avoid; }
  .table { overflow: visible; }
  thead { display: table-header-group; }
  th button::after { content: ""; }
  .chart, .bar, .track { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
