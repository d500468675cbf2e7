/** How many values of one fact are kept; then the cache starts anew, so that no stream of sign-ins can fill the memory. */
const CAPACITY = 32_768;

interface Entry<Part, Result> {
  readonly part: Part;
  readonly result: Result;
  /** Another part with the same key. */
  readonly next: Entry<Part, Result> | undefined;
}

/**
 * Remembers a result for each distinct part of the facts: found by one key, then by comparing the rest of the part, so that no
 * text is put together for a look-up and no two parts are ever taken for one another.
 */
export class PartCache<Key, Part, Result> {
  readonly #entries = new Map<Key, Entry<Part, Result>>();
  readonly #same: (kept: Part, asked: Part) => boolean;
  #size = 0;

  constructor(same: (kept: Part, asked: Part) => boolean) {
    this.#same = same;
  }

  find(key: Key, part: Part): Result | undefined {
    for (let entry = this.#entries.get(key); entry !== undefined; entry = entry.next) {
      if (this.#same(entry.part, part)) return entry.result;
    }
    return undefined;
  }

  keep(key: Key, part: Part, result: Result): Result {
    if (this.#size >= CAPACITY) {
      this.#entries.clear();
      this.#size = 0;
    }
    this.#size += 1;
    this.#entries.set(key, { part, result, next: this.#entries.get(key) });
    return result;
  }
}
