import { afterComma, afterSpace, endOfText, endOfValue, isClose } from './offsets.ts';
import { membersOf } from './pointer.ts';

/** A value that is looked for, or that holds one. */
interface Wanted {
  offset: number | undefined;
  readonly within: Map<string, Wanted>;
}

/**
 * Where the values begin that the pointers name, or the nearest parent of each where there is no such value: all of them in one
 * reading of the text, which is known to be JSON without comments. `nameOf` reads a name of a member as it is written, in its quotes.
 */
export function offsetsIn(
  text: string,
  pointers: Iterable<string>,
  nameOf: (written: string) => string = (written) => String(JSON.parse(written)),
): ReadonlyMap<string, number> {
  const root: Wanted = { offset: undefined, within: new Map() };
  const paths = new Map<string, readonly Wanted[]>();
  for (const pointer of pointers) paths.set(pointer, pathOf(root, membersOf(pointer)));
  visit({ text, nameOf }, afterSpace(text, 0), root);
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

interface Read {
  readonly text: string;
  readonly nameOf: (written: string) => string;
}

/** Notes where the value begins, and what is wanted inside of it; gives the place behind it. */
function visit(read: Read, at: number, wanted: Wanted): number {
  const { text } = read;
  wanted.offset = at;
  if (wanted.within.size === 0) return endOfValue(text, at);
  switch (text[at]) {
    case '[':
      return visitElements(read, at, wanted);
    case '{':
      return visitMembers(read, at, wanted);
    default:
      return endOfValue(text, at);
  }
}

function visitElements(read: Read, start: number, { within }: Wanted): number {
  const { text } = read;
  let at = afterSpace(text, start + 1);
  for (let index = 0; !isClose(text, at); index++) {
    const wanted = within.get(String(index));
    at = afterComma(text, wanted === undefined ? endOfValue(text, at) : visit(read, at, wanted));
  }
  return at + 1;
}

function visitMembers(read: Read, start: number, { within }: Wanted): number {
  const { text, nameOf } = read;
  let at = afterSpace(text, start + 1);
  while (!isClose(text, at)) {
    const name = text.slice(at, endOfText(text, at));
    const value = afterSpace(text, afterSpace(text, at + name.length) + 1);
    const wanted = within.get(nameOf(name));
    at = afterComma(text, wanted === undefined ? endOfValue(text, value) : visit(read, value, wanted));
  }
  return at + 1;
}
