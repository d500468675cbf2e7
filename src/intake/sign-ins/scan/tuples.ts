const FIRST_PLACES = 1024;

/** Numbers, from 1, for rows of numbers: the same for the same ones. */
export class Tuples {
  readonly #width: number;
  #rows: Int32Array;
  #count = 0;
  /** The number that was found last: records that follow one another have much in common. */
  #last = 0;
  /** Numbers of rows by their hash; 0 where none is. */
  #places = new Int32Array(FIRST_PLACES);

  constructor(width: number) {
    this.#width = width;
    this.#rows = new Int32Array(width * FIRST_PLACES);
  }

  get size(): number {
    return this.#count;
  }

  clear(): void {
    this.#count = 0;
    this.#last = 0;
    this.#places.fill(0);
  }

  /** The number of the first numbers of `row`. */
  number(row: Int32Array): number {
    if (this.#last > 0 && this.#isRow(this.#last, row)) return this.#last;
    const mask = this.#places.length - 1;
    let place = this.#hash(row, 0) & mask;
    for (;;) {
      const number = this.#places[place] as number;
      if (number === 0) break;
      if (this.#isRow(number, row)) {
        this.#last = number;
        return number;
      }
      place = (place + 1) & mask;
    }
    this.#last = this.#keep(row, place);
    return this.#last;
  }

  #keep(row: Int32Array, place: number): number {
    const at = this.#count * this.#width;
    if (at + this.#width > this.#rows.length) {
      const more = new Int32Array(this.#rows.length * 2);
      more.set(this.#rows);
      this.#rows = more;
    }
    for (let column = 0; column < this.#width; column++) this.#rows[at + column] = row[column] as number;
    this.#places[place] = ++this.#count;
    if (this.#count * 2 > this.#places.length) this.#rehash();
    return this.#count;
  }

  #rehash(): void {
    const places = new Int32Array(this.#places.length * 2);
    const mask = places.length - 1;
    for (let number = 1; number <= this.#count; number++) {
      let place = this.#hash(this.#rows, (number - 1) * this.#width) & mask;
      while (places[place] !== 0) place = (place + 1) & mask;
      places[place] = number;
    }
    this.#places = places;
  }

  #hash(row: Int32Array, from: number): number {
    let hash = this.#width;
    for (let column = 0; column < this.#width; column++) {
      hash = Math.imul(hash ^ (row[from + column] as number), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  #isRow(number: number, row: Int32Array): boolean {
    const from = (number - 1) * this.#width;
    for (let column = 0; column < this.#width; column++) if (this.#rows[from + column] !== row[column]) return false;
    return true;
  }
}
