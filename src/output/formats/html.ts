import { createHash } from 'node:crypto';
import { withGateOnTop } from '../gate-of.ts';
import type { Report } from '../report.ts';
import { pageOf } from '../report.ts';
import type { Block, Column, Inline, Span, View } from '../view.ts';
import { spansOf } from '../view.ts';
import { chart } from './html-chart.ts';
import { escapeHtml } from './html-escape.ts';
import { SCRIPT } from './html-script.ts';
import { STYLE } from './html-style.ts';

/** A report as one self-contained page. */
export function write(report: Report): Iterable<string> {
  return writeHtml(withGateOnTop(report, pageOf(report)));
}

/**
 * One self-contained page: it asks the network for nothing, runs only the script whose hash its policy names, and every
 * string of data is text. The first heading is the title; a heading begins a section.
 */
export function* writeHtml(view: View): Iterable<string> {
  const title = view.find((block) => block.block === 'heading');
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="gsa">
<title>${title === undefined ? 'gsa' : plain(title.text)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
`;
  for (const section of sectionsOf(view)) {
    yield '<section>\n';
    for (const block of section.blocks) yield* lines(block, section.isFirst);
    yield '</section>\n';
  }
  yield `</main>\n<script>${SCRIPT}</script>\n</body>\n</html>\n`;
}

/** No request of any kind, no frame, no form; style and script by their hashes. */
const POLICY =
  `default-src 'none'; style-src '${hashOf(STYLE)}'; script-src '${hashOf(SCRIPT)}'; ` +
  `base-uri 'none'; form-action 'none'`;

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}

interface Section {
  readonly isFirst: boolean;
  readonly blocks: Block[];
}

function sectionsOf(view: View): readonly Section[] {
  const sections: Section[] = [];
  for (const block of view) {
    const current = sections.at(-1);
    if (current === undefined || block.block === 'heading')
      sections.push({ isFirst: sections.length === 0, blocks: [block] });
    else current.blocks.push(block);
  }
  return sections;
}

function* lines(block: Block, isFirst: boolean): Iterable<string> {
  switch (block.block) {
    case 'heading': {
      const level = isFirst ? 'h1' : 'h2';
      yield `<${level}>${inline(block.text)}</${level}>\n`;
      return;
    }
    case 'text': {
      // What begins in red is a warning, and stands out as one.
      const kind = spansOf(block.text)[0]?.tone === 'bad' ? ' class="careful"' : isFirst ? ' class="lead"' : '';
      yield `<p${kind}>${inline(block.text)}</p>\n`;
      return;
    }
    case 'fields':
      yield '<dl>\n';
      for (const [label, value] of block.fields) yield `<dt>${plain(label)}</dt><dd>${inline(value)}</dd>\n`;
      yield '</dl>\n';
      return;
    case 'list':
      yield '<ul>\n';
      for (const item of block.items) yield `<li>${inline(item)}</li>\n`;
      yield '</ul>\n';
      return;
    case 'bars':
      yield block.bars.length === 0 ? `<p>${plain(block.empty)}</p>\n` : chart(block.bars);
      return;
    case 'table':
      if (block.rows.length === 0) yield `<p>${plain(block.empty)}</p>\n`;
      else yield* table(block.columns, block.rows);
      return;
  }
}

function* table(columns: readonly Column[], rows: readonly (readonly Inline[])[]): Iterable<string> {
  yield '<div class="table"><table>\n<thead><tr>';
  for (const column of columns) {
    yield `<th scope="col"${classes(column)}><button type="button">${plain(column.header)}</button></th>`;
  }
  yield '</tr></thead>\n<tbody>\n';
  for (const cells of rows) {
    yield '<tr>';
    for (const [at, column] of columns.entries()) yield `<td${classes(column)}>${inline(cells[at] ?? '')}</td>`;
    yield '</tr>\n';
  }
  yield '</tbody>\n</table></div>\n';
}

/** Numbers stand to the right; what a narrow terminal would drop, a narrow page hides. */
function classes({ align, dropOrder = 0, rigid }: Column): string {
  const names = [
    ...(align === 'right' ? ['number'] : []),
    ...(dropOrder > 0 ? ['wide'] : []),
    ...(rigid === true ? ['rigid'] : []),
  ];
  return names.length === 0 ? '' : ` class="${names.join(' ')}"`;
}

function inline(text: Inline): string {
  return spansOf(text).map(span).join('');
}

function span({ text, tone }: Span): string {
  if (tone === undefined) return escapeHtml(text);
  // A command stands on a line of its own, to be copied.
  if (tone === 'code') return `<code${text.startsWith('gsa ') ? ' class="command"' : ''}>${escapeHtml(text)}</code>`;
  return tone === 'strong'
    ? `<strong>${escapeHtml(text)}</strong>`
    : `<span class="${tone}">${escapeHtml(text)}</span>`;
}

function plain(text: Inline): string {
  return spansOf(text)
    .map((part) => escapeHtml(part.text))
    .join('');
}
