/** How many decisions are remembered; a decision of 200 policies takes some 500 bytes. */
const CAPACITY = 20_000;

/** Decisions by what they follow from, written as a row of numbers: two rows are never taken for one another. */
export class DecisionTable<Value> {
  readonly #entries = new Map<number, { readonly key: Int32Array; readonly value: Value }[]>();
  #row = new Int32Array(64);
  #length = 0;
  #size = 0;

  /** Begins a new row. */
  begin(): void {
    this.#length = 0;
  }

  put(value: number): void {
    if (this.#length === this.#row.length) {
      const longer = new Int32Array(this.#length * 2);
      longer.set(this.#row);
      this.#row = longer;
    }
    this.#row[this.#length++] = value;
  }

  putAll(values: Uint32Array): void {
    for (let at = 0; at < values.length; at++) this.put(values[at] ?? 0);
  }

  /** The value of the row, made where it is new. */
  value(make: () => Value): Value {
    const hash = this.#hash();
    const entries = this.#entries.get(hash);
    if (entries !== undefined) {
      for (const entry of entries) if (this.#isRow(entry.key)) return entry.value;
    }
    const key = this.#row.slice(0, this.#length);
    return this.#keep(hash, key, make());
  }

  #keep(hash: number, key: Int32Array, value: Value): Value {
    if (this.#size >= CAPACITY) {
      this.#entries.clear();
      this.#size = 0;
    }
    this.#size++;
    const entries = this.#entries.get(hash);
    if (entries === undefined) this.#entries.set(hash, [{ key, value }]);
    else entries.push({ key, value });
    return value;
  }

  #hash(): number {
    let hash = this.#length;
    for (let at = 0; at < this.#length; at++) {
      hash = Math.imul(hash ^ (this.#row[at] ?? 0), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  #isRow(key: Int32Array): boolean {
    if (key.length !== this.#length) return false;
    for (let at = 0; at < key.length; at++) if (key[at] !== this.#row[at]) return false;
    return true;
  }
}
