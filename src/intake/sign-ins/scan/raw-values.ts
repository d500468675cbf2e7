/** Bytes and values after which everything is forgotten: the values of some 60,000 people. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_VALUES = 300_000;

const FIRST_BYTES = 256 * 1024;
const FIRST_PLACES = 4096;
const BEGINNINGS = 16_384;

/** Bytes by which a value is looked for before it is known where it ends: enough for an id at its beginning. */
const BEGINNING = 32;

/** Values with the same beginning that are tried. */
const MOST_TRIED = 8;

/** Values that have got a number, in the order of their numbers. */
export interface FreshValues {
  readonly bytes: Uint8Array;
  readonly ends: Int32Array;
}

/**
 * Numbers for values as they stand in the text, each kept once: what sign-ins repeat is read once. A number holds until
 * `isFull` says that it is time to forget. 0 is no value.
 */
export class RawValues {
  #bytes = new Uint8Array(FIRST_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #used = 0;
  #count = 0;
  /** How many of them were handed over. */
  #handed = 0;
  /** The offset at which each value begins, by its number; the next one begins where it ends. */
  #starts = new Int32Array(FIRST_PLACES);
  #hashes = new Int32Array(FIRST_PLACES);
  /** Numbers of values by their hash; 0 where none is. */
  #places = new Int32Array(FIRST_PLACES * 2);
  /** Numbers of values by the hash of their beginning: the last one that was kept, and from each the one before. */
  readonly #beginnings = new Int32Array(BEGINNINGS);
  #before = new Int32Array(FIRST_PLACES);

  get isFull(): boolean {
    return this.#used > MOST_BYTES || this.#count > MOST_VALUES;
  }

  clear(): void {
    this.#used = 0;
    this.#count = 0;
    this.#handed = 0;
    this.#places.fill(0);
    this.#beginnings.fill(0);
  }

  /** How many values are kept; each has a number up to this. */
  get count(): number {
    return this.#count;
  }

  get hasFresh(): boolean {
    return this.#count > this.#handed;
  }

  /** What was kept since this was asked for the last time: the values one behind the other, and where each ends. */
  fresh(): FreshValues {
    const from = this.#handed === 0 ? 0 : (this.#starts[this.#handed + 1] as number);
    const bytes = this.#bytes.slice(from, this.#used);
    const ends = new Int32Array(this.#count - this.#handed);
    for (let at = 0; at < ends.length; at++) ends[at] = (this.#starts[this.#handed + at + 2] as number) - from;
    this.#handed = this.#count;
    return { bytes, ends };
  }

  /** Bytes of a value. */
  lengthOf(number: number): number {
    return (this.#starts[number + 1] as number) - (this.#starts[number] as number);
  }

  /**
   * The number of a value of some length that stands at an offset byte by byte; 0 where none is found. Of an object or a list
   * its end is known by that, and nobody need walk over it. `view` is over the same bytes.
   */
  standing(bytes: Uint8Array, view: DataView, at: number): number {
    if (at + BEGINNING > bytes.length) return 0;
    let number = this.#beginnings[beginningOf(view, at)] as number;
    for (let tried = 0; number !== 0 && tried < MOST_TRIED; tried++) {
      const end = at + this.lengthOf(number);
      if (end <= bytes.length && this.#isSame(number, bytes, view, at, end)) return number;
      number = this.#before[number] as number;
    }
    return 0;
  }

  /** The number of the value between two offsets; `view` is over the same bytes. */
  numberOf(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const hash = hashOf(bytes, view, start, end);
    const mask = this.#places.length - 1;
    let place = hash & mask;
    for (;;) {
      const number = this.#places[place] as number;
      if (number === 0) break;
      if (this.#hashes[number] === hash && this.#isSame(number, bytes, view, start, end)) return number;
      place = (place + 1) & mask;
    }
    return this.#keep(hash, place, bytes, view, start, end);
  }

  /** The text of a value, UTF-8. */
  bytesOf(number: number): Uint8Array {
    return this.#bytes.subarray(this.#starts[number], this.#starts[number + 1]);
  }

  #isSame(number: number, bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
    const from = this.#starts[number] as number;
    const length = end - start;
    if ((this.#starts[number + 1] as number) - from !== length) return false;
    let at = 0;
    for (; at + 4 <= length; at += 4) {
      if (view.getInt32(start + at, true) !== this.#view.getInt32(from + at, true)) return false;
    }
    for (; at < length; at++) if (bytes[start + at] !== this.#bytes[from + at]) return false;
    return true;
  }

  #keep(hash: number, place: number, bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const length = end - start;
    this.#makeRoom(length);
    this.#bytes.set(bytes.subarray(start, end), this.#used);
    const number = ++this.#count;
    this.#starts[number] = this.#used;
    this.#used += length;
    this.#starts[number + 1] = this.#used;
    this.#hashes[number] = hash;
    this.#places[place] = number;
    if (length >= BEGINNING) this.#keepBeginning(number, view, start);
    if (this.#count * 2 > this.#places.length) this.#rehash();
    return number;
  }

  #keepBeginning(number: number, view: DataView, start: number): void {
    const beginning = beginningOf(view, start);
    this.#before[number] = this.#beginnings[beginning] as number;
    this.#beginnings[beginning] = number;
  }

  #makeRoom(length: number): void {
    if (this.#used + length > this.#bytes.length) {
      const more = new Uint8Array(Math.max(this.#bytes.length * 2, this.#used + length));
      more.set(this.#bytes);
      this.#bytes = more;
      this.#view = new DataView(more.buffer);
    }
    if (this.#count + 3 < this.#starts.length) return;
    this.#starts = longer(this.#starts);
    this.#hashes = longer(this.#hashes);
    this.#before = longer(this.#before);
  }

  #rehash(): void {
    const places = new Int32Array(this.#places.length * 2);
    const mask = places.length - 1;
    for (let number = 1; number <= this.#count; number++) {
      let place = (this.#hashes[number] as number) & mask;
      while (places[place] !== 0) place = (place + 1) & mask;
      places[place] = number;
    }
    this.#places = places;
  }
}

function longer(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(numbers.length * 2);
  more.set(numbers);
  return more;
}

/** A place for the bytes with which a value begins. */
function beginningOf(view: DataView, start: number): number {
  let hash = 0;
  for (let at = start; at < start + BEGINNING; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash & (BEGINNINGS - 1);
}

/** A hash of all bytes, four at a time; the end is mixed as MurmurHash3 does. */
function hashOf(bytes: Uint8Array, view: DataView, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35);
  return hash ^ (hash >>> 15);
}
