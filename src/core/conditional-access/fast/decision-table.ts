/** How many decisions are remembered; a decision of 200 policies takes some 500 bytes. */
const CAPACITY = 32_768;

const FIRST_PLACES = 64;

/** Numbers that tell of an entry: its hash, and where among the rows its own begins and ends. */
const WIDTH = 3;

/** Decisions by what they follow from, written as a row of numbers: two rows are never taken for one another. */
export class DecisionTable<Value> {
  /**
   * The number of each entry, from 1, at the first free place from where its hash belongs; twice as many places as entries, and a
   * power of two.
   */
  #places = new Int32Array(FIRST_PLACES);
  #entries = new Int32Array((FIRST_PLACES / 2) * WIDTH);
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
    const [places, entries] = [this.#places, this.#entries];
    const mask = places.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const number = places[place] as number;
      if (number === 0) return undefined;
      const at = (number - 1) * WIDTH;
      if (entries[at] === hash && this.#isRow(entries[at + 1] as number, entries[at + 2] as number)) {
        return this.#values[number - 1];
      }
    }
  }

  /** Keeps the value of the row that was just found to be new. */
  keep(value: Value): Value {
    if (this.#values.length >= CAPACITY) this.#forget();
    const at = this.#values.length * WIDTH;
    if (at === this.#entries.length) this.#widen();
    this.#entries[at] = this.#hash;
    this.#entries[at + 1] = this.#used;
    this.#keepRow();
    this.#entries[at + 2] = this.#used;
    this.#values.push(value);
    this.#place(this.#values.length);
    return value;
  }

  /** The value of the row, made where it is new: without asking this table for another. */
  value(make: () => Value): Value {
    return this.known() ?? this.keep(make());
  }

  #forget(): void {
    this.#places = new Int32Array(FIRST_PLACES);
    this.#entries = new Int32Array((FIRST_PLACES / 2) * WIDTH);
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
    const entries = new Int32Array(this.#entries.length * 2);
    entries.set(this.#entries);
    this.#entries = entries;
    this.#places = new Int32Array(this.#places.length * 2);
    for (let number = 1; number <= this.#values.length; number++) this.#place(number);
  }

  #place(number: number): void {
    const mask = this.#places.length - 1;
    let place = (this.#entries[(number - 1) * WIDTH] as number) & mask;
    while (this.#places[place] !== 0) place = (place + 1) & mask;
    this.#places[place] = number;
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
