/** So many keys are remembered before what came to them is counted. */
const UNCOUNTED = 20_000;

/**
 * Collects what comes to keys that come again and again, such as the decisions that sign-ins share, and counts it later, at once for
 * all that came to a key: until then each costs no more than looking for its key.
 */
export class CountedLater<Key extends object, Collected extends object> {
  readonly #known = new Map<Key, Collected>();
  readonly #begin: (key: Key) => Collected;
  readonly #count: (key: Key, collected: Collected) => void;
  /** Often the same key comes several times in a row. */
  #lastKey: Key | undefined;
  #last: Collected | undefined;

  /** `begin` makes what a key collects in, with nothing in it yet; `count` takes it when it is time. */
  constructor(begin: (key: Key) => Collected, count: (key: Key, collected: Collected) => void) {
    this.#begin = begin;
    this.#count = count;
  }

  /** What the key collects in: good until the next key is asked for. */
  of(key: Key): Collected {
    if (this.#last === undefined || key !== this.#lastKey) {
      this.#last = this.#known.get(key) ?? this.#keep(key);
      this.#lastKey = key;
    }
    return this.#last;
  }

  #keep(key: Key): Collected {
    if (this.#known.size >= UNCOUNTED) this.flush();
    const collected = this.#begin(key);
    this.#known.set(key, collected);
    return collected;
  }

  /** Counts what is not counted yet. */
  flush(): void {
    for (const [key, collected] of this.#known) this.#count(key, collected);
    this.#known.clear();
    this.#lastKey = undefined;
    this.#last = undefined;
  }
}
