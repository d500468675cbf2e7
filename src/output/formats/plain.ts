import { encodeText } from '../encode.ts';
import type { Block, Inline, View } from '../view.ts';
import { rowsOf, spansOf } from '../view.ts';

/** Text of a span list: without tones, or with them where colour was asked for by name. */
type Paint = (inline: Inline) => string;

/**
 * Writes a view for a pipe: tables and fields are tab-separated, nothing is cut or boxed, and nothing is coloured unless that was
 * asked for.
 */
export function* writePlain(view: View, paint: Paint = plainText): Iterable<string> {
  for (const [at, block] of view.entries()) {
    if (at > 0) yield '\n';
    yield* lines(block, paint);
  }
}

function* lines(block: Block, paint: Paint): Iterable<string> {
  const row = (cells: readonly Inline[]) => `${cells.map(paint).join('\t')}\n`;
  switch (block.block) {
    case 'heading':
    case 'text':
      yield `${paint(block.text)}\n`;
      return;
    case 'fields':
      for (const [label, value] of block.fields) yield row([label, value]);
      return;
    case 'list':
      for (const item of block.items) yield `- ${paint(item)}\n`;
      return;
    case 'bars':
      if (block.bars.length === 0) yield `${block.empty}\n`;
      for (const { label, count } of block.bars) yield row([label, String(count)]);
      return;
    case 'table': {
      let isBegun = block.after !== undefined;
      for (const cells of rowsOf(block)) {
        if (!isBegun) yield row(block.columns.map((column) => column.header));
        isBegun = true;
        yield row(cells);
      }
      if (!isBegun) yield `${block.empty}\n`;
      return;
    }
  }
}

/** Safe text without tones; line breaks between paragraphs of our own stay. */
export function plainText(inline: Inline): string {
  if (typeof inline === 'string') return encodeText(inline);
  return spansOf(inline)
    .map((span) => encodeText(span.text))
    .join('');
}
