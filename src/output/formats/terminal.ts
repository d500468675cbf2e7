import type { ChalkInstance, ColorSupportLevel } from 'chalk';
import { Chalk } from 'chalk';
import { encodeText } from '../encode.ts';
import type { Block, View } from '../view.ts';
import { GAP, groupDigits, padded, widthOf } from './cell-text.ts';
import { plainText } from './plain.ts';
import { prose } from './prose.ts';
import { labelLines } from './table-lines.ts';
import { table } from './terminal-table.ts';
import { longestWord } from './whole-words.ts';

export interface TerminalSettings {
  /** Columns of the terminal; 80 when it does not say. */
  readonly width: number;
  readonly color: ColorSupportLevel;
}

/** Columns that the bars of a chart keep beside long labels, and the share that the labels keep on a narrow terminal. */
const BAR = 20;
const LABEL_SHARE = 0.6;
/** Columns of a chart where a line may be as long as it likes. */
const WIDEST_CHART = 200;

export function* writeTerminal(view: View, settings: TerminalSettings): Iterable<string> {
  const chalk = new Chalk({ level: settings.color });
  for (const [at, block] of view.entries()) {
    if (at > 0) yield '\n';
    yield* lines(block, chalk, settings.width);
  }
}

function* lines(block: Block, chalk: ChalkInstance, width: number): Iterable<string> {
  switch (block.block) {
    case 'heading':
      yield `${chalk.bold(prose(block.text, chalk, width))}\n`;
      return;
    case 'text':
      yield `${prose(block.text, chalk, width)}\n`;
      return;
    case 'fields':
      yield* fields(block.fields, chalk, width);
      return;
    case 'list':
      for (const item of block.items) {
        const text = prose(item, chalk, width - 2);
        yield `- ${text.replaceAll('\n', '\n  ')}\n`;
      }
      return;
    case 'bars':
      yield* bars(block, chalk, width);
      return;
    case 'table':
      yield* table(block, chalk, width);
      return;
  }
}

/** Values beside their labels; below them where all the room is taken by the labels, or where what is not to be broken has none. */
function* fields(
  all: Extract<Block, { block: 'fields' }>['fields'],
  chalk: ChalkInstance,
  width: number,
): Iterable<string> {
  const labelWidth = Math.max(...all.map(([label]) => widthOf(label)), 0);
  const room = width - labelWidth - GAP.length;
  for (const [label, value] of all) {
    const name = chalk.dim(encodeText(label));
    const longest = longestWord(plainText(value));
    if (room < LEAST_VALUE || (longest > room && longest <= width - GAP.length)) {
      const text = prose(value, chalk, Math.max(width - GAP.length, LEAST_VALUE));
      yield `${name}\n${GAP}${text.replaceAll('\n', `\n${GAP}`)}\n`;
    } else {
      const padding = ' '.repeat(labelWidth - widthOf(label));
      const text = prose(value, chalk, room);
      yield `${name}${padding}${GAP}${text.replaceAll('\n', `\n${' '.repeat(labelWidth)}${GAP}`)}\n`;
    }
  }
}

/** Columns below which a value beside its label would be a sliver. */
const LEAST_VALUE = 16;

function* bars(block: Extract<Block, { block: 'bars' }>, chalk: ChalkInstance, width: number): Iterable<string> {
  if (block.bars.length === 0) yield `${block.empty}\n`;
  const labelWidth = Math.max(...block.bars.map(({ label }) => widthOf(plainText(label))), 0);
  const countWidth = Math.max(...block.bars.map(({ count }) => groupDigits(String(count)).length), 0);
  const largest = Math.max(...block.bars.map(({ count }) => count), 1);
  const space = Math.min(width, WIDEST_CHART) - countWidth - 2 * GAP.length;
  const labelRoom = Math.min(labelWidth, Math.max(space - BAR, Math.floor(space * LABEL_SHARE), 1));
  const room = Math.max(space - labelRoom, 1);
  for (const { label, count } of block.bars) {
    const bar = '█'.repeat(Math.max(Math.round((count / largest) * room), count > 0 ? 1 : 0));
    const [first = { text: '', width: 0 }, ...others] = labelLines(label, labelRoom, chalk);
    yield `${padded(first, labelRoom, undefined)}${GAP}${groupDigits(String(count)).padStart(countWidth)}${GAP}${chalk.cyan(bar)}\n`;
    for (const { text } of others) yield `${text}\n`;
  }
}
