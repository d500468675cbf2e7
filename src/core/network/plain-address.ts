import { isMapped } from './address.ts';
import { readPlainGroups } from './plain-groups.ts';
import { Signs } from './signs.ts';

/** An address as numbers alone. */
export type AddressWords =
  | { readonly version: 4; readonly words: readonly [number] }
  | { readonly version: 6; readonly words: readonly [number, number, number, number] };

const DOT = 0x2e;

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

const SIGNS = new Signs();
const WORDS = new Uint32Array(4);

function plainGroups(text: string): AddressWords | undefined {
  SIGNS.take(text);
  if (!readPlainGroups(SIGNS.codes, SIGNS.length, WORDS)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = WORDS;
  return isMapped(WORDS) ? { version: 4, words: [d] } : { version: 6, words: [a, b, c, d] };
}
