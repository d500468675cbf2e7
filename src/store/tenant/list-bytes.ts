import { compacted, compactedInOrder } from './compact-bytes.ts';

const PLAIN = 1;
const IN_ORDER = 2;
const LAID_OUT = 4;
const NOT_LAID_OUT = 8;

/**
 * Where the items of a list stand in the file that it was read from, noted while it is read. Numbers alone, since a tenant may
 * have a hundred thousand people.
 */
export class ListBytes {
  readonly bytes: Buffer;
  readonly #places: number[] = [];
  readonly #marks: number[] = [];

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /**
   * `isPlain`: texts and numbers stand as `JSON.stringify` writes them. `isInOrder`: the members of all objects inside of the item
   * stand in code unit order, and its own have names in ASCII.
   */
  add(start: number, end: number, isPlain: boolean, isInOrder: boolean): void {
    this.#places.push(start, end);
    this.#marks.push((isPlain ? PLAIN : NOT_LAID_OUT) | (isInOrder ? IN_ORDER : 0));
  }

  placeOf(index: number): readonly [start: number, end: number] {
    return [this.#places[index * 2] ?? 0, this.#places[index * 2 + 1] ?? 0];
  }

  /** The canonical JSON of the item where its bytes have it, good until the next call. */
  canonicalOf(index: number): Buffer | undefined {
    return this.#has(index, PLAIN | IN_ORDER) ? this.#compacted(index, compactedInOrder) : undefined;
  }

  /** Whether the item stands in the file as it would be written. */
  isLaidOut(index: number): boolean {
    if (!this.#has(index, LAID_OUT) && !this.#has(index, NOT_LAID_OUT)) this.#compacted(index, compacted);
    return this.#has(index, LAID_OUT);
  }

  #compacted(index: number, compactedBy: typeof compacted): Buffer | undefined {
    const compact = compactedBy(this.bytes, ...this.placeOf(index));
    this.#marks[index] = (this.#marks[index] ?? 0) | (compact === undefined ? NOT_LAID_OUT : LAID_OUT);
    return compact;
  }

  #has(index: number, marks: number): boolean {
    return ((this.#marks[index] ?? 0) & marks) === marks;
  }
}

/** By the lists that were read: neither these nor their items are ever changed. */
const READ = new WeakMap<object, ListBytes>();

export function noteList(list: readonly unknown[], bytes: ListBytes): void {
  READ.set(list, bytes);
}

/** Lets go of what was read of the list, for who will not write it. */
export function forgetList(list: object): void {
  READ.delete(list);
}

/** An item that was read, by its place in the list that it was read in. */
export interface ReadItem {
  readonly list: ListBytes;
  readonly index: number;
}

/**
 * Finds what was read of the items of a list: of one that was read itself, or that holds items of another one that was, `earlier`.
 * `undefined` for an item that was made since.
 */
export function readItemsOf(list: readonly unknown[], earlier?: unknown): (at: number) => ReadItem | undefined {
  const own = READ.get(list);
  if (own !== undefined) return (index) => ({ list: own, index });
  const read = Array.isArray(earlier) ? READ.get(earlier) : undefined;
  if (read === undefined || !Array.isArray(earlier)) return () => undefined;
  const positions = new Map(earlier.map((item, at): [unknown, number] => [item, at]));
  return (at) => {
    const index = positions.get(list[at]);
    return index === undefined ? undefined : { list: read, index };
  };
}
