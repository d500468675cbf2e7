import { isPlainText } from './plain-text.ts';
import type { FreshValues } from './raw-values.ts';
import type { FreshNumbers } from './value-numbers.ts';
import { PLACED, valueAt } from './value-places.ts';

const FIRST_BYTES = 256 * 1024;
const FIRST_PLACES = 4096;
/** Times as many bytes where there were too few: those that wait to be used are memory too. */
const GROWTH = 1.5;

/** Values that are kept parsed. */
const MOST_PARSED = 4096;

/** Values by the numbers that a {@link ValueNumbers} gives them, here or in another thread; parsed when they are asked for. */
export class KnownValues {
  readonly #texts = new Texts();
  readonly #lists = new Texts();
  /**
   * Of the objects and lists that were asked for last; what many records repeat is remembered as what follows from it. A plain
   * text is made as quickly as it is found.
   */
  readonly #parsed = new Map<number, unknown>();

  clear(): void {
    this.#texts.clear();
    this.#lists.clear();
    this.#parsed.clear();
  }

  add({ texts, lists }: FreshNumbers): void {
    this.#texts.add(texts);
    this.#lists.add(lists);
  }

  /**
   * `undefined` for 0: the record has no such member. Nothing may be changed in a value: others have the same one. `bytes`: those in
   * which the record stands, for values that have a place and no number.
   */
  value(number: number, bytes: Uint8Array): unknown {
    if (number === 0) return undefined;
    if (number >= PLACED) return valueAt(bytes, number);
    return number < 0 ? this.#list(-number) : this.#text(number);
  }

  /** The bytes in which a value stands, from its first one on. */
  bytesFrom(number: number, bytes: Uint8Array): Uint8Array {
    return number >= PLACED ? bytes.subarray(number - PLACED) : this.#texts.bytesOf(number);
  }

  #text(number: number): unknown {
    const plain = this.#texts.plainTextOf(number);
    if (plain !== undefined) return plain;
    const known = this.#parsed.get(number);
    if (known !== undefined) return known;
    const value: unknown = JSON.parse(this.#texts.textOf(number));
    if (this.#parsed.size >= MOST_PARSED) this.#parsed.clear();
    this.#parsed.set(number, value);
    return value;
  }

  #list(number: number): readonly unknown[] {
    const bytes = this.#lists.bytesOf(number);
    const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: bytes.length / 4 }, (_, at) => this.#text(numbers.getInt32(at * 4, true)));
  }
}

/** Texts one behind the other, from number 1. */
class Texts {
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #used = 0;
  #count = 0;
  #starts = new Int32Array(FIRST_PLACES);

  clear(): void {
    this.#used = 0;
    this.#count = 0;
  }

  add({ bytes, ends }: FreshValues): void {
    this.#makeRoom(bytes.length, ends.length);
    this.#bytes.set(bytes, this.#used);
    for (let at = 0; at < ends.length; at++) {
      this.#starts[this.#count + at + 2] = this.#used + (ends[at] as number);
    }
    this.#starts[1] = 0;
    this.#count += ends.length;
    this.#used += bytes.length;
  }

  bytesOf(number: number): Uint8Array {
    return this.#bytes.subarray(this.#starts[number], this.#starts[number + 1]);
  }

  /** What stands in the quotes, where the text is a plain one. */
  plainTextOf(number: number): string | undefined {
    const [start, end] = [this.#starts[number] as number, this.#starts[number + 1] as number];
    return isPlainText(this.#bytes, start, end) ? this.#bytes.toString('latin1', start + 1, end - 1) : undefined;
  }

  textOf(number: number): string {
    return this.#bytes.toString('utf8', this.#starts[number], this.#starts[number + 1]);
  }

  #makeRoom(bytes: number, count: number): void {
    if (this.#used + bytes > this.#bytes.length) {
      const more = Buffer.allocUnsafeSlow(Math.max(Math.ceil(this.#bytes.length * GROWTH), this.#used + bytes));
      more.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = more;
    }
    if (this.#count + count + 2 < this.#starts.length) return;
    const more = new Int32Array((this.#count + count + 2) * 2);
    more.set(this.#starts);
    this.#starts = more;
  }
}
