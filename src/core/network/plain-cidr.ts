import { isMapped } from './address.ts';
import { readPlainGroups } from './plain-groups.ts';
import type { Signs } from './signs.ts';

const DOT = 0x2e;
const SLASH = 0x2f;
const ZERO = 0x30;

/** A CIDR as numbers alone: of IPv4 one word, of IPv6 four. */
export interface CidrWords {
  version: 4 | 6;
  readonly words: Uint32Array;
  prefixLength: number;
}

/**
 * Reads the two spellings that lists of ranges are full of, hundreds of thousands of times in a row: four strict octets, or IPv6 in
 * groups with at most one `::`, a slash and a prefix length. False for every other text, which may still be a range: `parseRange`
 * decides.
 */
export function readPlainCidr({ codes, length }: Signs, into: CidrWords): boolean {
  let slash = 0;
  while (slash < length && codes[slash] !== SLASH) slash++;
  if (readQuad(codes, slash, into.words)) into.version = 4;
  else if (readPlainGroups(codes, slash, into.words) && !isMapped(into.words)) into.version = 6;
  else return false;
  into.prefixLength = plainNumber(codes, slash + 1, length);
  return into.prefixLength >= 0 && into.prefixLength <= (into.version === 4 ? 32 : 128);
}

function readQuad(codes: Uint8Array, end: number, into: Uint32Array): boolean {
  let [word, octet, dots] = [0, -1, 0];
  for (let at = 0; at < end; at++) {
    const code = codes[at] ?? 0;
    if (code === DOT && octet >= 0) {
      word = word * 256 + octet;
      octet = -1;
      dots++;
    } else {
      const digit = code - ZERO;
      // A zero in front would be octal to some.
      if (digit < 0 || digit > 9 || octet === 0) return false;
      octet = octet < 0 ? digit : octet * 10 + digit;
      if (octet > 255) return false;
    }
  }
  if (dots !== 3 || octet < 0) return false;
  into[0] = word * 256 + octet;
  return true;
}

/** The number from `from` to `end`, of one to three digits and without a zero in front; -1 for anything else. */
function plainNumber(codes: Uint8Array, from: number, end: number): number {
  const digits = end - from;
  if (digits < 1 || digits > 3 || (digits > 1 && codes[from] === ZERO)) return -1;
  let number = 0;
  for (let at = from; at < end; at++) {
    const digit = (codes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}
