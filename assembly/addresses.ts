/** Addresses as numbers; see src/intake/sign-ins/scan/address-words.ts, and src/core/network/plain-address.ts for how they are read. */
import { byteAt, COLON, QUOTE } from './json';
import { reserve } from './room';

/** Stands for the version of what is written otherwise (address-words.ts). */
const UNREAD: u32 = 1;

const DOT: u32 = 0x2e;
const GROUPS: i32 = 8;
/** One more than there may be, so that it shows. */
const groups = reserve((GROUPS + 1) << 2);

/** Puts version and words of the address that is the value between two offsets; 0: the record has none. */
export function putAddress(start: usize, end: usize, words: usize): void {
  for (let at: usize = 0; at < 20; at += 4) store<u32>(words + at, 0);
  if (start === 0 || byteAt(start) === 0x6e || (byteAt(start) === QUOTE && end - start === 2)) return;
  const isRead =
    byteAt(start) === QUOTE && (putOctets(start + 1, end - 1, words) || putGroups(start + 1, end - 1, words));
  if (!isRead) store<u32>(words, UNREAD);
}

/** Four decimal octets. */
function putOctets(from: usize, to: usize, words: usize): bool {
  let word: u32 = 0;
  let octet: i32 = -1;
  let dots = 0;
  for (let at = from; at < to; at++) {
    const byte = byteAt(at);
    if (byte === DOT && octet >= 0) {
      word = (word << 8) | <u32>octet;
      octet = -1;
      dots++;
    } else {
      const digit = byte - 0x30;
      if (digit > 9 || octet === 0) return false;
      octet = octet < 0 ? <i32>digit : octet * 10 + <i32>digit;
      if (octet > 255) return false;
    }
  }
  if (dots !== 3 || octet < 0) return false;
  store<u32>(words, 4);
  store<u32>(words, (word << 8) | <u32>octet, 4);
  return true;
}

/** IPv6 in groups with at most one `::`. */
function putGroups(from: usize, to: usize, words: usize): bool {
  let count = 0;
  let gapAt = -1;
  let at = from;
  while (at < to) {
    let end = at;
    let value: u32 = 0;
    while (end < to && hexDigit(byteAt(end)) <= 15) value = (value << 4) | hexDigit(byteAt(end++));
    const isEmpty = end === at;
    if (!isEmpty) store<u32>(groups + (count++ << 2), value);
    if (end - at > 4 || count > GROUPS || (isEmpty && at > from)) return false;
    if (end === to) break;
    const isGap = byteAt(end + 1) === COLON;
    if (byteAt(end) !== COLON || (!isGap && (isEmpty || end + 1 === to))) return false;
    if (isGap && gapAt >= 0) return false;
    if (isGap) gapAt = count;
    at = end + (isGap ? 2 : 1);
  }
  if (gapAt < 0 ? count !== GROUPS : count > GROUPS - 1) return false;
  if (gapAt >= 0) spread(count, gapAt);
  putWords(words);
  return true;
}

function hexDigit(byte: u32): u32 {
  const digit = byte - 0x30;
  if (digit <= 9) return digit;
  const letter = (byte | 0x20) - 0x61;
  return letter <= 5 ? letter + 10 : 16;
}

/** Groups behind the gap go to the end. */
function spread(count: i32, gapAt: i32): void {
  for (let at = count; at < GROUPS; at++) store<u32>(groups + (at << 2), 0);
  let to = GROUPS - 1;
  for (let from = count - 1; from >= gapAt; from--) {
    store<u32>(groups + (to-- << 2), load<u32>(groups + (from << 2)));
    store<u32>(groups + (from << 2), 0);
  }
}

/** An IPv4 address in IPv6 is that address. */
function putWords(words: usize): void {
  const a = wordAt(0);
  const b = wordAt(1);
  const c = wordAt(2);
  const d = wordAt(3);
  if (a === 0 && b === 0 && c === 0xffff) {
    store<u32>(words, 4);
    store<u32>(words, d, 4);
    return;
  }
  store<u32>(words, 6);
  store<u32>(words, a, 4);
  store<u32>(words, b, 8);
  store<u32>(words, c, 12);
  store<u32>(words, d, 16);
}

function wordAt(word: usize): u32 {
  const at = groups + (word << 3);
  return (load<u32>(at) << 16) | load<u32>(at, 4);
}
