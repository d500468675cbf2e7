/**
 * An IP address, parsed once. IPv4 is one 32-bit word, IPv6 is four, most significant first; an IPv4-mapped IPv6 address
 * *is* its IPv4 address (our choice where Microsoft is silent, docs/fidelity.md). `text` is the canonical spelling.
 */
export type Address =
  | { readonly version: 4; readonly words: readonly [number]; readonly text: string }
  | { readonly version: 6; readonly words: readonly [number, number, number, number]; readonly text: string };

const DOT = 46;
const COLON = 58;
const ZERO = 48;
const NINE = 57;

/**
 * Reads one address strictly: four decimal octets without leading zeros, or IPv6 without a zone. Everything that others would
 * guess at (`127.1`, `010.0.0.1`, `0x7f000001`, `::ffff:01.2.3.4`) is `undefined`.
 */
export function parseAddress(text: string): Address | undefined {
  const word = wordOfQuad(text, 0);
  if (word >= 0) return { version: 4, words: [word], text };
  if (!readGroups(text)) return undefined;
  const words = wordsOfGroups(GROUPS);
  if (isMapped(words)) return ipv4OfWord(words[3]);
  return { version: 6, words, text: textOfGroups(GROUPS) };
}

/** The address with these words, for walking along the boundaries of ranges. */
export function addressFromWords(version: 4 | 6, words: readonly number[]): Address {
  const wordAt = (at: number) => words[at] ?? 0;
  if (version === 4) return ipv4OfWord(wordAt(0));
  if (isMapped(words)) return ipv4OfWord(wordAt(3));
  for (let at = 0; at < 4; at++) {
    GROUPS[2 * at] = wordAt(at) >>> 16;
    GROUPS[2 * at + 1] = wordAt(at) & 0xffff;
  }
  return { version: 6, words: [wordAt(0), wordAt(1), wordAt(2), wordAt(3)], text: textOfGroups(GROUPS) };
}

/** Negative, zero or positive, as `a` lies before, at or behind `b`; both of one version. */
export function compareWords(a: ArrayLike<number>, b: ArrayLike<number>): number {
  for (let at = 0; at < a.length; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether four words lie in `::ffff:0:0/96`, the IPv4-mapped addresses (RFC 4291, section 2.5.5.2). */
export function isMapped(words: ArrayLike<number>): boolean {
  return words[0] === 0 && words[1] === 0 && words[2] === 0xffff;
}

/** The unsigned word of four strict octets from `from` to the end of the text; -1 for anything else. */
function wordOfQuad(text: string, from: number): number {
  const { length } = text;
  if (length - from < 7 || length - from > 15) return -1;
  let [word, octet, digits, dots] = [0, 0, 0, 0];
  for (let at = from; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      if (digits === 0 || ++dots > 3) return -1;
      word = word * 256 + octet;
      octet = 0;
      digits = 0;
    } else {
      // A zero in front would be octal to some.
      if (code < ZERO || code > NINE || (digits > 0 && octet === 0)) return -1;
      octet = octet * 10 + code - ZERO;
      digits++;
      if (octet > 255) return -1;
    }
  }
  return dots === 3 && digits > 0 ? word * 256 + octet : -1;
}

/** Room for the groups of the address that is read or written. */
const GROUPS = [0, 0, 0, 0, 0, 0, 0, 0];

/**
 * Fills GROUPS from an IPv6 address (RFC 4291, section 2.2): eight groups of up to four hexadecimal digits, `::` once for one or more
 * groups of zeros, and the last two groups as four octets. False for anything else.
 */
function readGroups(text: string): boolean {
  const { length } = text;
  if (length < 2 || length > 45) return false;
  let [count, gap, at] = [0, -1, 0];
  if (text.charCodeAt(0) === COLON) {
    if (text.charCodeAt(1) !== COLON) return false;
    gap = 0;
    at = 2;
  }
  while (at < length) {
    if (count === 8) return false;
    let [value, digits] = [0, 0];
    let digit = hexadecimal(text.charCodeAt(at));
    const start = at;
    while (digit >= 0) {
      value = value * 16 + digit;
      if (++digits > 4) return false;
      digit = ++at < length ? hexadecimal(text.charCodeAt(at)) : -1;
    }
    if (at < length && text.charCodeAt(at) === DOT) return count <= 6 && readTail(text, start, count, gap);
    if (digits === 0) return false;
    GROUPS[count++] = value;
    if (at === length) break;
    if (text.charCodeAt(at++) !== COLON) return false;
    if (at === length) return false;
    if (text.charCodeAt(at) !== COLON) continue;
    if (gap >= 0) return false;
    gap = count;
    at++;
  }
  return widen(count, gap);
}

function readTail(text: string, from: number, count: number, gap: number): boolean {
  const word = wordOfQuad(text, from);
  if (word < 0) return false;
  GROUPS[count] = word >>> 16;
  GROUPS[count + 1] = word & 0xffff;
  return widen(count + 2, gap);
}

/** Moves the groups behind `::` to the end. */
function widen(count: number, gap: number): boolean {
  if (gap < 0) return count === 8;
  if (count === 8) return false;
  const zeros = 8 - count;
  for (let at = count - 1; at >= gap; at--) GROUPS[at + zeros] = GROUPS[at] ?? 0;
  for (let at = gap; at < gap + zeros; at++) GROUPS[at] = 0;
  return true;
}

function hexadecimal(code: number): number {
  if (code >= ZERO && code <= NINE) return code - ZERO;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** RFC 5952, section 4: the longest run of two or more groups of zeros is `::`; of equal ones, the first. */
function textOfGroups(groups: readonly number[]): string {
  const [start, length] = longestZeros(groups);
  if (length < 2) return hexadecimals(groups, 0, 8);
  return `${hexadecimals(groups, 0, start)}::${hexadecimals(groups, start + length, 8)}`;
}

function longestZeros(groups: readonly number[]): readonly [start: number, length: number] {
  let [best, bestLength] = [0, 0];
  for (let at = 0; at < 8; at++) {
    const start = at;
    while (at < 8 && groups[at] === 0) at++;
    if (at - start > bestLength) [best, bestLength] = [start, at - start];
  }
  return [best, bestLength];
}

function hexadecimals(groups: readonly number[], from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at++)
    text += at === from ? (groups[at] ?? 0).toString(16) : `:${(groups[at] ?? 0).toString(16)}`;
  return text;
}

function ipv4OfWord(word: number): Address {
  const text = `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
  return { version: 4, words: [word], text };
}

/** Eight 16-bit groups to four unsigned words. */
function wordsOfGroups(groups: readonly number[]): [number, number, number, number] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  return [((a << 16) | b) >>> 0, ((c << 16) | d) >>> 0, ((e << 16) | f) >>> 0, ((g << 16) | h) >>> 0];
}
