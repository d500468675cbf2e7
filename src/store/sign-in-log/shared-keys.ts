import type { Key } from './columns.ts';

/** The keys of some places of a row that follow from one thing, looked up once for all sign-ins that share it. */
export class SharedKeys<Shared extends object> {
  readonly #places: readonly number[];
  readonly #keysOf: (shared: Shared) => readonly (Key | null)[];
  #known = new WeakMap<Shared, readonly (Key | null)[]>();

  constructor(places: readonly number[], keysOf: (shared: Shared) => readonly (Key | null)[]) {
    this.#places = places;
    this.#keysOf = keysOf;
  }

  put(shared: Shared, row: (Key | null)[]): void {
    const keys = this.#known.get(shared) ?? this.#keep(shared);
    for (let at = 0; at < keys.length; at++) row[this.#places[at] as number] = keys[at] as Key | null;
  }

  forget(): void {
    this.#known = new WeakMap();
  }

  #keep(shared: Shared): readonly (Key | null)[] {
    const keys = this.#keysOf(shared);
    this.#known.set(shared, keys);
    return keys;
  }
}
