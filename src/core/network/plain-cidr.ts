const DOT = 0x2e;
const SLASH = 0x2f;
const ZERO = 0x30;

/**
 * Reads the spelling that lists of ranges are full of, hundreds of thousands of times in a row: four strict octets, a slash and
 * a prefix length. False for every other text, which may still be a range: `parseRange` decides.
 */
export function readPlainCidr(text: string, into: { word: number; prefixLength: number }): boolean {
  const { length } = text;
  let [word, octet, dots, at] = [0, -1, 0, 0];
  for (; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === SLASH) break;
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
  const prefixLength = plainPrefix(text, at + 1);
  if (prefixLength < 0) return false;
  into.word = word * 256 + octet;
  into.prefixLength = prefixLength;
  return true;
}

/** The number from `from` to the end, of one or two digits and at most 32; -1 for anything else. */
function plainPrefix(text: string, from: number): number {
  const digits = text.length - from;
  if (digits < 1 || digits > 2) return -1;
  const first = text.charCodeAt(from) - ZERO;
  if (first < 0 || first > 9) return -1;
  if (digits === 1) return first;
  const second = text.charCodeAt(from + 1) - ZERO;
  if (first === 0 || second < 0 || second > 9 || first * 10 + second > 32) return -1;
  return first * 10 + second;
}
