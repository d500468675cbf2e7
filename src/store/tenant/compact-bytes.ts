import { CLOSE_LIST, CLOSE_OBJECT, COLON, COMMA, NEWLINE, OPEN_LIST, OPEN_OBJECT, QUOTE, SPACE } from './json-signs.ts';

/** How many spaces an item of a tenant stands behind, and how many more each level inside of it. */
export const ITEM_INDENT = 6;
const LEVEL = 2;

/** Room for what is made compact, and for its members in another order. */
let room = Buffer.alloc(0);
let sorted = Buffer.alloc(0);
/** Where the members of the item begin in the room, each at its comma or, the first, at the bracket. */
const members = [0];

/**
 * The bytes of an item without the spaces between its tokens, as `JSON.stringify` writes it on one line; good until the next
 * call. `undefined` where it does not stand as `JSON.stringify` lays it out in a tenant file, to the last space. No text in it
 * has an escape.
 */
export function compacted(bytes: Buffer, start: number, end: number): Buffer | undefined {
  members.length = 1;
  if (room.length < end - start) room = Buffer.alloc(2 * (end - start));
  let [at, to, indent, last] = [start, 0, ITEM_INDENT, 0];
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte === NEWLINE) {
      const behind = behindSpaces(bytes, at + 1);
      const isEnd = isClosing(bytes[behind]);
      if (isEnd) indent -= LEVEL;
      if (behind - at - 1 !== indent || isEnd === (last === COMMA || isOpening(last))) return undefined;
      at = behind;
      if (!isEnd) continue;
      last = bytes[at++] ?? 0;
      room[to++] = last;
      continue;
    }
    if (byte <= SPACE) return undefined;
    if (byte === COMMA && indent === ITEM_INDENT + LEVEL) members.push(to);
    last = byte;
    room[to++] = byte;
    at++;
    if (byte === QUOTE) {
      for (let inside = 0; inside !== QUOTE; room[to++] = inside) inside = bytes[at++] ?? QUOTE;
    } else if (byte === COLON) {
      if (bytes[at++] !== SPACE) return undefined;
    } else if (isOpening(byte) && bytes[at] === byte + 2) {
      last = byte + 2;
      room[to++] = last;
      at++;
    } else if (isOpening(byte)) {
      indent += LEVEL;
      if (bytes[at] !== NEWLINE) return undefined;
    } else if (isClosing(byte) || (byte === COMMA && bytes[at] !== NEWLINE)) return undefined;
  }
  return room.subarray(0, to);
}

/** The same with the members of the item, all of them in ASCII, in code unit order; what is inside of them stays as it is. */
export function compactedInOrder(bytes: Buffer, start: number, end: number): Buffer | undefined {
  const compact = compacted(bytes, start, end);
  if (compact?.[0] !== OPEN_OBJECT || members.length === 1) return compact;
  if (sorted.length < compact.length) sorted = Buffer.alloc(room.length);
  let to = 0;
  for (const member of orderOf(compact)) {
    sorted[to++] = to === 1 ? OPEN_OBJECT : COMMA;
    to += copied(compact, (members[member] ?? 0) + 1, members[member + 1] ?? compact.length - 1, to);
  }
  sorted[to++] = CLOSE_OBJECT;
  return sorted.subarray(0, to);
}

/** The names of the members of the item before, in quotes, and in which order they are to stand. */
let known: { readonly names: readonly Buffer[]; readonly order: readonly number[] } = { names: [], order: [] };

/** In which order the members of the item are to stand. The items of a list have the same names, nearly all of them. */
function orderOf(item: Buffer): readonly number[] {
  const { names, order } = known;
  if (names.length === members.length && names.every((name, at) => isAt(item, (members[at] ?? 0) + 1, name)))
    return order;
  const own = members.map((from) => nameAt(item, from + 1));
  const texts = own.map((name) => name.toString('latin1', 1, name.length - 1));
  const inOrder = [...own.keys()].sort((a, b) => ((texts[a] ?? '') < (texts[b] ?? '') ? -1 : 1));
  known = { names: own, order: inOrder };
  return inOrder;
}

function isAt(item: Buffer, from: number, name: Buffer): boolean {
  for (let at = 0; at < name.length; at++) if (item[from + at] !== name[at]) return false;
  return true;
}

function nameAt(item: Buffer, quote: number): Buffer {
  return Buffer.from(item.subarray(quote, item.indexOf(QUOTE, quote + 1) + 1));
}

/** Bytes up to which a call that copies takes longer to begin than a loop to end. */
const FEW = 128;

/** Copies a member; gives how many bytes it has. */
function copied(item: Buffer, from: number, end: number, to: number): number {
  if (end - from > FEW) return item.copy(sorted, to, from, end);
  for (let at = from; at < end; at++) sorted[to + at - from] = item[at] ?? 0;
  return end - from;
}

const isOpening = (byte: number) => byte === OPEN_OBJECT || byte === OPEN_LIST;
const isClosing = (byte: number | undefined) => byte === CLOSE_OBJECT || byte === CLOSE_LIST;

function behindSpaces(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === SPACE) at++;
  return at;
}
