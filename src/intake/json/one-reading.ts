import type { ByteWindow } from './byte-window.ts';
import { membersOf } from './pointer.ts';

/** A value that is looked for, or that holds one. */
interface Wanted {
  offset: number | undefined;
  /** Most hold nothing that is looked for. */
  within: Map<string, Wanted> | undefined;
  readonly holder: Wanted | undefined;
}

/**
 * Where the values begin that the pointers name, or the nearest parent of each where there is no such value: all of them in one
 * reading of the text that begins at `start`, which is known to be JSON without comments and with no name twice in an object. It ends
 * with the last of them: what a tenant has most of stands behind what is looked for most.
 */
export function offsetsIn(bytes: ByteWindow, pointers: Iterable<string>, start = 0): ReadonlyMap<string, number> {
  const root: Wanted = { offset: undefined, within: undefined, holder: undefined };
  const wanted = new Map<string, Wanted>();
  for (const pointer of pointers) if (!wanted.has(pointer)) wanted.set(pointer, wantedIn(root, membersOf(pointer)));
  new Reading(bytes, root).read(start);
  const offsets = new Map<string, number>();
  for (const [pointer, each] of wanted) offsets.set(pointer, nearestOffset(each));
  return offsets;
}

function wantedIn(root: Wanted, members: readonly string[]): Wanted {
  let at = root;
  for (const member of members) {
    at.within ??= new Map();
    const next = at.within.get(member) ?? { offset: undefined, within: undefined, holder: at };
    at.within.set(member, next);
    at = next;
  }
  return at;
}

function nearestOffset(wanted: Wanted): number {
  let at: Wanted | undefined = wanted;
  while (at !== undefined && at.offset === undefined) at = at.holder;
  return at?.offset ?? 0;
}

const OPEN_LIST = 0x5b;
const OPEN_OBJECT = 0x7b;

/** One reading, which goes on while anything is wanted that was not found. */
class Reading {
  readonly #bytes: ByteWindow;
  readonly #root: Wanted;
  #missing: number;

  constructor(bytes: ByteWindow, root: Wanted) {
    this.#bytes = bytes;
    this.#root = root;
    this.#missing = sizeOf(root);
  }

  read(start: number): void {
    this.#visit(this.#bytes.afterSpace(start), this.#root);
  }

  /** Notes where the value begins, and what is wanted inside of it; gives the place behind it. */
  #visit(at: number, wanted: Wanted): number {
    wanted.offset = at;
    this.#missing--;
    const { within } = wanted;
    if (within === undefined) return this.#bytes.endOfValue(at);
    const kind = this.#bytes.at(at);
    if (kind === OPEN_LIST) return this.#visitElements(at, within);
    return kind === OPEN_OBJECT ? this.#visitMembers(at, within) : this.#bytes.endOfValue(at);
  }

  #visitElements(start: number, within: ReadonlyMap<string, Wanted>): number {
    const bytes = this.#bytes;
    let at = bytes.afterSpace(start + 1);
    for (let index = 0; this.#missing > 0 && !bytes.isClose(at); index++) {
      at = bytes.afterComma(this.#pass(at, within.get(String(index))));
    }
    return at + 1;
  }

  #visitMembers(start: number, within: ReadonlyMap<string, Wanted>): number {
    const bytes = this.#bytes;
    let at = bytes.afterSpace(start + 1);
    while (this.#missing > 0 && !bytes.isClose(at)) {
      const end = bytes.endOfText(at);
      const wanted = within.get(String(JSON.parse(bytes.text(at, end))));
      const value = bytes.afterSpace(bytes.afterSpace(end) + 1);
      at = bytes.afterComma(this.#pass(value, wanted));
    }
    return at + 1;
  }

  /** Nothing is looked for in a value that nobody wants. */
  #pass(at: number, wanted: Wanted | undefined): number {
    return wanted === undefined ? this.#bytes.endOfValue(at) : this.#visit(at, wanted);
  }
}

/** How many values are wanted, with those that hold them. */
function sizeOf({ within }: Wanted): number {
  let size = 1;
  for (const wanted of within?.values() ?? []) size += sizeOf(wanted);
  return size;
}
