/**
 * Sets of small numbers, each made once: two ways to the same set give the same array. Stepping from a set to the one with
 * a number more or less is remembered, because neighbouring intervals repeat the same few steps hundreds of thousands of times.
 */
export class InternedSets {
  readonly #sets = new Map<string, readonly number[]>();
  readonly #steps = new Map<readonly number[], Map<number, readonly number[]>>();
  readonly empty: readonly number[] = this.#intern([]);

  with(set: readonly number[], value: number): readonly number[] {
    return this.#step(set, value, () => [...set, value].sort((a, b) => a - b));
  }

  without(set: readonly number[], value: number): readonly number[] {
    return this.#step(set, value, () => set.filter((member) => member !== value));
  }

  /** A step from one set by a value, which leads up or down, never both: the value is in the set or not. */
  #step(from: readonly number[], value: number, make: () => number[]): readonly number[] {
    const steps = this.#steps.get(from) ?? new Map<number, readonly number[]>();
    this.#steps.set(from, steps);
    const known = steps.get(value);
    if (known !== undefined) return known;
    const to = this.#intern(make());
    steps.set(value, to);
    return to;
  }

  #intern(set: number[]): readonly number[] {
    const key = set.join();
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    this.#sets.set(key, set);
    return set;
  }
}
