import { encodeText } from '../encode.ts';
import { withGate } from '../gate-of.ts';
import type { RenderSettings } from '../render-settings.ts';
import type { Report } from '../report.ts';
import { viewOf } from '../report.ts';
import { shaped } from '../shaped-view.ts';
import type { Block, Inline, Span, View } from '../view.ts';
import { rowsOf, spansOf } from '../view.ts';

/** A report as Markdown. */
export function write(report: Report, settings: RenderSettings): Iterable<string> {
  return writeMarkdown(shaped(withGate(report, viewOf(report)), settings));
}

export { writeMarkdown as writeView };

/** GitHub-flavoured markdown, for job summaries and pull requests. */
export function* writeMarkdown(view: View): Iterable<string> {
  for (const [at, block] of view.entries()) {
    if (at > 0) yield '\n';
    yield* lines(block);
  }
}

function* lines(block: Block): Iterable<string> {
  switch (block.block) {
    case 'heading':
      yield `## ${markdownText(block.text)}\n`;
      return;
    case 'text':
      yield `${markdownText(block.text)}\n`;
      return;
    case 'fields':
      yield* table(['', ''], ['left', 'left'], block.fields);
      return;
    case 'list':
      for (const item of block.items) yield `- ${markdownText(item)}\n`;
      return;
    case 'bars':
      if (block.bars.length === 0) yield `${block.empty}\n`;
      else
        yield* table(
          block.header ?? ['', 'count'],
          ['left', 'right'],
          block.bars.map(({ label, count }) => [label, String(count)]),
        );
      return;
    case 'table':
      if (block.after === undefined) {
        yield* table(
          block.columns.map((column) => column.header),
          block.columns.map((column) => column.align ?? 'left'),
          rowsOf(block),
          block.empty,
        );
      } else for (const cells of rowsOf(block)) yield tableRow(cells);
      return;
  }
}

function* table(
  headers: readonly string[],
  aligns: readonly ('left' | 'right')[],
  rows: Iterable<readonly Inline[]>,
  empty = '',
): Iterable<string> {
  let isFirst = true;
  for (const cells of rows) {
    if (isFirst) {
      yield tableRow(headers);
      yield `|${aligns.map((align) => (align === 'right' ? '---:' : '---')).join('|')}|\n`;
    }
    isFirst = false;
    yield tableRow(cells);
  }
  if (isFirst) yield `${empty}\n`;
}

function tableRow(cells: readonly Inline[]): string {
  return `| ${cells.map(markdownText).join(' | ')} |\n`;
}

/** Text in which no character of the data is markdown or HTML. */
function markdownText(inline: Inline): string {
  return spansOf(inline).map(span).join('');
}

function span({ text, tone }: Span): string {
  // Markdown reads `**` as bold only where no space stands inside.
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(encodeText(text)) ?? [];
  if (inner === '') return before;
  if (tone === 'code' && !/[`|]/.test(inner)) return `${before}\`${inner}\`${after}`;
  const escaped = inner
    .replace(/[&<>]/g, (character) => ENTITIES[character] ?? character)
    .replace(/[\\`*_{}[\]()#+!|~$@]/g, '\\$&');
  return tone === 'strong' || tone === 'bad' ? `${before}**${escaped}**${after}` : `${before}${escaped}${after}`;
}

const ENTITIES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
