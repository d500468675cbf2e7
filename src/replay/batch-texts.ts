/** Bytes that are taken at once. */
const PIECE = 1024 * 1024;

/** Copies of the texts of a batch, in memory that a later batch uses again and that other threads see. */
export class BatchTexts {
  readonly #pieces: Uint8Array[] = [];
  #at = 0;
  #used = 0;

  /** Good until the texts are cleared. */
  copy(text: Uint8Array): Uint8Array {
    if (text.length > PIECE) return text.slice();
    if (this.#used + text.length > PIECE) {
      this.#at++;
      this.#used = 0;
    }
    const piece = this.#pieces[this.#at] ?? new Uint8Array(new SharedArrayBuffer(PIECE));
    this.#pieces[this.#at] = piece;
    const start = this.#used;
    this.#used += text.length;
    piece.set(text, start);
    return piece.subarray(start, this.#used);
  }

  clear(): void {
    this.#at = 0;
    this.#used = 0;
  }
}
