const PLACES = 4096;

/** Texts of a file that repeats a few of them again and again, such as names of members: each is made once, as far as room goes. */
export class SameTexts {
  readonly #bytes: Buffer;
  readonly #kept = new Array<string>(PLACES).fill('');

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** The text of these ASCII bytes. `mark` is the same for the same bytes. */
  of(start: number, end: number, mark: number): string {
    const place = (mark ^ (mark >>> 12)) & (PLACES - 1);
    const kept = this.#kept[place] ?? '';
    if (kept.length === end - start && this.#isAt(start, kept)) return kept;
    const text = this.#bytes.toString('latin1', start, end);
    this.#kept[place] = text;
    return text;
  }

  #isAt(start: number, text: string): boolean {
    for (let at = 0; at < text.length; at++) if (this.#bytes[start + at] !== text.charCodeAt(at)) return false;
    return true;
  }
}
