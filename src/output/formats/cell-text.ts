import stringWidth from 'string-width';
import type { Column } from '../view.ts';

/** Letters, dashes, quotes, arrows and lines that take one column each, whatever stands beside them: nothing that joins. */
const ONE_COLUMN_EACH =
  /^[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u202f-\u205e\u2190-\u21ff\u2500-\u257f]*$/;

/** UTF-16 units of a text that are measured, and columns that no screen has. */
const MEASURED = 10_000;
const BEYOND_SCREENS = 2_000;

/**
 * Columns of a text; most texts have one for each character, and lists have a great many of them. What does not fit into any screen is
 * measured no further: the rest counts as one column for each unit.
 */
export function widthOf(text: string): number {
  if (ONE_COLUMN_EACH.test(text)) return text.length;
  if (text.length > MEASURED) {
    const begun = stringWidth(text.slice(0, MEASURED));
    if (begun > BEYOND_SCREENS) return begun + text.length - MEASURED;
  }
  return stringWidth(text);
}

/** The blanks between two columns. */
export const GAP = '  ';

/** One line of a cell, and its columns on the screen. */
export interface CellLine {
  readonly text: string;
  readonly width: number;
}

/** One line of a cell in the width of its column, on the side that the column names. */
export function padded({ text, width }: CellLine, room: number, column: Pick<Column, 'align'> | undefined): string {
  const blanks = ' '.repeat(Math.max(room - width, 0));
  return column?.align === 'right' ? blanks + text : text + blanks;
}

/** The line up to its last sign. A pattern for it would try every run of blanks between columns, one blank after the other. */
export function withoutBlanksBehind(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end--;
  return line.slice(0, end);
}

/** Lines of one cell; a name of thousands of letters would fill the screen. JSON has it whole. */
const MOST_LINES = 12;

/** Text of at most so many columns, with an ellipsis where it was cut. Characters that are shown as one stay whole. */
export function cut(text: string, room: number): string {
  if (widthOf(text) <= room) return text;
  let kept = '';
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    width += widthOf(segment);
    if (width > room - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** The beginning of an item that is worth its place beside the count of the others. */
const LEAST_OF_ITEM = 16;

/** Columns that the first of the items takes, whole, with the count of the others. */
export function foldedLeast(items: readonly string[]): number {
  const [first = '', ...more] = items;
  return widthOf(first) + (more.length === 0 ? 0 : 1 + widthOf(others(more.length)));
}

/** Items in so many columns: as many as fit whole, or the beginning of the first, and how many more there are. */
export function folded(items: readonly string[], room: number): string {
  const whole = items.join(', ');
  if (widthOf(whole) <= room || items.length < 2) return cut(whole, room);
  let [fitting, begun] = ['', ''];
  for (const [at, item] of items.slice(0, -1).entries()) {
    begun = at === 0 ? item : `${begun}, ${item}`;
    const told = `${begun} ${others(items.length - at - 1)}`;
    if (widthOf(told) <= room) fitting = told;
    else if (widthOf(begun) > room) break;
  }
  if (fitting !== '') return fitting;
  const [[first = ''], more] = [items, others(items.length - 1)];
  const left = room - widthOf(more) - 1;
  return left >= LEAST_OF_ITEM ? `${cut(first, left)} ${more}` : `${cut(first, room)}\n${more}`;
}

function others(count: number): string {
  return `and ${groupDigits(String(count))} more`;
}

/** Text for a column of this width that wraps between words: longer words get line breaks, and what is very long is cut. */
export function foldable(text: string, room: number): string {
  if (widthOf(text) <= room) return text;
  return cut(text, room * MOST_LINES)
    .split(' ')
    .map((word) => (widthOf(word) <= room ? word : chunks(word, room).join('\n')))
    .join(' ');
}

/** Pieces of a word that is too wide, which end behind a mark where one stands in the second half of the room. */
function chunks(word: string, room: number): readonly string[] {
  const made: string[] = [];
  let chunk = '';
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    if (chunk !== '' && widthOf(chunk + segment) > room) {
      const [, told = chunk, rest = ''] = /^(.*[-_/.@])([^-_/.@]*)$/su.exec(chunk) ?? [];
      const ends = widthOf(told) * 2 > room ? told : chunk;
      made.push(ends);
      chunk = ends === told ? rest : '';
    }
    chunk += segment;
  }
  return [...made, chunk];
}

/** A whole number with a thin space every three digits, from 10 000 on, in no locale. */
export function groupDigits(digits: string): string {
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, '\u202f');
}
