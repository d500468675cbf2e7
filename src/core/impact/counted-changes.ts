import type { Change } from './change.ts';
import { Counter } from './counter.ts';

/** A change with the sign-ins that came to it and are not counted yet. */
export interface CountedChange {
  readonly change: Change;
  readonly counter: Counter;
  /** The counts of people that have whoever it comes to, in bits. */
  readonly in: number;
}

/** Sign-ins that come to the same share a change: so many changes are counted at once. */
const UNCOUNTED = 20_000;

/** Changes as they come, each looked for once a sign-in. */
export class CountedChanges {
  readonly #known = new Map<Change, CountedChange>();
  readonly #bitsOf: (change: Change) => number;
  readonly #count: (counted: CountedChange) => void;
  /** Most sign-ins come to nothing, one as the other. */
  #last: CountedChange | undefined;

  constructor(bitsOf: (change: Change) => number, count: (counted: CountedChange) => void) {
    this.#bitsOf = bitsOf;
    this.#count = count;
  }

  of(change: Change): CountedChange {
    if (this.#last?.change !== change) this.#last = this.#known.get(change) ?? this.#keep(change);
    return this.#last;
  }

  #keep(change: Change): CountedChange {
    if (this.#known.size >= UNCOUNTED) this.flush();
    const counted = { change, counter: new Counter(), in: this.#bitsOf(change) };
    this.#known.set(change, counted);
    return counted;
  }

  /** Counts what is not counted yet. */
  flush(): void {
    for (const counted of this.#known.values()) this.#count(counted);
    this.#known.clear();
    this.#last = undefined;
  }
}
