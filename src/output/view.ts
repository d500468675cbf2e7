/**
 * What a person sees of a report, before any format: blocks of text, fields and tables. A report's view is a pure function
 * of its data; each format (terminal, plain text, markdown, CSV) is a pure function of the blocks.
 */
export type Tone = 'strong' | 'dim' | 'good' | 'bad' | 'warning' | 'code';

export interface Span {
  readonly text: string;
  readonly tone?: Tone;
}

/** Text with tones; plain strings have none. */
export type Inline = string | Span | readonly (string | Span)[];

export interface Column {
  readonly header: string;
  readonly align?: 'left' | 'right';
  /** Whole numbers, told by their digits: a terminal may group them, what a program reads never is. */
  readonly isCount?: true;
  /** The order in which columns go on a narrow terminal, the highest number first; 0 (default) never goes. */
  readonly dropOrder?: number;
  /** Asked for by name: it is shown though it says nothing. */
  readonly isAsked?: true;
  /** The column is never narrowed: times, addresses and numbers mean nothing when they are cut. */
  readonly rigid?: boolean;
  /**
   * What happens to text that is too wide: `wrap` (default), `cut` at the end with an ellipsis, or `fold`: of the items of a
   * {@link listed} cell the first, and how many more there are.
   */
  readonly overflow?: 'wrap' | 'cut' | 'fold';
  /**
   * Where the columns find no room beside each other: texts that are wider than this stand on a line of their own, below their
   * row; with 0 all of them do, and those go below first.
   */
  readonly belowFrom?: number;
}

/** A column that was asked for by name: it never goes, however narrow the screen and whatever it says. */
export function askedFor({ dropOrder: _, ...column }: Column): Column {
  return { ...column, isAsked: true };
}

export type Block =
  | { readonly block: 'heading'; readonly text: Inline }
  | { readonly block: 'text'; readonly text: Inline }
  | { readonly block: 'fields'; readonly fields: readonly (readonly [label: string, value: Inline])[] }
  | {
      readonly block: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Inline[])[];
      /** Rows behind these, made anew by every reader: for tables that are too long to be held. */
      readonly more?: Iterable<readonly Inline[]>;
      /** Rows that were shown before: this block continues their table, in the same widths and without a header. */
      readonly after?: readonly (readonly Inline[])[];
      /** The text instead of a table without rows. */
      readonly empty: string;
    }
  | { readonly block: 'list'; readonly items: readonly Inline[] }
  /** A bar for each count, drawn to one scale. */
  | {
      readonly block: 'bars';
      /** What labels and counts are, for formats that draw no bars. */
      readonly header?: readonly [label: string, count: string];
      readonly bars: readonly { readonly label: Inline; readonly count: number }[];
      readonly empty: string;
    };

export type View = readonly Block[];

/** All rows of a table, one at a time. */
export function* rowsOf({ rows, more = [] }: Extract<Block, { block: 'table' }>): Iterable<readonly Inline[]> {
  yield* rows;
  yield* more;
}

export function spansOf(inline: Inline): readonly Span[] {
  if (typeof inline === 'string') return [{ text: inline }];
  if ('text' in inline) return [inline];
  return inline.map((part) => (typeof part === 'string' ? { text: part } : part));
}

export const strong = (text: string): Span => ({ text, tone: 'strong' });
export const dim = (text: string): Span => ({ text, tone: 'dim' });
export const good = (text: string): Span => ({ text, tone: 'good' });
export const bad = (text: string): Span => ({ text, tone: 'bad' });
export const warning = (text: string): Span => ({ text, tone: 'warning' });
export const code = (text: string): Span => ({ text, tone: 'code' });

/** Items of one cell, each a part of its own, so that a column can fold them. */
export function listed(items: readonly string[]): readonly string[] {
  return items.flatMap((item, at) => (at === 0 ? [item] : [BETWEEN_ITEMS, item]));
}

const BETWEEN_ITEMS = ', ';

/** The items of a {@link listed} cell. */
export function itemsOf(inline: Inline): readonly string[] {
  return spansOf(inline).flatMap(({ text }, at) => (at % 2 === 0 ? [text] : []));
}

/** A text whose parts in backticks are commands or names. */
export function withCode(text: string): readonly (string | Span)[] {
  return text.split('`').map((part, at) => (at % 2 === 0 ? part : code(part)));
}
