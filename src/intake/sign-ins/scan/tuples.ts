const FIRST_PLACES = 1024;

/** What belongs to a row of numbers, such as what follows from the values of a few members. */
export class Tuples<Value> {
  readonly #width: number;
  #rows: Int32Array;
  readonly #values: Value[] = [];
  /** Positions of rows by their hash, counted from 1; 0 where none is. */
  #places = new Int32Array(FIRST_PLACES);

  constructor(width: number) {
    this.#width = width;
    this.#rows = new Int32Array(width * FIRST_PLACES);
  }

  get size(): number {
    return this.#values.length;
  }

  clear(): void {
    this.#values.length = 0;
    this.#places.fill(0);
  }

  /** The value that has a number. */
  at(number: number): Value {
    return this.#values[number - 1] as Value;
  }

  /** The number, from 1, of what belongs to the first numbers of `row`; 0: nothing does. */
  find(row: Int32Array): number {
    const mask = this.#places.length - 1;
    for (let place = this.#hash(row, 0) & mask; ; place = (place + 1) & mask) {
      const position = this.#places[place] as number;
      if (position === 0 || this.#isRow(position - 1, row)) return position;
    }
  }

  /** Keeps what belongs to a row that was not found; gives its number. */
  keep(row: Int32Array, value: Value): number {
    const at = this.#values.length * this.#width;
    if (at + this.#width > this.#rows.length) {
      const more = new Int32Array(this.#rows.length * 2);
      more.set(this.#rows);
      this.#rows = more;
    }
    for (let column = 0; column < this.#width; column++) this.#rows[at + column] = row[column] as number;
    this.#values.push(value);
    this.#place(this.#values.length);
    if (this.#values.length * 2 > this.#places.length) this.#rehash();
    return this.#values.length;
  }

  #rehash(): void {
    this.#places = new Int32Array(this.#places.length * 2);
    for (let position = 1; position <= this.#values.length; position++) this.#place(position);
  }

  /** Puts a position at the first free place from where its row belongs. */
  #place(position: number): void {
    const mask = this.#places.length - 1;
    let place = this.#hash(this.#rows, (position - 1) * this.#width) & mask;
    while (this.#places[place] !== 0) place = (place + 1) & mask;
    this.#places[place] = position;
  }

  #hash(row: Int32Array, from: number): number {
    let hash = this.#width;
    for (let column = 0; column < this.#width; column++) {
      hash = Math.imul(hash ^ (row[from + column] as number), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  #isRow(position: number, row: Int32Array): boolean {
    const from = position * this.#width;
    for (let column = 0; column < this.#width; column++) if (this.#rows[from + column] !== row[column]) return false;
    return true;
  }
}
