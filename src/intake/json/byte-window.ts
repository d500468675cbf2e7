const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const SMALLEST_VISIBLE = 0x21;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** The codes of `{` and `[` differ in one bit, and so do those of `}` and `]`. */
const CASE = 0x20;

/** Bytes that are looked at together, and what such a word has where each byte of it has its lowest or its highest bit. */
const WORD = 4;
const LOWEST = 0x01010101;
const HIGHEST = 0x80808080;
const SPACES = 0x20 * LOWEST;

/** Whether one of the bytes of the word is zero. */
const hasZero = (word: number): boolean => ((word - LOWEST) & ~word & HIGHEST) !== 0;

/** Where bytes are read from; `read` fills as much as there is from that offset on, and gives how much that was. */
export interface ByteSource {
  read(into: Uint8Array, offset: number): number;
}

/** Bytes that are held at once. */
const WINDOW = 1024 * 1024;

/**
 * A JSON text in UTF-8 of which a part is held at a time: who goes through it forwards finds places in a large tenant without its
 * size in memory. The text is known to be JSON without comments; offsets are bytes.
 */
export class ByteWindow {
  readonly #source: ByteSource;
  readonly #bytes: Buffer;
  readonly #words: DataView;
  #start = 0;
  #length = 0;

  constructor(source: ByteSource, size = WINDOW) {
    this.#source = source;
    this.#bytes = Buffer.alloc(size);
    this.#words = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, size);
  }

  /** The byte there; -1 behind the last one. */
  at(offset: number): number {
    return this.#holds(offset) ? (this.#bytes[offset - this.#start] ?? -1) : -1;
  }

  /** JSON has four blanks, all of them below the first visible character. */
  afterSpace(from: number): number {
    let at = from;
    for (let code = this.at(at); code >= 0 && code < SMALLEST_VISIBLE; code = this.at(at)) at++;
    return at;
  }

  afterComma(end: number): number {
    const at = this.afterSpace(end);
    return this.at(at) === COMMA ? this.afterSpace(at + 1) : at;
  }

  isClose(offset: number): boolean {
    const code = this.at(offset);
    return code < 0 || (code | CASE) === CLOSE_OBJECT;
  }

  /** The offset behind the value that begins there. */
  endOfValue(start: number): number {
    let [depth, at] = [0, start];
    while (this.#holds(at)) {
      const [bytes, first, length] = [this.#bytes, this.#start, this.#length];
      let next = first + length;
      for (let index = at - first; index < length; index++) {
        const code = bytes[index] ?? 0;
        if (code < SMALLEST_VISIBLE) {
          index = this.#behindSpaces(index + 1) - 1;
          continue;
        }
        if (code === QUOTE) {
          const opening = index;
          index = this.#nextInText(index + 1);
          for (let inside = bytes[index]; index < length && inside !== QUOTE; inside = bytes[index])
            index += inside === BACKSLASH ? 2 : 1;
          if (index >= length) {
            // The text goes on behind what is held.
            next = this.endOfText(first + opening);
            if (depth === 0) return next;
            break;
          }
          if (depth === 0) return first + index + 1;
        } else if ((code | CASE) === OPEN_OBJECT) depth++;
        else if ((code | CASE) === CLOSE_OBJECT) {
          depth--;
          if (depth < 0) return first + index;
          if (depth === 0) return first + index + 1;
        } else if (code === COMMA && depth === 0) return first + index;
      }
      at = next;
    }
    return at;
  }

  /** The offset behind the closing quote of the text that begins there. */
  endOfText(start: number): number {
    for (let at = start + 1; ; at++) {
      const code = this.at(at);
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) return at + 1;
      else if (code < 0) return at;
    }
  }

  /** What stands there. */
  text(start: number, end: number): string {
    const from = this.#holds(start) ? start - this.#start : 0;
    const to = from + end - start;
    if (to <= this.#length) return this.#bytes.toString('utf8', from, to);
    return Buffer.from(
      Uint8Array.from({ length: end - start }, (_, index) => Math.max(0, this.at(start + index))),
    ).toString();
  }

  /** UTF-16 code units of what stands there, as an editor counts columns. */
  unitsBetween(start: number, end: number): number {
    let units = 0;
    for (let at = start; at < end; at++) {
      const code = this.at(at);
      // A continuation belongs to the unit before it; four bytes are two units.
      if ((code & 0xc0) !== 0x80) units += code >= 0xf0 ? 2 : 1;
    }
    return units;
  }

  /**
   * How many lines begin behind `from` and up to `to`, and where the last of them does; `from` where none does. `\r\n`, `\n` and a lone
   * `\r` each end a line.
   */
  linesBetween(from: number, to: number): { readonly count: number; readonly last: number } {
    let [count, last, at] = [0, from, from];
    while (at < to && this.#holds(at)) {
      const code = this.#bytes[at++ - this.#start];
      if (code !== LINE_FEED && code !== CARRIAGE_RETURN) at = this.#nextBreak(at, to);
      else if (code === LINE_FEED || this.at(at) !== LINE_FEED) {
        count++;
        last = at;
      }
    }
    return { count, last };
  }

  /** Passes over words of nothing but spaces. */
  #behindSpaces(from: number): number {
    const last = this.#length - WORD;
    let index = from;
    while (index <= last && this.#words.getInt32(index) === SPACES) index += WORD;
    return index;
  }

  /** Passes over words of a text in which there is neither a quote nor a backslash. */
  #nextInText(from: number): number {
    const last = this.#length - WORD;
    let index = from;
    for (; index <= last; index += WORD) {
      const word = this.#words.getInt32(index);
      if (hasZero(word ^ (QUOTE * LOWEST)) || hasZero(word ^ (BACKSLASH * LOWEST))) break;
    }
    return index;
  }

  /** Where the next byte stands that may break a line, of those that are held and before `to`; else where these end. */
  #nextBreak(from: number, to: number): number {
    const bytes = this.#bytes;
    const end = Math.min(to - this.#start, this.#length);
    let index = from - this.#start;
    for (; index <= end - WORD; index += WORD) {
      const word = this.#words.getInt32(index);
      // A byte that is no larger than a line break leaves its highest bit when more than that is taken from it.
      if (((word - (CARRIAGE_RETURN + 1) * LOWEST) & ~word & HIGHEST) !== 0) break;
    }
    while (index < end && (bytes[index] ?? 0) > CARRIAGE_RETURN) index++;
    return this.#start + index;
  }

  #holds(offset: number): boolean {
    if (offset >= this.#start && offset < this.#start + this.#length) return true;
    this.#start = offset;
    this.#length = this.#source.read(this.#bytes, offset);
    return this.#length > 0;
  }
}
