/** Addresses as numbers; see src/intake/sign-ins/scan/address-words.ts, and src/core/network/plain-address.ts for how they are read. */
import { byteAt, COLON, QUOTE } from './json';
import { reserve } from './room';

/** Stands for the version of what is written otherwise (address-words.ts). */
const UNREAD: u32 = 1;

const SHORTEST_OCTETS: usize = 7;
const LONGEST_OCTETS: usize = 15;
const GROUPS: i32 = 8;
/** One more than there may be, so that it shows. */
const groups = reserve((GROUPS + 1) << 2);

/** Puts version and words of the address that is the value between two offsets; 0: the record has none. */
export function putAddress(start: usize, end: usize, words: usize): void {
  v128.store(words, i32x4.splat(0));
  store<u32>(words, 0, 16);
  if (start === 0 || byteAt(start) === 0x6e || (byteAt(start) === QUOTE && end - start === 2)) return;
  const isRead =
    byteAt(start) === QUOTE && (putOctets(start + 1, end - 1, words) || putGroups(start + 1, end - 1, words));
  if (!isRead) store<u32>(words, UNREAD);
}

/** Four decimal octets. */
function putOctets(from: usize, to: usize, words: usize): bool {
  const length = to - from;
  if (length < SHORTEST_OCTETS || length > LONGEST_OCTETS) return false;
  const text = v128.load(from);
  const inside = (1 << (<i32>length)) - 1;
  const digits = i8x16.bitmask(i8x16.lt_u(i8x16.sub(text, i8x16.splat(0x30)), i8x16.splat(10)));
  const first = i8x16.bitmask(i8x16.eq(text, i8x16.splat(0x2e))) & inside;
  const second = first & (first - 1);
  const third = second & (second - 1);
  if (third === 0 || (third & (third - 1)) !== 0 || ((digits | first) & inside) !== inside) return false;
  const a = octet(from, from + <usize>ctz(first));
  const b = octet(from + <usize>ctz(first) + 1, from + <usize>ctz(second));
  const c = octet(from + <usize>ctz(second) + 1, from + <usize>ctz(third));
  const d = octet(from + <usize>ctz(third) + 1, to);
  if ((a | b | c | d) > 255) return false;
  store<u32>(words, 4);
  store<u32>(words, (a << 24) | (b << 16) | (c << 8) | d, 4);
  return true;
}

/** The number that some digits are; more than an octet holds where it is none, or begins with a 0. */
function octet(from: usize, to: usize): u32 {
  const length = to - from;
  if (length - 1 > 2 || (length > 1 && byteAt(from) === 0x30)) return 256;
  // The digits go to the end of the word, the last one into its highest byte.
  const digits = (load<u32>(from) & 0x0f0f0f0f) << ((4 - <u32>length) << 3);
  return (digits >> 24) + ((digits >> 16) & 15) * 10 + ((digits >> 8) & 15) * 100;
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
