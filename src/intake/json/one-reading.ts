import type { ByteWindow } from './byte-window.ts';
import { membersOf } from './pointer.ts';

/** A value that is looked for, or that holds one. */
interface Wanted {
  offset: number | undefined;
  readonly within: Map<string, Wanted>;
}

/**
 * Where the values begin that the pointers name, or the nearest parent of each where there is no such value: all of them in one
 * reading of the text that begins at `start`, which is known to be JSON without comments.
 */
export function offsetsIn(bytes: ByteWindow, pointers: Iterable<string>, start = 0): ReadonlyMap<string, number> {
  const root: Wanted = { offset: undefined, within: new Map() };
  const paths = new Map<string, readonly Wanted[]>();
  for (const pointer of pointers) paths.set(pointer, pathOf(root, membersOf(pointer)));
  visit(bytes, bytes.afterSpace(start), root);
  const offsets = new Map<string, number>();
  for (const [pointer, path] of paths) {
    offsets.set(pointer, path.findLast(({ offset }) => offset !== undefined)?.offset ?? 0);
  }
  return offsets;
}

function pathOf(root: Wanted, members: readonly string[]): readonly Wanted[] {
  const path = [root];
  for (const member of members) {
    const { within } = path.at(-1) ?? root;
    const next = within.get(member) ?? { offset: undefined, within: new Map<string, Wanted>() };
    within.set(member, next);
    path.push(next);
  }
  return path;
}

const OPEN_LIST = 0x5b;
const OPEN_OBJECT = 0x7b;

/** Notes where the value begins, and what is wanted inside of it; gives the place behind it. */
function visit(bytes: ByteWindow, at: number, wanted: Wanted): number {
  wanted.offset = at;
  const kind = wanted.within.size === 0 ? undefined : bytes.at(at);
  if (kind === OPEN_LIST) return visitElements(bytes, at, wanted);
  return kind === OPEN_OBJECT ? visitMembers(bytes, at, wanted) : bytes.endOfValue(at);
}

function visitElements(bytes: ByteWindow, start: number, { within }: Wanted): number {
  let at = bytes.afterSpace(start + 1);
  for (let index = 0; !bytes.isClose(at); index++) {
    const wanted = within.get(String(index));
    at = bytes.afterComma(wanted === undefined ? bytes.endOfValue(at) : visit(bytes, at, wanted));
  }
  return at + 1;
}

function visitMembers(bytes: ByteWindow, start: number, { within }: Wanted): number {
  let at = bytes.afterSpace(start + 1);
  while (!bytes.isClose(at)) {
    const end = bytes.endOfText(at);
    const wanted = within.get(String(JSON.parse(bytes.text(at, end))));
    const value = bytes.afterSpace(bytes.afterSpace(end) + 1);
    at = bytes.afterComma(wanted === undefined ? bytes.endOfValue(value) : visit(bytes, value, wanted));
  }
  return at + 1;
}
