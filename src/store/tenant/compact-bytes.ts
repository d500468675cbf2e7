import { CLOSE_LIST, CLOSE_OBJECT, COLON, COMMA, NEWLINE, OPEN_LIST, OPEN_OBJECT, QUOTE, SPACE } from './json-signs.ts';

/** How many spaces an item of a tenant stands behind, and how many more each level inside of it. */
export const ITEM_INDENT = 6;
const LEVEL = 2;

/** Room for what is made compact, and for its members in another order. */
let room = Buffer.alloc(0);
let sorted = Buffer.alloc(0);
/** Where the members of the item begin in the room, each at its comma or at the bracket. */
const members: number[] = [];

/**
 * The bytes of an item without the spaces between its tokens, as `JSON.stringify` writes it on one line; good until the next
 * call. `undefined` where it does not stand as `JSON.stringify` lays it out in a tenant file, to the last space. No text in it
 * has an escape.
 */
export function compacted(bytes: Buffer, start: number, end: number): Buffer | undefined {
  members.length = 0;
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
  if (compact?.[0] !== OPEN_OBJECT || members.length === 0) return compact;
  if (sorted.length < compact.length) sorted = Buffer.alloc(room.length);
  const places = [0, ...members].map((from, at) => ({ from: from + 1, to: members[at] ?? compact.length - 1 }));
  const named = places.map((place) => ({ ...place, name: nameAt(compact, place.from) }));
  let to = 0;
  for (const { from, to: end } of named.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    sorted[to++] = to === 1 ? OPEN_OBJECT : COMMA;
    to += compact.copy(sorted, to, from, end);
  }
  sorted[to++] = CLOSE_OBJECT;
  return sorted.subarray(0, to);
}

function nameAt(compact: Buffer, quote: number): string {
  return compact.toString('latin1', quote + 1, compact.indexOf(QUOTE, quote + 1));
}

const isOpening = (byte: number) => byte === OPEN_OBJECT || byte === OPEN_LIST;
const isClosing = (byte: number | undefined) => byte === CLOSE_OBJECT || byte === CLOSE_LIST;

function behindSpaces(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === SPACE) at++;
  return at;
}
