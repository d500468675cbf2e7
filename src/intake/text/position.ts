/** A place in a text. Line and column count from 1, the column in UTF-16 code units, as editors do. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Finds lines and columns of one text; the line starts are counted once, at the first question. */
export class TextPositions {
  readonly #text: string;
  #lineStarts: readonly number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  at(offset: number): TextPosition {
    this.#lineStarts ??= [0, ...lineStartsOf(this.#text)];
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }
}

/** @internal The starts of all lines but the first, ascending. `\r\n`, `\n` and a lone `\r` each end a line. */
export function* lineStartsOf(text: string): Generator<number> {
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) yield at + 1;
    return;
  }
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) yield index + end.length;
}
