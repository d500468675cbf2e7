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
 * reading of the text that begins at `start`, which is known to be JSON without comments.
 */
export function offsetsIn(bytes: ByteWindow, pointers: Iterable<string>, start = 0): ReadonlyMap<string, number> {
  const root: Wanted = { offset: undefined, within: undefined, holder: undefined };
  const wanted = new Map<string, Wanted>();
  for (const pointer of pointers) if (!wanted.has(pointer)) wanted.set(pointer, wantedIn(root, membersOf(pointer)));
  visit(bytes, bytes.afterSpace(start), root);
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

/** Notes where the value begins, and what is wanted inside of it; gives the place behind it. */
function visit(bytes: ByteWindow, at: number, wanted: Wanted): number {
  wanted.offset = at;
  const { within } = wanted;
  if (within === undefined) return bytes.endOfValue(at);
  const kind = bytes.at(at);
  if (kind === OPEN_LIST) return visitElements(bytes, at, within);
  return kind === OPEN_OBJECT ? visitMembers(bytes, at, within) : bytes.endOfValue(at);
}

function visitElements(bytes: ByteWindow, start: number, within: ReadonlyMap<string, Wanted>): number {
  let at = bytes.afterSpace(start + 1);
  for (let index = 0; !bytes.isClose(at); index++) {
    const wanted = within.get(String(index));
    at = bytes.afterComma(wanted === undefined ? bytes.endOfValue(at) : visit(bytes, at, wanted));
  }
  return at + 1;
}

function visitMembers(bytes: ByteWindow, start: number, within: ReadonlyMap<string, Wanted>): number {
  let at = bytes.afterSpace(start + 1);
  while (!bytes.isClose(at)) {
    const end = bytes.endOfText(at);
    const wanted = within.get(String(JSON.parse(bytes.text(at, end))));
    const value = bytes.afterSpace(bytes.afterSpace(end) + 1);
    at = bytes.afterComma(wanted === undefined ? bytes.endOfValue(value) : visit(bytes, value, wanted));
  }
  return at + 1;
}
