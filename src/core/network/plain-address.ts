import { isMapped } from './address.ts';

/** An address as numbers alone. */
export type AddressWords =
  | { readonly version: 4; readonly words: readonly [number] }
  | { readonly version: 6; readonly words: readonly [number, number, number, number] };

const DOT = 0x2e;
const COLON = 0x3a;

/**
 * Reads the two spellings that lists of ranges are full of, a hundred thousand times in a row: four decimal octets, and IPv6 in
 * groups with at most one `::`. `undefined` for every other text, which may still be an address: `parseAddress` decides.
 */
export function readPlainAddress(text: string): AddressWords | undefined {
  return text.includes(':') ? plainGroups(text) : plainQuad(text);
}

function plainQuad(text: string): AddressWords | undefined {
  let word = 0;
  let octet = -1;
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === DOT && octet >= 0) {
      word = word * 256 + octet;
      octet = -1;
      dots++;
    } else {
      const digit = code - 0x30;
      if (digit < 0 || digit > 9 || octet === 0) return undefined;
      octet = octet < 0 ? digit : octet * 10 + digit;
      if (octet > 255) return undefined;
    }
  }
  return dots === 3 && octet >= 0 ? { version: 4, words: [word * 256 + octet] } : undefined;
}

function plainGroups(text: string): AddressWords | undefined {
  const groups = [0, 0, 0, 0, 0, 0, 0, 0];
  let count = 0;
  let gapAt = -1;
  for (let at = 0; at < text.length; ) {
    const end = endOfGroup(text, at);
    const isEmpty = end === at;
    if (!isEmpty) groups[count++] = valueOfGroup(text, at, end);
    if (end - at > 4 || count > 8 || (isEmpty && at > 0)) return undefined;
    if (end === text.length) break;
    const isGap = text.charCodeAt(end + 1) === COLON;
    // A colon stands between two groups; only a gap may stand at an end.
    if (text.charCodeAt(end) !== COLON || (!isGap && (isEmpty || end + 1 === text.length))) return undefined;
    if (isGap && gapAt >= 0) return undefined;
    if (isGap) gapAt = count;
    at = end + (isGap ? 2 : 1);
  }
  if (gapAt < 0 ? count !== 8 : count > 7) return undefined;
  return fromGroups(spread(groups, count, gapAt));
}

function endOfGroup(text: string, from: number): number {
  let at = from;
  while (at < text.length && hexDigit(text.charCodeAt(at)) >= 0) at++;
  return at;
}

function valueOfGroup(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 16 + hexDigit(text.charCodeAt(at));
  return value;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Groups behind the gap go to the end. */
function spread(groups: number[], count: number, gapAt: number): readonly number[] {
  if (gapAt < 0 || count === 8) return groups;
  for (let from = count - 1, to = 7; from >= gapAt; from--, to--) {
    groups[to] = groups[from] ?? 0;
    groups[from] = 0;
  }
  return groups;
}

function fromGroups([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0]: readonly number[]): AddressWords {
  const words = [a * 0x10000 + b, c * 0x10000 + d, e * 0x10000 + f, g * 0x10000 + h] satisfies AddressWords['words'];
  return isMapped(words) ? { version: 4, words: [words[3]] } : { version: 6, words };
}
