import type { FreshValues } from './raw-values.ts';
import type { FreshNumbers } from './value-numbers.ts';

const FIRST_BYTES = 256 * 1024;
const FIRST_PLACES = 4096;

/** Values that are kept parsed. */
const MOST_PARSED = 4096;

/** Values by the numbers that a {@link ValueNumbers} gives them, here or in another thread; parsed when they are asked for. */
export class KnownValues {
  readonly #texts = new Texts();
  readonly #lists = new Texts();
  /** Of the values that were asked for last; what many records repeat is remembered as what follows from it. */
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

  /** `undefined` for 0: the record has no such member. Nothing may be changed in a value: others have the same one. */
  value(number: number): unknown {
    if (number === 0) return undefined;
    if (number < 0) return this.#list(-number);
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
    return Array.from({ length: bytes.length / 4 }, (_, at) => this.value(numbers.getInt32(at * 4, true)));
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

  textOf(number: number): string {
    return this.#bytes.toString('utf8', this.#starts[number], this.#starts[number + 1]);
  }

  #makeRoom(bytes: number, count: number): void {
    if (this.#used + bytes > this.#bytes.length) {
      const more = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#used + bytes));
      more.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = more;
    }
    if (this.#count + count + 2 < this.#starts.length) return;
    const more = new Int32Array((this.#count + count + 2) * 2);
    more.set(this.#starts);
    this.#starts = more;
  }
}
