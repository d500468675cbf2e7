/** How many decisions are remembered; a decision of 200 policies takes some 500 bytes. */
const CAPACITY = 20_000;

const FIRST_PLACES = 64;

/** Its row stands among the rows from an offset on. */
interface Entry<Value> {
  readonly hash: number;
  readonly from: number;
  readonly length: number;
  readonly value: Value;
}

/** Decisions by what they follow from, written as a row of numbers: two rows are never taken for one another. */
export class DecisionTable<Value> {
  /** Each entry at the first free place from where its hash belongs; twice as many places as entries, and a power of two. */
  #places = emptyPlaces<Value>(FIRST_PLACES);
  #size = 0;
  /** The rows of all entries, one behind the other. */
  #rows = new Int32Array(64);
  #used = 0;
  /** How often everything was forgotten. */
  #anew = 0;
  #row = new Int32Array(64);
  #length = 0;

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
    return this.#find(this.#hash());
  }

  #find(hash: number): Value | undefined {
    const mask = this.#places.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const entry = this.#places[place];
      if (entry === undefined) return undefined;
      if (entry.hash === hash && this.#isRow(entry.from, entry.length)) return entry.value;
    }
  }

  /** The value of the row, made where it is new. */
  value(make: () => Value): Value {
    const hash = this.#hash();
    const known = this.#find(hash);
    if (known !== undefined) return known;
    if (this.#size >= CAPACITY) this.#forget();
    const [from, length, anew] = [this.#keepRow(), this.#length, this.#anew];
    // What makes the value may ask this table for others, and so many that everything is forgotten.
    const value = make();
    if (anew === this.#anew) this.#keep({ hash, from, length, value });
    return value;
  }

  #forget(): void {
    this.#places = emptyPlaces(FIRST_PLACES);
    this.#size = 0;
    this.#used = 0;
    this.#anew++;
  }

  /** Keeps the row; gives the offset at which it stands. */
  #keepRow(): number {
    const from = this.#used;
    this.#used += this.#length;
    if (this.#used > this.#rows.length) {
      const longer = new Int32Array(this.#used * 2);
      longer.set(this.#rows);
      this.#rows = longer;
    }
    for (let at = 0; at < this.#length; at++) this.#rows[from + at] = this.#row[at] as number;
    return from;
  }

  #keep(entry: Entry<Value>): void {
    if (++this.#size * 2 > this.#places.length) this.#widen();
    put(this.#places, entry);
  }

  #widen(): void {
    const places = emptyPlaces<Value>(this.#places.length * 2);
    for (const entry of this.#places) if (entry !== undefined) put(places, entry);
    this.#places = places;
  }

  #makeRoom(length: number): void {
    const longer = new Int32Array((this.#length + length) * 2);
    longer.set(this.#row);
    this.#row = longer;
  }

  #hash(): number {
    let hash = this.#length;
    for (let at = 0; at < this.#length; at++) {
      hash = Math.imul(hash ^ (this.#row[at] ?? 0), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  #isRow(from: number, length: number): boolean {
    if (length !== this.#length) return false;
    const [rows, row] = [this.#rows, this.#row];
    for (let at = 0; at < length; at++) if (rows[from + at] !== row[at]) return false;
    return true;
  }
}

function emptyPlaces<Value>(count: number): (Entry<Value> | undefined)[] {
  return new Array<Entry<Value> | undefined>(count).fill(undefined);
}

function put<Value>(places: (Entry<Value> | undefined)[], entry: Entry<Value>): void {
  const mask = places.length - 1;
  let place = entry.hash & mask;
  while (places[place] !== undefined) place = (place + 1) & mask;
  places[place] = entry;
}
