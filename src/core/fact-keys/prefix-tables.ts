import { alignedBlocks } from '../network/aligned-blocks.ts';
import type { AddressRange } from './address-classes.ts';

/** The IPv4 ranges of a table as prefixes, a list for each length; addresses in none of them are of the class `other`. */
export interface PrefixTables {
  readonly other: number;
  readonly lengths: readonly {
    readonly length: number;
    readonly prefixes: readonly { readonly first: number; readonly class: number }[];
  }[];
}

const END = 2 ** 32;

/** For engines that can look a number up and cannot find the range that holds it: at most 32 look-ups an address. */
export function prefixTables(ipv4: readonly AddressRange[]): PrefixTables {
  const ranges = rangesOf(ipv4);
  const other = widest(ranges);
  const byLength = new Map<number, { first: number; class: number }[]>();
  for (const { from, to, class: number } of ranges) {
    if (number === other) continue;
    for (const { first, freeBits } of alignedBlocks(BigInt(from), BigInt(to - 1))) {
      const known = byLength.get(32 - freeBits) ?? [];
      byLength.set(32 - freeBits, known);
      known.push({ first: Number(first), class: number });
    }
  }
  return {
    other,
    lengths: [...byLength].sort(([a], [b]) => b - a).map(([length, prefixes]) => ({ length, prefixes })),
  };
}

/** The class that most IPv4 addresses have. */
export function widestClass(ipv4: readonly AddressRange[]): number {
  return widest(rangesOf(ipv4));
}

function rangesOf(ipv4: readonly AddressRange[]) {
  return ipv4.map(({ first, class: number }, at) => {
    const next = ipv4[at + 1]?.first.words[0] ?? END;
    return { from: first.words[0], to: next, class: number };
  });
}

function widest(ranges: readonly { readonly from: number; readonly to: number; readonly class: number }[]): number {
  const sizes = new Map<number, number>();
  for (const { from, to, class: number } of ranges) sizes.set(number, (sizes.get(number) ?? 0) + to - from);
  return [...sizes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}
