/** How many decisions are remembered; a decision of 200 policies takes some 500 bytes. */
const CAPACITY = 32_768;

const FIRST_PLACES = 64;

/**
 * Numbers of a place: the hash of its entry, the number of the entry from 1 (0: none), and where among the rows its own begins and ends.
 */
const WIDTH = 4;

/** Decisions by what they follow from, written as a row of numbers: two rows are never taken for one another. */
export class DecisionTable<Value> {
  /**
   * Each entry at the first free place from where its hash belongs; twice as many places as entries, and a power of two. All that tells of
   * an entry stands together, as few of them are near when they are asked for.
   */
  #places = new Int32Array(FIRST_PLACES * WIDTH);
  #values: Value[] = [];
  /** The rows of all entries, one behind the other. */
  #rows = new Int32Array(64);
  #used = 0;
  #row = new Int32Array(64);
  #length = 0;
  #hash = 0;

  /** Begins a new row. */
  begin(): void {
    this.#length = 0;
  }

  put(value: number): void {
    if (this.#length === this.#row.length) this.#makeRoom(1);
    this.#row[this.#length++] = value;
  }

  putAll(values: Uint32Array): void {
    if (this.#length + values.length > this.#row.length) this.#makeRoom(values.length);
    for (let at = 0; at < values.length; at++) this.#row[this.#length++] = values[at] as number;
  }

  /** The value of the row; `undefined` where it is new. */
  known(): Value | undefined {
    const hash = this.#hashOf();
    this.#hash = hash;
    const places = this.#places;
    const last = places.length - WIDTH;
    for (let at = (hash * WIDTH) & last; ; at = (at + WIDTH) & last) {
      const number = places[at + 1] as number;
      if (number === 0) return undefined;
      if (places[at] === hash && this.#isRow(places[at + 2] as number, places[at + 3] as number)) {
        return this.#values[number - 1];
      }
    }
  }

  /** Keeps the value of the row that was just found to be new. */
  keep(value: Value): Value {
    if (this.#values.length >= CAPACITY) this.#forget();
    if (this.#values.length * 2 * WIDTH >= this.#places.length) this.#widen();
    const from = this.#used;
    this.#keepRow();
    this.#values.push(value);
    put(this.#places, this.#hash, this.#values.length, from, this.#used);
    return value;
  }

  /** The value of the row, made where it is new: without asking this table for another. */
  value(make: () => Value): Value {
    return this.known() ?? this.keep(make());
  }

  #forget(): void {
    this.#places = new Int32Array(FIRST_PLACES * WIDTH);
    this.#values = [];
    this.#used = 0;
  }

  #keepRow(): void {
    const from = this.#used;
    this.#used += this.#length;
    if (this.#used > this.#rows.length) {
      const longer = new Int32Array(this.#used * 2);
      longer.set(this.#rows);
      this.#rows = longer;
    }
    for (let at = 0; at < this.#length; at++) this.#rows[from + at] = this.#row[at] as number;
  }

  #widen(): void {
    const narrow = this.#places;
    this.#places = new Int32Array(narrow.length * 2);
    for (let at = 0; at < narrow.length; at += WIDTH) {
      const number = narrow[at + 1] as number;
      if (number === 0) continue;
      put(this.#places, narrow[at] as number, number, narrow[at + 2] as number, narrow[at + 3] as number);
    }
  }

  #makeRoom(length: number): void {
    const longer = new Int32Array((this.#length + length) * 2);
    longer.set(this.#row);
    this.#row = longer;
  }

  #hashOf(): number {
    const row = this.#row;
    let hash = this.#length;
    for (let at = 0; at < this.#length; at++) {
      hash = Math.imul(hash ^ (row[at] as number), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  #isRow(from: number, to: number): boolean {
    const [rows, row] = [this.#rows, this.#row];
    if (to - from !== this.#length) return false;
    for (let at = from; at < to; at++) if (rows[at] !== row[at - from]) return false;
    return true;
  }
}

/** Puts an entry at the first free place from where its hash belongs. */
function put(places: Int32Array, hash: number, number: number, from: number, to: number): void {
  const last = places.length - WIDTH;
  let at = (hash * WIDTH) & last;
  while (places[at + 1] !== 0) at = (at + WIDTH) & last;
  places[at] = hash;
  places[at + 1] = number;
  places[at + 2] = from;
  places[at + 3] = to;
}
