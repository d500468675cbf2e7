import ipaddr from 'ipaddr.js';

/**
 * An IP address, parsed once. IPv4 is one 32-bit word, IPv6 is four, most significant first; an IPv4-mapped IPv6 address
 * *is* its IPv4 address (our choice where Microsoft is silent, docs/fidelity.md). `text` is the canonical spelling.
 */
export type Address =
  | { readonly version: 4; readonly words: readonly [number]; readonly text: string }
  | { readonly version: 6; readonly words: readonly [number, number, number, number]; readonly text: string };

const DECIMAL_QUAD = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const HEX_GROUPS = /^[0-9a-f:]{2,39}$/i;
const DOT = 46;
const ZERO = 48;

/**
 * Reads one address strictly: four decimal octets without leading zeros, or IPv6 without a zone. Everything that
 * ipaddr.js would guess at (`127.1`, `010.0.0.1`, `0x7f000001`, `::ffff:01.2.3.4`) is `undefined`.
 */
export function parseAddress(text: string): Address | undefined {
  if (DECIMAL_QUAD.test(text)) return { version: 4, words: [wordOfQuad(text)], text };
  const groups = text.includes('.') ? withHexTail(text) : text;
  if (groups === undefined || !HEX_GROUPS.test(groups) || !ipaddr.IPv6.isValid(groups)) return undefined;
  const parsed = ipaddr.IPv6.parse(groups);
  const words = wordsOfGroups(parsed.parts);
  if (isMapped(words)) return ipv4OfWord(words[3]);
  return { version: 6, words, text: parsed.toRFC5952String() };
}

/** The address with these words, for walking along the boundaries of ranges. */
export function addressFromWords(version: 4 | 6, words: readonly number[]): Address {
  const [a = 0, b = 0, c = 0, d = 0] = words;
  if (version === 4) return ipv4OfWord(a);
  if (isMapped(words)) return ipv4OfWord(d);
  return { version: 6, words: [a, b, c, d], text: new ipaddr.IPv6(bytesOf([a, b, c, d])).toRFC5952String() };
}

/** Negative, zero or positive, as `a` lies before, at or behind `b`; both of one version. */
export function compareWords(a: ArrayLike<number>, b: ArrayLike<number>): number {
  for (let at = 0; at < a.length; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether four words lie in `::ffff:0:0/96`, the IPv4-mapped addresses (RFC 4291 §2.5.5.2). */
export function isMapped(words: readonly number[]): boolean {
  return words[0] === 0 && words[1] === 0 && words[2] === 0xffff;
}

/** `…:203.0.113.5` as `…:cb00:7105`; `undefined` where what stands behind the last colon is no strict IPv4 address. */
function withHexTail(text: string): string | undefined {
  const tailAt = text.lastIndexOf(':') + 1;
  const tail = text.slice(tailAt);
  if (!DECIMAL_QUAD.test(tail)) return undefined;
  const word = wordOfQuad(tail);
  return `${text.slice(0, tailAt)}${(word >>> 16).toString(16)}:${(word & 0xffff).toString(16)}`;
}

/** The unsigned word of four octets that the gate has let through. */
function wordOfQuad(quad: string): number {
  let word = 0;
  let octet = 0;
  for (let at = 0; at < quad.length; at++) {
    const code = quad.charCodeAt(at);
    if (code === DOT) {
      word = word * 256 + octet;
      octet = 0;
    } else octet = octet * 10 + code - ZERO;
  }
  return word * 256 + octet;
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

function bytesOf(words: readonly number[]): number[] {
  return words.flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]);
}
