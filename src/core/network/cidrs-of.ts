import { addressFromWords } from './address.ts';
import { alignedBlocks } from './aligned-blocks.ts';

/** Addresses of one version from `first` to `last`, in 32-bit words, most significant first. */
interface Ends {
  readonly version: 4 | 6;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/**
 * The CIDR blocks that hold the addresses of a range and no others, in ascending order: the fewest there are. `203.0.113.0` to
 * `203.0.113.255` is `203.0.113.0/24`. At most `most` of them: a range across IPv6 may need 254.
 */
export function cidrsOf({ version, first, last }: Ends, most = 256): string[] {
  const bits = version === 4 ? 32 : 128;
  const blocks: string[] = [];
  for (const { first: start, freeBits } of alignedBlocks(numberOf(first), numberOf(last))) {
    if (blocks.length === most) break;
    blocks.push(`${addressFromWords(version, wordsOf(start, version)).text}/${bits - freeBits}`);
  }
  return blocks;
}

function numberOf(words: readonly number[]): bigint {
  return words.reduce((value, word) => value * 2n ** 32n + BigInt(word), 0n);
}

function wordsOf(value: bigint, version: 4 | 6): number[] {
  const places = version === 4 ? [0n] : [96n, 64n, 32n, 0n];
  return places.map((shift) => Number((value >> shift) & 0xffffffffn));
}
